/** Tasks that end together: the first that fails ends the others. */
export class Tasks {
  /** Aborted when one has failed, or all are to end. */
  readonly signal: AbortSignal;
  readonly #ending = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(signal: AbortSignal) {
    this.signal = AbortSignal.any([signal, this.#ending.signal]);
  }

  start(task: () => Promise<void>): void {
    const running = task()
      .catch((error: unknown) => {
        this.#failure ??= { error };
        this.#ending.abort();
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when all have ended; throws what the first one to fail threw. */
  async ended(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    if (this.#failure) throw this.#failure.error;
  }
}
