import type { EventStore } from '@headroom/event-store';
import { derivedId, streamName } from '@headroom/kernel';
import type pg from 'pg';
import { createPostgresEventStore, migrateEventStore } from '../../event-store/src/postgres/index.ts';
import type { TenantEvent, ToyEvent } from './histories.ts';

interface Test {
  teardown(end: () => Promise<void>): unknown;
}

/** A log in Postgres, closed with the test. */
export const openLog = async (t: Test, connectionString: string, pool: pg.Pool): Promise<EventStore> => {
  await migrateEventStore(pool);
  const store = await createPostgresEventStore({ connectionString });
  t.teardown(() => store.close());
  return store;
};

const CHUNK = 500;

/** Appends events, each to its tenant's stream, in their order; gives the position of the last one. */
export const append = async (store: EventStore, events: readonly TenantEvent[], purpose = 'toy'): Promise<number> => {
  let position = 0;
  for (let start = 0; start < events.length; ) {
    const tenantId = events[start]?.tenantId ?? '';
    let end = start;
    while (end < events.length && end - start < CHUNK && events[end]?.tenantId === tenantId) end += 1;
    const first = start;
    const outcome = await store.append({
      streamId: streamName('toy', tenantId, 'log'),
      expected: 'any',
      events: events.slice(start, end).map(({ type, data }, index) => ({
        id: derivedId(tenantId, purpose, String(first + index)),
        type,
        data,
        meta: {
          tenantId,
          actor: 'system:test',
          commandKey: `${purpose}:${first + index}`,
          fingerprint: 'f',
          correlationId: 'test',
        },
      })),
    });
    if (outcome.kind === 'conflict') throw new Error('conflict');
    position = outcome.position;
    start = end;
  }
  return position;
};

const STAGES = 20;
const SPECIALISTS = 7;

/** The n-th event of an endless ordinary day: mostly hours, now and then a correction or a rate. */
export const ordinary = (n: number): ToyEvent => {
  const specialistId = `specialist-${n % SPECIALISTS}`;
  const stageId = `stage-${n % STAGES}`;
  const workDate = `2026-03-${String((n % 28) + 1).padStart(2, '0')}`;
  if (n < STAGES) return { type: 'StageOpened', data: { stageId, name: `Stage ${n}` } };
  if (n % 500 === 99) return { type: 'RateSet', data: { specialistId, effectiveFrom: workDate, perHour: n % 977 } };
  if (n % 50 === 30) return { type: 'HoursVoided', data: { entryId: `entry-${n - 20}`, stageId } };
  if (n % 50 === 31)
    return { type: 'HoursMoved', data: { entryId: `entry-${n - 20}`, fromStageId: stageId, toStageId: 'stage-0' } };
  return {
    type: 'HoursLogged',
    data: { entryId: `entry-${n}`, specialistId, stageId, workDate, seconds: 60 + (n % 3600), note: null },
  };
};

/** Ordinary events from the `from`-th on. */
export const ordinaryDays = (count: number, from = 0, tenantId = 't1'): TenantEvent[] =>
  Array.from({ length: count }, (_, index) => ({ ...ordinary(from + index), tenantId }));
