import { tenantOf } from '@headroom/kernel';
import type { CopiedEvent } from './copied-event.ts';
import type { Filter } from './range-sql.ts';
import type { RowPage } from './read-log.ts';

/** Enough that followers who keep up never ask the database themselves. */
const MOST = { events: 4_096, weight: 8 * 1024 * 1024 } as const;

const isWanted = ({ type, streamId }: CopiedEvent, { types, tenantId }: Filter): boolean =>
  (types === undefined || types.includes(type)) && (tenantId === undefined || tenantOf(streamId) === tenantId);

/** The newest events of the log: all those behind `start`, up to and with `end`. */
export class EventMemory {
  #events: CopiedEvent[] = [];
  #weight = 0;
  #start: number;
  #end: number;

  /** Remembers nothing yet, and begins behind a position. */
  constructor(position: number) {
    this.#start = position;
    this.#end = position;
  }

  get end(): number {
    return this.#end;
  }

  /** Whether what lies between `end` and this position would push out everything else anyway. */
  isFarBehind(position: number): boolean {
    return position - this.#end > MOST.events;
  }

  reachesBackTo(position: number): boolean {
    return position >= this.#start;
  }

  /** What follows on `end`; the oldest are forgotten. */
  add({ events, upTo }: RowPage): void {
    this.#events.push(...events);
    for (const { weight } of events) this.#weight += weight;
    this.#end = upTo;
    let old = 0;
    while (this.#events.length - old > MOST.events || this.#weight > MOST.weight) {
      const forgotten = this.#events[old] as CopiedEvent;
      this.#weight -= forgotten.weight;
      this.#start = forgotten.position;
      old += 1;
    }
    this.#events.splice(0, old);
  }

  /** What is wanted behind a position that it reaches back to, a page of it. */
  after(position: number, filter: Filter, pageSize: number): RowPage {
    const events: CopiedEvent[] = [];
    for (let n = this.#indexBehind(position); n < this.#events.length; n += 1) {
      const event = this.#events[n] as CopiedEvent;
      if (!isWanted(event, filter)) continue;
      events.push(event);
      if (events.length === pageSize) return { events, upTo: event.position };
    }
    return { events, upTo: Math.max(position, this.#end) };
  }

  #indexBehind(position: number): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle] as CopiedEvent).position <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
