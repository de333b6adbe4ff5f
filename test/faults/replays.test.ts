/** The short version of `npm run faults -- replays`. */
import { testDatabase } from '@headroom/embedded-postgres/testing';
import t from 'tap';
import { runReplayFaults } from './replays.ts';

// The file as a whole, on a busy machine.
t.setTimeout(300_000);

t.test('killed at any moment, a rebuild and a change of rates are there whole or not at all', async (t) => {
  const { connectionString: databaseUrl } = await testDatabase(t);
  const report = await runReplayFaults({ databaseUrl, rounds: 2, seed: 11 });
  t.comment(JSON.stringify(report));
  t.equal(report.rebuildsKilled + report.rebuildsDone, 2);
  t.ok(report.processesKilled > 0, `${report.processesKilled} processes were killed`);
  t.equal(report.changesApplied + report.changesCancelled, 2, 'every change comes to its end');
  t.strictSame(report.torn, [], 'nobody sees half of anything');
  t.strictSame(report.untrue, [], 'what a change says of itself is so');
  t.strictSame(report.differing, [], 'the read models are the fold of the log');
});
