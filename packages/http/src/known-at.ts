import type { EventStore } from '@headroom/event-store';
import type { Problem } from './problem.ts';
import { invalidRequest, type Validated } from './validate.ts';

/** A moment of known time: the log up to `position`, as it was known at `instant`. */
export interface KnownAt {
  readonly position: number;
  readonly instant: string;
}

const inFuture: Problem = {
  status: 400,
  code: 'known-at-in-future',
  detail: '`knownAt` lies beyond the newest event of the log; what will be known then cannot be said now.',
};

const ofPosition = async (store: EventStore, position: number, now: Date): Promise<Validated<KnownAt>> => {
  if (!Number.isSafeInteger(position) || position > (await store.head())) return { problem: inFuture };
  return { value: { position, instant: (await store.recordedAt(position)) ?? now.toISOString() } };
};

const ofInstant = async (store: EventStore, instant: Date, now: Date): Promise<Validated<KnownAt>> => {
  if (instant.getTime() > now.getTime()) return { problem: inFuture };
  const text = instant.toISOString();
  return { value: { position: await store.positionAt(text), instant: text } };
};

const neither = invalidRequest([
  { in: 'query', pointer: '/knownAt', message: 'neither a log position nor an RFC 3339 instant' },
]);

/** What `knownAt` names: a log position, or an RFC 3339 instant. */
export const resolveKnownAt = async (store: EventStore, knownAt: string, now: Date): Promise<Validated<KnownAt>> => {
  if (/^\d+$/.test(knownAt)) return ofPosition(store, Number(knownAt), now);
  const instant = new Date(knownAt);
  return Number.isNaN(instant.getTime()) ? { problem: neither } : ofInstant(store, instant, now);
};
