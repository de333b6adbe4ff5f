import { setTimeout as sleep } from 'node:timers/promises';
import { type SubscribeOptions, Unavailable } from '../port.ts';
import type { EventMemory } from './event-memory.ts';
import { DEFAULT_PAGE_SIZE, type RowPage } from './read-log.ts';
import { type Follower, Tail, type TailOptions } from './tail.ts';

const PAUSE_AFTER_LOSS_MS = 200;

/** A follower that can wait to be woken. A wake-up that comes while it does not wait is kept. */
class Sleeper implements Follower {
  readonly onInterruption: (error: unknown) => void;
  #woken = false;
  #resume: (() => void) | undefined;

  constructor(onInterruption: (error: unknown) => void) {
    this.onInterruption = onInterruption;
  }

  readonly wake = (): void => {
    this.#woken = true;
    this.#resume?.();
  };

  async woken(): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
    this.#woken = false;
  }
}

/** Subscriptions to the log; they share one tail, which exists for as long as there is any of them. */
export class Subscriptions {
  readonly #options: TailOptions;
  #tail: Tail | undefined;

  constructor(options: TailOptions) {
    this.#options = options;
  }

  /** As `subscribe` of the port; returns when the signal of the options or `closing` aborts. */
  async *follow(options: SubscribeOptions, closing: AbortSignal): AsyncGenerator<RowPage> {
    const signal = AbortSignal.any([options.signal, closing]);
    const sleeper = new Sleeper(options.onInterruption ?? (() => undefined));
    signal.addEventListener('abort', sleeper.wake);
    let position = options.after;
    try {
      while (!signal.aborted) {
        const { memory } = this.#join(sleeper);
        if (memory === undefined || memory.end <= position) await sleeper.woken();
        else {
          for await (const page of this.#pages(memory, { ...options, signal }, position)) {
            position = page.upTo;
            yield page;
            if (signal.aborted) return;
          }
        }
      }
    } finally {
      signal.removeEventListener('abort', sleeper.wake);
      await this.#leave(sleeper);
    }
  }

  async close(): Promise<void> {
    await this.#tail?.close();
  }

  #pages(memory: EventMemory, options: SubscribeOptions, after: number): Iterable<RowPage> | AsyncIterable<RowPage> {
    if (!memory.reachesBackTo(after)) return this.#catchUp(options, after, memory.end);
    return [memory.after(after, options, options.pageSize ?? DEFAULT_PAGE_SIZE)];
  }

  /** From the log itself. When the store is lost on the way, it ends early, and is called again from where it came to. */
  async *#catchUp(options: SubscribeOptions, after: number, upTo: number): AsyncGenerator<RowPage> {
    const { types, tenantId, pageSize, signal } = options;
    try {
      yield* this.#options.read({ types, tenantId, pageSize, after, upTo }, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Unavailable)) throw error;
      options.onInterruption?.(error);
      await sleep(PAUSE_AFTER_LOSS_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #join(follower: Follower): Tail {
    this.#tail ??= new Tail(this.#options);
    this.#tail.followers.add(follower);
    return this.#tail;
  }

  async #leave(follower: Follower): Promise<void> {
    const tail = this.#tail;
    if (!tail?.followers.delete(follower) || tail.followers.size > 0) return;
    this.#tail = undefined;
    await tail.close();
  }
}
