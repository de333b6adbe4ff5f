import type { allEvents, EventUnion } from '@headroom/contracts/events';
import { storedTypeOf } from '@headroom/contracts/events/upcast';
import type { JsonObject, NewEvent } from '@headroom/event-store';
import { streamName } from '@headroom/kernel';
import { Random } from './random.ts';

type PublishedEvent = EventUnion<(typeof allEvents)[number]>;

/** Events of one stream that are appended together. */
export interface HistoryAppend {
  readonly streamId: string;
  readonly events: readonly NewEvent[];
}

/** Appends that may be under way together: each names another stream. The log order is the order of the list. */
export type Step = readonly HistoryAppend[];

const ACTOR = 'key:0a1b2c3d4e5f6071';

/** Writes events down as commands would have stored them, step by step. */
export class Recorder {
  readonly #tenantId: string;
  readonly #random = new Random(7);
  #appends = new Map<string, NewEvent[]>();
  #recorded = 0;
  #left: number;

  constructor(tenantId: string, limit: number) {
    this.#tenantId = tenantId;
    this.#left = limit;
  }

  /** Whether as many events were taken as are wanted. */
  get full(): boolean {
    return this.#left === 0;
  }

  /** Records what one command did to the stream `category-tenant/keys`. */
  record(category: string, keys: readonly string[], events: readonly PublishedEvent[], reason?: string): void {
    const streamId = streamName(category, this.#tenantId, ...keys);
    const stream = this.#appends.get(streamId) ?? [];
    this.#appends.set(streamId, stream);
    const commandKey = this.#random.id();
    const told = reason === undefined ? {} : { reason };
    const meta = {
      tenantId: this.#tenantId,
      actor: ACTOR,
      commandKey,
      fingerprint: 'q83vEjRWeJCrze8SNFZ4kA',
      correlationId: commandKey,
      ...told,
    };
    for (const { type, data } of events) {
      this.#recorded += 1;
      const id = `00000000-0000-8000-8000-${this.#recorded.toString(16).padStart(12, '0')}`;
      stream.push({ id, type: storedTypeOf(type), data: data as unknown as JsonObject, meta });
    }
  }

  /** What was recorded since the last time, cut off where the limit is reached. */
  take(): Step {
    const step: HistoryAppend[] = [];
    for (const [streamId, events] of this.#appends) {
      const taken = events.slice(0, this.#left);
      this.#left -= taken.length;
      if (taken.length > 0) step.push({ streamId, events: taken });
    }
    this.#appends = new Map();
    return step;
  }
}
