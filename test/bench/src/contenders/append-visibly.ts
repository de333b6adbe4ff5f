import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresEventStore, type EventStore } from '@headroom/event-store';
import { appendHistory } from '@headroom/host/demo/history/append-history';
import { history } from '@headroom/host/demo/history/history';
import type { HistoryAppend, Step } from '@headroom/host/demo/history/recorder';
import { projections } from '@headroom/host/operations';
import { createPool } from '@headroom/postgres';
import { createReadModels, type OpenReadModels } from '@headroom/projecting';
import { TENANT } from '../agency.ts';
import { answering } from '../answering.ts';
import { quantile } from '../statistics.ts';

/** Fill the log and wait until it is folded; or go on at a rate, and tell when each event was in all read models. */
export type VisibleOrder =
  | { readonly url: string; readonly events: number; readonly more: number }
  | { readonly perSecond: number; readonly seconds: number };

/** In milliseconds, from when an event was due to be appended until every read model held it. */
export interface Visible {
  readonly events: number;
  readonly p50: number;
  readonly p99: number;
}

const NAMES = projections.map(({ name }) => name);
const PATIENCE_MS = 600_000;

interface Log {
  readonly store: EventStore;
  readonly readModels: OpenReadModels;
  /** What is still to come. */
  readonly coming: Generator<HistoryAppend>;
}

let log: Log | undefined;

/** The first so many events of a history, whole appends; the rest stays in the iterator. */
function* upTo(steps: Iterator<Step>, events: number): Generator<Step> {
  for (let left = events; left > 0; ) {
    const { value, done } = steps.next();
    if (done) return;
    left -= value.reduce((sum, append) => sum + append.events.length, 0);
    yield value;
  }
}

function* appendsOf(steps: Iterator<Step>): Generator<HistoryAppend> {
  for (let step = steps.next(); !step.done; step = steps.next()) yield* step.value;
}

const fill = async ({ url, events, more }: Extract<VisibleOrder, { readonly url: string }>): Promise<Visible> => {
  const store = await createPostgresEventStore({ connectionString: url });
  const pool = createPool(url, { applicationName: 'bench' });
  const readModels = createReadModels({ pool, connectionString: url, store, projections });
  const steps = history({ events: events + more, tenantId: TENANT });
  await appendHistory(store, upTo(steps, events));
  await readModels.caughtUp(NAMES, await store.head(), PATIENCE_MS);
  log = { store, readModels, coming: appendsOf(steps) };
  return { events, p50: 0, p99: 0 };
};

/** Appends what is due, however long each append takes, and waits for the read models. */
const goOn = async ({ store, readModels, coming }: Log, perSecond: number, seconds: number): Promise<Visible> => {
  const latencies: number[] = [];
  const start = performance.now();
  const under: Promise<void>[] = [];
  let sent = 0;
  const send = async ({ streamId, events }: HistoryAppend, due: number): Promise<void> => {
    const outcome = await store.append({ streamId, expected: 'any', events });
    if (outcome.kind !== 'appended') throw new Error(`${streamId} took no events`);
    if (!(await readModels.caughtUp(NAMES, outcome.position, PATIENCE_MS))) throw new Error('never visible');
    const took = performance.now() - due;
    for (const _ of events) latencies.push(took);
  };
  while (sent < perSecond * seconds) {
    const due = start + (sent * 1_000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const { value, done } = coming.next();
    if (done) throw new Error('the history is too short');
    under.push(send(value, due));
    sent += value.events.length;
  }
  await Promise.all(under);
  return { events: sent, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
};

answering<VisibleOrder, Visible>(async (order) => {
  if ('url' in order) return fill(order);
  if (log === undefined) throw new Error('the log is filled first');
  return goOn(log, order.perSecond, order.seconds);
});
