import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPool } from '@headroom/postgres';
import t from 'tap';
import { runContractSuite, startProxy } from '../contract-suite/index.ts';
import { createPostgresEventStore, migrateEventStore } from './index.ts';

const open = async () => {
  const { connection, connectionString, drop } = await testDatabase();
  const pool = createPool(connectionString, { applicationName: 'test', max: 1 });
  await migrateEventStore(pool);
  await pool.end();
  const wire = await startProxy({ path: `${connection.host}/.s.PGSQL.${connection.port}` });
  const throughWire = `postgresql://${connection.user}@127.0.0.1:${wire.port}/${connection.database}`;
  return {
    store: await createPostgresEventStore({ connectionString: throughWire }),
    reopen: () => createPostgresEventStore({ connectionString }),
    wire,
    cleanup: async () => {
      await wire.close();
      await drop();
    },
  };
};

await runContractSuite(t, { name: 'Postgres', open });
