import { testDatabase } from '@headroom/embedded-postgres/testing';
import fc from 'fast-check';
import t from 'tap';
import { coalesce, createPool } from './index.ts';

t.setTimeout(120_000);

const asItIs = (key: string) => key;
const upper = async (keys: string[]) => new Map(keys.map((key) => [key, key.toUpperCase()]));

t.test('reads of one turn become one query against the database', async (t) => {
  const { connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'coalesce', max: 2 });
  t.teardown(() => pool.end());
  await pool.query(
    `create table stage (id int primary key, name text); insert into stage values (1, 'design'), (2, 'build')`,
  );
  const queries: number[][] = [];
  const stageName = coalesce<number, string>({
    keyOf: String,
    load: async (ids) => {
      queries.push(ids);
      const { rows } = await pool.query('select id, name from stage where id = any($1::int[])', [ids]);
      return new Map(rows.map(({ id, name }) => [String(id), name]));
    },
  });
  t.strictSame(await Promise.all([1, 2, 3, 1].map(stageName)), ['design', 'build', undefined, 'design']);
  t.strictSame(queries, [[1, 2, 3]]);
  await pool.query(`update stage set name = 'sketch' where id = 1`);
  t.equal(await stageName(1), 'sketch', 'nothing is remembered');
});

t.test('while loads are under way the next batch gathers, and none is larger than allowed', async (t) => {
  const batches: string[][] = [];
  const gates: (() => void)[] = [];
  const read = coalesce<string, string>({
    keyOf: asItIs,
    maxBatch: 2,
    maxLoads: 1,
    load: async (keys) => {
      batches.push(keys);
      await new Promise<void>((resolve) => gates.push(resolve));
      return upper(keys);
    },
  });
  const nextLoad = async () => {
    while (gates.length === 0) await new Promise(setImmediate);
    gates.shift()?.();
  };
  const first = read('a');
  while (batches.length === 0) await new Promise(setImmediate);
  const rest = Promise.all(['b', 'c', 'd', 'b', 'a'].map(read));
  for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate);
  t.strictSame(batches, [['a']], 'one load at once');
  await nextLoad();
  t.equal(await first, 'A');
  await nextLoad();
  await nextLoad();
  t.strictSame(await rest, ['B', 'C', 'D', 'B', 'A']);
  t.strictSame(batches, [['a'], ['b', 'c'], ['d', 'a']], 'a read never joins a load that began before it');
});

t.test('a load that fails fails its callers, and only those', async (t) => {
  const refused = new Error('refused');
  const read = coalesce<string, string>({
    keyOf: asItIs,
    maxBatch: 2,
    maxLoads: 1,
    load: (keys) => {
      if (keys.includes('now')) throw refused;
      return keys.includes('later') ? Promise.reject(refused) : upper(keys);
    },
  });
  const outcomes = await Promise.allSettled(['a', 'now', 'now', 'b', 'later', 'c'].map(read));
  t.strictSame(
    outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason)),
    [refused, refused, refused, refused, refused, 'C'],
  );
  t.equal(await read('d'), 'D');
});

t.test('however reads come and loads end, each caller gets its own answer', async () => {
  const scenario = fc.record({
    keys: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(3)), { maxLength: 30 }),
    maxBatch: fc.integer({ min: 1, max: 4 }),
    maxLoads: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), scenario, async (scheduler, { keys, maxBatch, maxLoads }) => {
      let underWay = 0;
      const read = coalesce<string, string>({
        keyOf: asItIs,
        maxBatch,
        maxLoads,
        load: async (batch) => {
          underWay += 1;
          if (underWay > maxLoads || batch.length > maxBatch || new Set(batch).size !== batch.length)
            throw new Error('a limit was passed');
          await scheduler.schedule(Promise.resolve());
          underWay -= 1;
          if (batch.includes('e')) throw new Error('e');
          return upper(batch);
        },
      });
      const answers: Promise<boolean>[] = [];
      for (const [key, turns] of keys) {
        for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
        answers.push(
          read(key).then(
            (value) => key !== 'e' && value === key.toUpperCase(),
            (error: Error) => error.message === 'e',
          ),
        );
      }
      const all = Promise.all(answers);
      const right = await scheduler.waitFor(all);
      return right.every(Boolean);
    }),
    { numRuns: 100 },
  );
});
