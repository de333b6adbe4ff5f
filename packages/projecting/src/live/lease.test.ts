import t from 'tap';
import { stored } from '../../test-support/histories.ts';
import { append, ordinaryDays } from '../../test-support/log.ts';
import { run, until, untilFolded } from '../../test-support/run.ts';
import { openScene, sameAsFold } from '../../test-support/scene.ts';
import { spawnRunner } from '../../test-support/spawn-runner.ts';
import { beginAtZero } from '../database/checkpoints.ts';
import { UpcastPage } from '../fold/project-events.ts';
import { readCheckpoints } from '../index.ts';
import { SteppedDown } from './faults.ts';
import { takeLease } from './lease.ts';
import { type Folded, Member } from './member.ts';
import { openSession } from './session.ts';
import { writePage } from './write-page.ts';

// Killing and waiting for leases takes its time, above all on a machine that does other things, too.
t.setTimeout(120_000);

t.test('only one of two runners folds; when it ends cleanly the other goes on at once', async (t) => {
  const scene = await openScene(t);
  // A lease that would not run out before the test does.
  const first = run(t, { ...scene, leaseMs: 600_000 });
  await until('the first leads', () => first.leading());
  const second = run(t, { ...scene, leaseMs: 600_000 });
  await append(scene.store, ordinaryDays(300));
  await untilFolded(scene.pool, scene.names, 300);
  t.notOk(second.leading());
  t.equal(second.pages.length, 0);
  await first.stop();
  await append(scene.store, ordinaryDays(300, 300), 'more');
  await untilFolded(scene.pool, scene.names, 600);
  t.ok(second.leading());
  t.equal(await sameAsFold(t, scene, scene.projections), 600);
});

t.test('a lease can be taken when it is free, over, or one´s own; each time under a higher token', async (t) => {
  const { pool } = await openScene(t);
  t.strictSame(await takeLease(pool, 'x', 'a', 60_000), { name: 'x', token: 1 });
  t.equal(await takeLease(pool, 'x', 'b', 60_000), undefined);
  t.strictSame(await takeLease(pool, 'x', 'a', 60_000), { name: 'x', token: 2 });
  await pool.query(`update projecting.lease set expires_at = clock_timestamp() - interval '1 ms'`);
  t.strictSame(await takeLease(pool, 'x', 'b', 60_000), { name: 'x', token: 3 });
});

t.test('what is written under a lost lease, or over a checkpoint that moved, changes nothing', async (t) => {
  const { pool, connectionString, names, projections } = await openScene(t);
  for (const projection of projections) await beginAtZero(pool, projection);
  const lost = await takeLease(pool, 'x', 'a', 60_000);
  const held = await takeLease(pool, 'x', 'a', 60_000);
  if (!lost || !held) throw new Error('no lease');
  const client = await openSession(connectionString, held, 60_000);
  t.teardown(() => client.end());
  const events = stored(ordinaryDays(30));
  const fold = async (position: number) => {
    const parts: Folded[] = [];
    for (const projection of projections) {
      const member = new Member(projection, 0, 1_000_000);
      const part = await member.fold(client, { events, upTo: 30 }, new UpcastPage(events));
      parts.push({ ...part, expected: position });
    }
    return parts;
  };
  const counts = async () => [
    (await pool.query('select count(*) from toy_times.entries')).rows[0]?.count,
    (await readCheckpoints(pool, names)).get('toy-days')?.position,
  ];
  await t.rejects(writePage(client, lost, await fold(0), 30), SteppedDown);
  await t.rejects(writePage(client, held, await fold(7), 30), SteppedDown);
  t.strictSame(await counts(), [0, 0]);
  await writePage(client, held, await fold(0), 30);
  t.strictSame(await counts(), [10, 30]);
});

t.test('a holder that stood still for longer than its lease cannot write any more', async (t) => {
  const scene = await openScene(t);
  const stale = spawnRunner(t, scene.connectionString, { leaseMs: 1_000, pageSize: 20 });
  await append(scene.store, ordinaryDays(2_000));
  await until('it is in the midst of it', () => stale.position() > 100);
  stale.signal('SIGSTOP');
  const successor = run(t, { ...scene, leaseMs: 1_000, pageSize: 20 });
  await until('the successor leads', () => successor.leading());
  await untilFolded(scene.pool, scene.names, 2_000);
  stale.signal('SIGCONT');
  await until('the stale holder notices', () =>
    stale.lines.some(
      ({ message }) => message === 'stepped down' || message === 'folding was interrupted; trying again',
    ),
  );
  await append(scene.store, ordinaryDays(500, 2_000), 'more');
  await untilFolded(scene.pool, scene.names, 2_500);
  t.equal(await sameAsFold(t, scene, scene.projections), 2_500);
  t.ok(successor.leading());
});

t.test('kill -9 at any moment: whoever takes over goes on from rows and checkpoint that belong together', async (t) => {
  const scene = await openScene(t);
  const total = 2_000;
  await append(scene.store, ordinaryDays(total));
  let runners = [0, 1].map(() => spawnRunner(t, scene.connectionString, { leaseMs: 300, pageSize: 10 }));
  for (let kills = 0; kills < 8; kills += 1) {
    const reached = Math.max(...runners.map((runner) => runner.position()));
    await until('somebody folds on', () => runners.some((runner) => runner.position() > reached));
    const [leader] = runners.toSorted((a, b) => b.position() - a.position());
    leader?.signal('SIGKILL');
    await leader?.ended();
    await sameAsFold(t, scene, scene.projections);
    runners = [
      ...runners.filter((runner) => runner !== leader),
      spawnRunner(t, scene.connectionString, { leaseMs: 300, pageSize: 10 }),
    ];
  }
  await untilFolded(scene.pool, scene.names, total);
  t.equal(await sameAsFold(t, scene, scene.projections), total);
});
