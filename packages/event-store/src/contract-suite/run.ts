import type { Test } from 'tap';
import { appending } from './appending.ts';
import { atomicAppends } from './atomic-appends.ts';
import { faults } from './faults.ts';
import { following } from './following.ts';
import { logOrder } from './log-order.ts';
import type { ContractSuiteOptions } from './opened-store.ts';
import { reading } from './reading.ts';
import { withScene } from './scene.ts';

/**
 * What every event store keeps to, whatever it is built on: one `t.test` per promise of the port, each against a
 * store that `open` gives. Both adapters run it; a promise that one of them cannot keep does not belong in the port.
 */
export const runContractSuite = async (t: Test, options: ContractSuiteOptions): Promise<void> => {
  for (const [topic, tests] of Object.entries({ appending, atomicAppends, reading, following, logOrder, faults })) {
    await t.test(`${options.name}: ${topic}`, async (t) => {
      for (const { name, play } of tests) await t.test(name, (t) => withScene(options, t, play));
    });
  }
};
