import { type TestDatabase, testDatabase } from '@headroom/embedded-postgres/testing';
import { createPostgresEventStore, type EventStore, type JsonObject, migrateEventStore } from '@headroom/event-store';
import { createPool, migrate } from '@headroom/postgres';
import type pg from 'pg';
import type { Test } from 'tap';
import { createNotary, type Notary, notaryMigrations, runNotary } from '../src/index.ts';

/** A log, a notary over it, and what a superuser would use. */
export interface Office {
  readonly database: TestDatabase;
  readonly pool: pg.Pool;
  readonly store: EventStore;
  readonly notary: Notary;
  /** Appends events of a tenant, one command each, to streams in turn. */
  readonly record: (tenantId: string, count: number, data?: JsonObject) => Promise<void>;
  /** Runs a notary until all of the log is sealed. */
  readonly seal: () => Promise<void>;
}

export const subjects = { requestId: 'request' } as const;
export const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

const STREAMS = 4;

export const openOffice = async (t: Test): Promise<Office> => {
  const database = await testDatabase(t);
  const { connectionString } = database;
  const pool = createPool(connectionString, { applicationName: 'test', max: 4 });
  await migrateEventStore(pool);
  await migrate(pool, notaryMigrations);
  const store = await createPostgresEventStore({ connectionString });
  t.teardown(async () => {
    await store.close();
    await pool.end();
  });
  const notary = createNotary({ pool, store });
  let recorded = 0;
  const record: Office['record'] = async (tenantId, count, data = {}) => {
    for (let n = 0; n < count; n += 1) {
      recorded += 1;
      const id = `00000000-0000-8000-8000-${String(recorded).padStart(12, '0')}`;
      const meta = { tenantId, actor: 'key:a', commandKey: `c${recorded}`, fingerprint: 'f', correlationId: 'x' };
      const amount = { minor: recorded * 100, currency: 'EUR' };
      const event = {
        id,
        type: 'Agreed',
        data: { requestId: `r${n % STREAMS}`, amount, list: [n, []], ...data },
        meta,
      };
      await store.append({ streamId: `request-${tenantId}/r${n % STREAMS}`, expected: 'any', events: [event] });
    }
  };
  const seal = async (): Promise<void> => {
    const ending = new AbortController();
    const { done } = runNotary({ store, connectionString, subjects, signal: ending.signal, logger: quiet });
    const head = await store.head();
    const sealed = await notary.sealed(head, 30_000);
    ending.abort();
    await done;
    if (sealed !== head) throw new Error(`sealed up to ${sealed} of ${head}`);
  };
  return { database, pool, store, notary, record, seal };
};
