import { env } from 'node:process';
import t from 'tap';
import { runContractSuite, startProxy } from '../contract-suite/index.ts';
import { createEventStoreDbEventStore } from './index.ts';
import { startStandIn } from './stand-in/index.ts';

// Two machines' work in one process, on whatever else the machine does.
t.setTimeout(240_000);

t.test('on the stand-in', { timeout: 240_000 }, async (t) => {
  const standIn = await startStandIn();
  t.teardown(standIn.stop);
  await runContractSuite(t, {
    name: 'EventStoreDB',
    open: async () => {
      const wire = await startProxy({ host: '127.0.0.1', port: standIn.port });
      return {
        store: await createEventStoreDbEventStore({ connectionString: `esdb://127.0.0.1:${wire.port}?tls=false` }),
        reopen: () => createEventStoreDbEventStore({ connectionString: standIn.connectionString }),
        wire,
        cleanup: wire.close,
      };
    },
  });
});

const url = env.EVENT_STORE_URL ?? '';
t.test('on a real server', { skip: /^esdb(\+discover)?:/.test(url) ? false : 'EVENT_STORE_URL names none' }, (t) =>
  runContractSuite(t, {
    name: 'EventStoreDB',
    open: async () => ({
      store: await createEventStoreDbEventStore({ connectionString: url }),
      reopen: () => createEventStoreDbEventStore({ connectionString: url }),
      cleanup: () => Promise.resolve(),
    }),
  }),
);
