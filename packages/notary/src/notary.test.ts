import fc from 'fast-check';
import t from 'tap';
import { openOffice, quiet, subjects } from '../test-support/office.ts';
import { KeyMismatch } from './checkpoint/identity.ts';
import { isNoteOf } from './checkpoint/signer.ts';
import { audit, createNotary, type Finding, runNotary } from './index.ts';
import { restAfter } from './sealing/pace.ts';

t.setTimeout(1_800_000);

/** Of each kind of tampering; `TAMPER_RUNS=10000` for the long run. */
const RUNS = Number(process.env.TAMPER_RUNS ?? 60);

t.test('every event is sealed once, whoever does it and however often they change', async (t) => {
  const { pool, store, notary, record, seal, database } = await openOffice(t);
  await record('acme', 30);
  await seal();
  await record('acme', 20);
  await record('other', 5);
  const ending = new AbortController();
  const two = [1, 2].map(() =>
    runNotary({
      store,
      connectionString: database.connectionString,
      subjects,
      signal: ending.signal,
      logger: quiet,
    }),
  );
  await record('acme', 10);
  t.equal(await notary.sealed(65, 30_000), 65);
  // Whoever seals loses the connection, and with it the right to.
  await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'headroom notary'`);
  await record('acme', 10);
  t.equal(await notary.sealed(75, 30_000), 75);
  ending.abort();
  await Promise.all(two.map(({ done }) => done));

  const acme = await notary.latest('acme');
  t.match(acme, { size: 70, position: 75 });
  t.match(await notary.latest('other'), { size: 5, position: 55 });
  t.match(await audit({ pool, store }), { events: 75, upTo: 75, findings: [] });
  const { name, publicKey } = await notary.key('acme');
  const note = acme?.note ?? '';
  const text = note.slice(0, note.indexOf('\n\n') + 1);
  t.match(text, /^headroom\/acme\n70\n[A-Za-z0-9+/]{43}=\nposition 75\nsealed \S+Z\n$/);
  t.ok(isNoteOf(note, name, text, publicKey));
  t.notOk(isNoteOf(note, 'headroom/other', text, publicKey), 'signed under another name');
});

t.test('leaves are found by what they are about', async (t) => {
  const { notary, record, seal } = await openOffice(t);
  await record('acme', 8);
  await record('other', 4);
  await seal();
  const about = await notary.leavesAbout('acme', [{ kind: 'request', id: 'r1' }]);
  t.strictSame(
    about.map(({ position }) => position),
    [2, 6],
  );
  t.match(await notary.leavesOfCommand('acme', 'c3'), [{ position: 3, revision: 0 }]);
  t.strictSame(await notary.leavesOfCommand('other', 'c3'), [], 'of another tenant');
  t.match(await notary.listLeaves('acme', { limit: 2, before: 7 }), [{ n: 6 }, { n: 5 }]);
  t.match(await notary.listLeaves('acme', { limit: 9, streamId: 'request-acme/r0' }), [{ n: 4 }, { n: 0 }]);
  const [evidence] = await notary.evidence(about.slice(0, 1));
  t.match(evidence?.text, /^\{"fields":\{"\/data\/amount\/currency":"/);
  const paths = evidence?.disclosures.map(({ path }) => path);
  t.match(paths, [
    '/data/requestId',
    '/data/amount/minor',
    '/data/amount/currency',
    '/data/list/[0]',
    '/data/list/[1]',
  ]);
});

t.test('the key stays the one it was', async (t) => {
  const { pool, store } = await openOffice(t);
  const seed = new Uint8Array(32).fill(7);
  const kept = createNotary({ pool, store, seed });
  t.equal((await kept.key('acme')).publicKey.toString('hex').length, 64);
  t.equal((await pool.query('select seed from notary.identity')).rows[0].seed, null, 'it is kept elsewhere');
  await t.rejects(createNotary({ pool, store }).key('acme'), KeyMismatch);
  await t.rejects(createNotary({ pool, store, seed: new Uint8Array(32) }).key('acme'), KeyMismatch);
});

t.test('while the log grows the notary mostly rests', async (t) => {
  t.equal(restAfter({ head: 10 }, 20, 10), 50, 'not below what gathers a page');
  t.equal(restAfter({ head: 10 }, 80, 10), 80);
  t.ok(Math.abs(restAfter({ head: 10 }, 20, 500) - 180) < 1);
  t.equal(restAfter({ head: 10 }, 400, 500), 2_000, 'and not for ever');
});

const EVENTS = 40;

/** What somebody may do to the tables who may do everything. Each changes what the log says, or what is kept of it. */
const manipulations = (size: number) => {
  const position = fc.integer({ min: 1, max: size });
  const pair = fc.tuple(position, position).filter(([one, other]) => one !== other);
  const text = fc.stringMatching(/^[a-z]{1,8}$/);
  const of = (table: string, column: string, value: string) => (at: number) =>
    `update ${table} set ${column} = ${value} where ${table === 'log.events' ? 'position' : 'n + 1'} = ${at}`;
  const event = (column: string, value: string) => position.map(of('log.events', column, value));
  return fc.oneof(
    event('data', `(data::jsonb || '{"amount":{"minor":1,"currency":"EUR"}}')::json`),
    fc
      .tuple(position, text)
      .map(([at, name]) => of('log.events', 'data', `(data::jsonb || '{"${name}":1}')::json`)(at)),
    event('data', `(data::jsonb - 'amount')::json`),
    event('data', `(data::jsonb #- '{list,0}')::json`),
    event('meta', `(meta::jsonb || '{"actor":"key:other"}')::json`),
    event('meta', `(meta::jsonb || '{"tenantId":"other"}')::json`),
    event('meta', `(meta::jsonb - 'fingerprint')::json`),
    event('type', `'Declined'`),
    event('id', 'gen_random_uuid()'),
    event('at', `at - interval '1 hour'`),
    event('revision', 'revision + 1000'),
    event('stream_id', `stream_id || 'x'`),
    event('position', 'position + 1000'),
    position.map((at) => `delete from log.events where position = ${at}`),
    position.map((at) => `delete from log.events where position >= ${at}`),
    pair.map(
      ([one, other]) => `with taken as (select position, data from log.events where position in (${one}, ${other}))
        update log.events e set data = t.data from taken t
        where e.position in (${one}, ${other}) and t.position <> e.position`,
    ),
    position.map(
      (
        at,
      ) => `insert into log.events select ${size + 1}, stream_id, revision + 500, type, gen_random_uuid(), data, meta, at
        from log.events where position = ${at}; update notary.progress set position = ${size + 1}`,
    ),
    position.map(of('notary.leaf', 'hash', 'sha256(hash)')),
    position.map(of('notary.leaf', 'actor', `'key:other'`)),
    position.map((at) => `delete from notary.leaf where n + 1 = ${at}`),
    position.map((at) => `update notary.progress set position = ${at} - 1`),
    fc.constant(`update notary.tree set frontier = sha256(frontier)`),
    fc.constant(`update notary.checkpoint set root = sha256(root)`),
    fc.constant(`update notary.checkpoint set note = replace(note, 'sealed 2', 'sealed 3')`),
    fc.constant(`update notary.checkpoint set sealed_at = sealed_at - interval '1 day'`),
    fc.constant(`delete from notary.checkpoint`),
    fc.constant(`update notary.identity set salt = salt || 'x'`),
  );
};

t.test('whatever a superuser does to the log or to what is kept of it is found', async (t) => {
  const { pool, store, record, seal } = await openOffice(t);
  await record('acme', EVENTS);
  await seal();
  t.strictSame((await audit({ pool, store })).findings, [], 'an honest log is not accused');
  const tables = [
    'log.events',
    'notary.leaf',
    'notary.tree',
    'notary.checkpoint',
    'notary.progress',
    'notary.identity',
  ];
  for (const table of tables) await pool.query(`create table honest_${table.replace('.', '_')} as table ${table}`);
  const restore = tables
    .map((table) => `delete from ${table}; insert into ${table} select * from honest_${table.replace('.', '_')}`)
    .join(';');

  const kinds = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(manipulations(EVENTS), async (sql) => {
      await pool.query(sql);
      const found: readonly Finding[] = (await audit({ pool, store })).findings;
      await pool.query(restore);
      kinds.set(found[0]?.what ?? '', (kinds.get(found[0]?.what ?? '') ?? 0) + 1);
      return found.length > 0;
    }),
    { numRuns: RUNS },
  );
  t.ok(kinds.size > 3, [...kinds].map(([what, count]) => `${count} x ${what}`).join('; '));
  t.strictSame((await audit({ pool, store })).findings, [], 'and is as it was afterwards');
});

t.test('a log that was cut back whole is told by a checkpoint in hand', async (t) => {
  const { pool, store, notary, record, seal } = await openOffice(t);
  await record('acme', 5);
  await seal();
  const [before, head] = [await notary.root('acme', 5), await notary.latest('acme')];
  await record('acme', 1);
  await seal();
  const held = [{ tenantId: 'acme', size: 6, root: await notary.root('acme', 6) }];
  t.strictSame((await audit({ pool, store, held })).findings, []);
  const frontier = (await pool.query('select frontier from notary.tree')).rows[0].frontier;
  t.ok(frontier.length > 0 && head !== undefined);
  await pool.query(`delete from log.events where position = 6; delete from notary.leaf where n = 5;
    delete from notary.checkpoint where size = 6; update notary.progress set position = 5; delete from notary.tree`);
  t.match((await audit({ pool, store, held })).findings, [{ what: /events are gone|were sealed/ }]);
  const forged = [{ tenantId: 'acme', size: 5, root: Buffer.from(before).fill(1) }];
  t.match((await audit({ pool, store, held: forged })).findings, [{ what: /rewritten/ }]);
});
