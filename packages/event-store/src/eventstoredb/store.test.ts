import { env } from 'node:process';
import t from 'tap';
import { runContractSuite, startProxy } from '../contract-suite/index.ts';
import type { EventStore } from '../port.ts';
import { createEventStoreDbEventStore } from './index.ts';
import { startStandIn } from './stand-in/index.ts';

// The work of two machines in one process, on a machine that may be busy.
const PATIENT = { appendTimeoutMs: 60_000, readTimeoutMs: 60_000 };
t.setTimeout(240_000);

const open = (connectionString: string): Promise<EventStore> =>
  createEventStoreDbEventStore({ connectionString, ...PATIENT });

t.test('on the stand-in', { timeout: 240_000 }, async (t) => {
  const standIn = await startStandIn();
  t.teardown(standIn.stop);
  await runContractSuite(t, {
    name: 'EventStoreDB',
    open: async () => {
      const wire = await startProxy({ host: '127.0.0.1', port: standIn.port });
      return {
        store: await open(`esdb://127.0.0.1:${wire.port}?tls=false`),
        reopen: () => open(standIn.connectionString),
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
      store: await open(url),
      reopen: () => open(url),
      cleanup: () => Promise.resolve(),
    }),
  }),
);
