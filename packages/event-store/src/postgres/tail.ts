import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '@headroom/postgres';
import { Unavailable } from '../port.ts';
import { EventMemory } from './event-memory.ts';
import type { LogRange, RowPage } from './read-log.ts';

/** Notifications do the waking; this is for the one that went missing. */
const LOOK_ANYWAY_MS = 5_000;
const PAUSE_AFTER_LOSS_MS = 200;
const CHANNEL = 'headroom_log';

export interface TailOptions {
  readonly connectionString: string;
  readonly head: () => Promise<number>;
  readonly read: (range: LogRange, signal: AbortSignal) => AsyncIterable<RowPage>;
}

/** Someone who follows the log, as the tail sees them. */
export interface Follower {
  readonly wake: () => void;
  readonly onInterruption: (error: unknown) => void;
}

/**
 * The newest events, read once for all who follow the log: woken by the notification that every append sends, it reads
 * what is new and remembers it for a while. Who is further behind reads from the log.
 */
export class Tail {
  readonly followers = new Set<Follower>();
  readonly #options: TailOptions;
  readonly #closing = new AbortController();
  readonly #listener: ReturnType<typeof listen>;
  readonly #looking: NodeJS.Timeout;
  #memory: EventMemory | undefined;
  #fault: unknown;
  /** How far there is something to read; `ask` when the head has to be asked for. */
  #target: number | 'ask' | undefined;
  #reading = false;

  constructor(options: TailOptions) {
    this.#options = options;
    const hear = (payload: string | undefined): void => this.#hear(payload);
    const onLoss = (error: unknown): void => this.#tellInterruption(error);
    this.#listener = listen(options.connectionString, CHANNEL, hear, { onLoss });
    this.#looking = setInterval(() => this.#hear(undefined), LOOK_ANYWAY_MS);
  }

  /** The newest events; undefined before the first look. Throws the fault that ended the reading, if one did. */
  get memory(): EventMemory | undefined {
    if (this.#fault !== undefined) throw this.#fault;
    return this.#memory;
  }

  async close(): Promise<void> {
    this.#closing.abort(new Unavailable('the store is closed'));
    clearInterval(this.#looking);
    await this.#listener.close();
  }

  #hear(payload: string | undefined): void {
    if (payload === undefined) this.#target = 'ask';
    else if (this.#target !== 'ask') this.#target = Math.max(this.#target ?? 0, Number(payload));
    if (!this.#reading) void this.#read();
  }

  async #read(): Promise<void> {
    this.#reading = true;
    while (this.#target !== undefined && this.#fault === undefined && !this.#closing.signal.aborted) {
      const target = this.#target;
      this.#target = undefined;
      try {
        await this.#readUpTo(target === 'ask' ? await this.#options.head() : target);
      } catch (error) {
        await this.#fail(error);
      }
      for (const { wake } of this.followers) wake();
    }
    this.#reading = false;
  }

  async #readUpTo(head: number): Promise<void> {
    if (this.#memory === undefined || this.#memory.isFarBehind(head)) {
      this.#memory = new EventMemory(head);
      return;
    }
    const pages = this.#options.read({ after: this.#memory.end, upTo: head }, this.#closing.signal);
    for await (const page of pages) this.#memory.add(page);
  }

  /** The loss of the store passes; anything else ends all who follow. */
  async #fail(error: unknown): Promise<void> {
    if (this.#closing.signal.aborted) return;
    if (!(error instanceof Unavailable)) {
      this.#fault = error;
      return;
    }
    this.#target = 'ask';
    this.#tellInterruption(error);
    await sleep(PAUSE_AFTER_LOSS_MS);
  }

  #tellInterruption(error: unknown): void {
    for (const { onInterruption } of this.followers) onInterruption(error);
  }
}
