/** The short version of `npm run faults`. */
import { testDatabase } from '@headroom/embedded-postgres/testing';
import t from 'tap';
import { runChaos } from './chaos.ts';

// The file as a whole, on a busy machine.
t.setTimeout(300_000);

t.test('processes die at random, and nothing is lost or done twice', { timeout: 180_000 }, async (t) => {
  const { connectionString: databaseUrl } = await testDatabase(t);
  const report = await runChaos({
    databaseUrl,
    seconds: 8,
    clients: 16,
    leastCommands: 10,
    seed: 7,
    killEveryMs: 1_200,
  });
  t.comment(JSON.stringify(report));
  t.ok(report.acknowledged + report.refused >= 160, `${report.acknowledged} commands were acknowledged`);
  t.ok(report.acknowledged > report.refused, `${report.refused} were refused`);
  t.ok(report.kills >= 4, `${report.kills} processes were killed`);
  t.equal(report.unanswered, 0, 'every client got its answer in the end');
  t.strictSame(report.lost, [], 'no acknowledged command is lost');
  t.strictSame(report.twice, [], 'none is carried out twice');
  t.strictSame(report.answeredDifferently, [], 'a repeated command is answered as it was the first time');
  t.strictSame(report.differing, [], 'the read models are the fold of the log');
  t.ok(report.gapless, 'positions have no gap');
});
