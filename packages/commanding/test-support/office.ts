import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPostgresEventStore, type EventStore, migrateEventStore } from '@headroom/event-store';
import { createEventStoreDbEventStore } from '@headroom/event-store/eventstoredb';
import { startStandIn } from '@headroom/event-store/stand-in';
import { createPool, migrate } from '@headroom/postgres';
import type { Commands } from '../src/command.ts';
import { createCommands } from '../src/create-commands.ts';
import { postgresKeyLedger } from '../src/ledger.ts';
import { CLAIMING_APPEND, commandingMigrations } from '../src/migrations.ts';

export interface Office {
  readonly connectionString: string;
  /** To look at the log with. */
  readonly store: EventStore;
  /** Commands as another process would have them; `wrap` changes their store. Closed with the test. */
  readonly clerk: (wrap?: (store: EventStore) => EventStore) => Promise<Commands>;
}

type Test = { teardown(done: () => Promise<void>): unknown };

/** Commands over the log at `connectionString`. */
export const commandsAt = async (
  connectionString: string,
  wrap: (store: EventStore) => EventStore = (store) => store,
): Promise<Commands> => {
  const store = await createPostgresEventStore({ connectionString, claimingFunction: CLAIMING_APPEND });
  const commands = await createCommands({
    store: wrap(store),
    ledger: postgresKeyLedger(connectionString, { withLog: true }),
  });
  return {
    ...commands,
    close: async () => {
      await commands.close();
      await store.close();
    },
  };
};

/** As `openOffice`, with the log in an EventStoreDB; only the ledger is in Postgres. */
export const openRemoteOffice = async (t: Test): Promise<Office> => {
  const { connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'test', max: 1 });
  await migrate(pool, commandingMigrations);
  await pool.end();
  const standIn = await startStandIn();
  t.teardown(standIn.stop);
  const openStore = async (): Promise<EventStore> => {
    const store = await createEventStoreDbEventStore({ connectionString: standIn.connectionString });
    t.teardown(() => store.close());
    return store;
  };
  const clerk: Office['clerk'] = async (wrap = (store) => store) => {
    const ledger = postgresKeyLedger(connectionString);
    const commands = await createCommands({ store: wrap(await openStore()), ledger });
    t.teardown(() => commands.close());
    return commands;
  };
  return { connectionString, store: await openStore(), clerk };
};

/** An empty log of its own for a test, and as many processes' commands over it as it asks for. */
export const openOffice = async (t: Test): Promise<Office> => {
  const { connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'test', max: 1 });
  await migrateEventStore(pool);
  await migrate(pool, commandingMigrations);
  await pool.end();
  const store = await createPostgresEventStore({ connectionString });
  t.teardown(() => store.close());
  const clerk: Office['clerk'] = async (wrap) => {
    const commands = await commandsAt(connectionString, wrap);
    t.teardown(() => commands.close());
    return commands;
  };
  return { connectionString, store, clerk };
};
