import type { Test } from 'tap';
import { appending } from './appending.ts';
import { atomicAppends } from './atomic-appends.ts';
import { faults } from './faults.ts';
import { following } from './following.ts';
import { logOrder } from './log-order.ts';
import type { ContractSuiteOptions, Topic } from './opened-store.ts';
import { reading } from './reading.ts';
import { type Promised, withScene } from './scene.ts';

const TOPICS: Readonly<Record<Topic, readonly Promised[]>> = {
  appending,
  'atomic appends': atomicAppends,
  reading,
  following,
  'order of the log': logOrder,
  faults,
};

/**
 * What every event store keeps to, whatever it is built on: one `t.test` per promise of the port, against a store that
 * `open` gives. Both adapters run it; a promise that one of them cannot keep does not belong in the port.
 */
export const runContractSuite = async (t: Test, { name, open, topics }: ContractSuiteOptions): Promise<void> => {
  const opened = await open();
  try {
    for (const topic of topics ?? (Object.keys(TOPICS) as Topic[])) {
      const promises = TOPICS[topic];
      await t.test(`${name}: ${topic}`, async (t) => {
        for (const { name, play } of promises) await t.test(name, (t) => withScene(opened, t, play));
      });
    }
  } finally {
    await opened.store.close();
    await opened.cleanup();
  }
};
