/**
 * Asks for the next page while the one before is being worked on. `stop` is called when the iteration is left, so that a
 * source that waits for something new ends.
 */
export async function* prefetch<Page>(pages: AsyncIterable<Page>, stop: () => void): AsyncGenerator<Page, void> {
  const iterator = pages[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = iterator.next();
      // Its failure is met when it is awaited, or it does not matter any more.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    stop();
    await iterator.return?.();
  }
}
