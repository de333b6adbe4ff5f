import { derivedId, newId, streamName } from '@headroom/kernel';
import type { Test } from 'tap';
import type { Appended, EventStore, JsonObject, NewEvent, Page, StoredEvent } from '../port.ts';
import type { OpenedStore } from './opened-store.ts';
import type { Wire } from './wire.ts';

/** One test's corner of the log: a tenant of its own, behind the head that it found. */
export interface Scene extends OpenedStore {
  readonly tenantId: string;
  /** Head of the log before the test. */
  readonly start: number;
  readonly stream: (key: string) => string;
  /** A further instance over the same log, closed when the test is over. */
  readonly another: () => Promise<EventStore>;
  /** The n-th event of a purpose; the same arguments make the same event, id included. */
  readonly event: (purpose: string, n: number, data?: JsonObject, type?: string) => NewEvent;
}

// A log may outlive the run (a real server), so that only the run itself can tell its events from older ones.
const run = newId().replaceAll('-', '').slice(8, 28);
let scenes = 0;

/** Sets the scene of one test, and closes what it opened. */
export const withScene = async (
  opened: OpenedStore,
  t: Test,
  play: (t: Test, scene: Scene) => Promise<void>,
): Promise<void> => {
  const others: EventStore[] = [];
  scenes += 1;
  const tenantId = `s${scenes}_${run}`;
  try {
    await play(t, {
      ...opened,
      tenantId,
      start: await opened.store.head(),
      stream: (key) => streamName('suite', tenantId, key),
      another: async () => {
        const store = await opened.reopen();
        others.push(store);
        return store;
      },
      event: (purpose, n, data = { n }, type = 'Happened') => newEvent(tenantId, purpose, n, data, type),
    });
  } finally {
    await Promise.all(others.map((store) => store.close()));
  }
};

const newEvent = (tenantId: string, purpose: string, n: number, data: JsonObject, type: string): NewEvent => ({
  id: derivedId(tenantId, purpose, String(n)),
  type,
  data,
  meta: {
    tenantId,
    actor: 'key:0198c0de-0000-7000-8000-000000000001',
    commandKey: `${purpose}:${n}`,
    fingerprint: 'f1f2f3f4',
    correlationId: derivedId(tenantId, purpose),
  },
});

/** The fields of a stored event as a plain object: an adapter may hand out instances that parse when asked. */
export const plain = (event: StoredEvent): StoredEvent => ({
  position: event.position,
  streamId: event.streamId,
  revision: event.revision,
  recordedAt: event.recordedAt,
  id: event.id,
  type: event.type,
  data: event.data,
  meta: event.meta,
});

/** All pages of an iteration. */
export const collect = async (pages: AsyncIterable<Page>): Promise<Page[]> => {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
};

/** Appends and takes it for granted that there is no conflict. */
export const mustAppend = async (
  store: EventStore,
  streamId: string,
  events: readonly NewEvent[],
  expected: number | 'any' = 'any',
): Promise<Appended> => {
  const outcome = await store.append({ streamId, expected, events });
  if (outcome.kind === 'conflict') throw new Error(`conflict at revision ${outcome.actualRevision} of ${streamId}`);
  return outcome;
};

/** Waits until something holds. A test that waits in vain ends by the test runner's time limit. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** One promise of the port, and how it is tried. */
export interface Promised {
  readonly name: string;
  readonly play: (t: Test, scene: Scene) => Promise<void>;
}

export const promise = (name: string, play: Promised['play']): Promised => ({ name, play });

/** A promise that is tried only where the wire between store and server can be cut and measured. */
export const wirePromise = (name: string, play: (t: Test, scene: Scene, wire: Wire) => Promise<void>): Promised =>
  promise(name, async (t, scene) => {
    if (scene.wire) await play(t, scene, scene.wire);
    else t.plan(0, 'there is no way to this wire');
  });
