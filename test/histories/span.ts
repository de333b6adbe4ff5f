import type { Span } from '../support/running-headroom.ts';

/** Does something within a span of its own, and ends all that was begun there, the last first. */
export const within = async <T>(task: (span: Span) => Promise<T>): Promise<T> => {
  await using closing = new AsyncDisposableStack();
  return await task({
    teardown: (end) =>
      closing.defer(async () => {
        await end();
      }),
  });
};
