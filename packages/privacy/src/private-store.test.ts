import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPostgresEventStore, type EventStore, migrateEventStore } from '@headroom/event-store';
import { type OpenedStore, runContractSuite, startProxy } from '@headroom/event-store/contract-suite';
import { createEventStoreDbEventStore } from '@headroom/event-store/eventstoredb';
import { startStandIn } from '@headroom/event-store/stand-in';
import { createPool, migrate } from '@headroom/postgres';
import t, { type Test } from 'tap';
import { MasterKey, newMasterKey, openVault, type PersonalFields, privacyMigrations, privateStore } from './index.ts';

t.setTimeout(240_000);
/** What a store that looks into the events on their way could break. */
const topics = ['reading', 'following'] as const;
const PATIENT = { appendTimeoutMs: 60_000, readTimeoutMs: 60_000 };

/** Texts of every event belong to somebody. */
const everything: PersonalFields = () => [
  { path: ['data', 'text'], person: () => ({ kind: 'everybody', key: [], about: {}, label: null }) },
  { path: ['meta', 'reason'], person: () => ({ kind: 'everybody', key: [], about: {}, label: null }) },
];

/** A database with a vault, and how a store is put behind it. */
const vaulted = async (t: Test) => {
  const database = await testDatabase(t);
  const pool = createPool(database.connectionString, { applicationName: 'test', max: 2 });
  t.teardown(() => pool.end());
  await migrateEventStore(pool);
  await migrate(pool, privacyMigrations);
  const vault = await openVault(pool, new MasterKey(newMasterKey()));
  return { ...database, pool, behind: (store: EventStore) => privateStore(store, vault, everything) };
};

const onPostgres = async (t: Test): Promise<OpenedStore> => {
  const { connection, connectionString, behind } = await vaulted(t);
  const wire = await startProxy({ path: `${connection.host}/.s.PGSQL.${connection.port}` });
  const throughWire = `postgresql://${connection.user}@127.0.0.1:${wire.port}/${connection.database}`;
  return {
    store: behind(await createPostgresEventStore({ connectionString: throughWire })),
    reopen: async () => behind(await createPostgresEventStore({ connectionString })),
    wire,
    cleanup: wire.close,
  };
};

const onEventStoreDb = async (t: Test): Promise<OpenedStore> => {
  const { behind } = await vaulted(t);
  const standIn = await startStandIn();
  t.teardown(standIn.stop);
  const open = async () =>
    behind(await createEventStoreDbEventStore({ connectionString: standIn.connectionString, ...PATIENT }));
  return { store: await open(), reopen: open, cleanup: () => Promise.resolve() };
};

t.test('behind the vault, Postgres keeps all promises', (t) =>
  runContractSuite(t, {
    name: 'Postgres',
    topics: ['appending', 'atomic appends', ...topics],
    open: () => onPostgres(t),
  }),
);
t.test('behind the vault, EventStoreDB keeps all promises', (t) =>
  runContractSuite(t, { name: 'EventStoreDB', topics, open: () => onEventStoreDb(t) }),
);
