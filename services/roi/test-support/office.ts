import {
  type CommandContext,
  type Commands,
  commandingMigrations,
  createCommands,
  postgresKeyLedger,
} from '@headroom/commanding';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPostgresEventStore, type EventStore, migrateEventStore } from '@headroom/event-store';
import { createPool, migrate } from '@headroom/postgres';
import { type Stated, stored } from './log.ts';

export interface Office {
  readonly store: EventStore;
  readonly commands: Commands;
  /** Appends what another service would have written. */
  readonly told: (streamId: string, event: Stated) => Promise<void>;
}

/** The context of a command with a key of its own. */
export const contextOf = (commandKey: string, now = '2026-03-24T09:00:00.000Z'): CommandContext => ({
  tenantId: 'acme',
  actor: 'key:1',
  commandKey,
  fingerprint: `fingerprint of ${commandKey}`,
  correlationId: 'request-1',
  now,
});

/** Commands over an empty log in a database of its own, closed with the test. */
export const openOffice = async (t: { teardown(done: () => Promise<void>): unknown }): Promise<Office> => {
  const { connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'test', max: 1 });
  await migrateEventStore(pool);
  await migrate(pool, commandingMigrations);
  await pool.end();
  const store = await createPostgresEventStore({ connectionString });
  const commands = await createCommands({ store, ledger: postgresKeyLedger(connectionString) });
  t.teardown(async () => {
    await commands.close();
    await store.close();
  });
  let told = 0;
  return {
    store,
    commands,
    told: async (streamId, event) => {
      const [{ type, data, meta } = { type: '', data: {}, meta: contextOf('') }] = stored([event]);
      told += 1;
      const id = `00000000-0000-8000-8000-${String(told).padStart(12, '0')}`;
      await store.append({ streamId, expected: -1, events: [{ id, type, data, meta }] });
    },
  };
};
