import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Scene } from './replay-scene.ts';

/** The share of a rebuild's time in which its process only starts. */
const STARTING = 0.4;
/** Some kills come too late, so that the moments of the switch are among those that are hit. */
const TOO_LATE = 1.1;

/** Lays hands on rows of two projections, so that it can be told whose rows serve. */
const spoil = ({ pool }: Scene) =>
  pool.query(`update agency.specialist set name = 'spoilt' where specialist_id = 'p1';
    update profitability.specialist set name = 'spoilt' where specialist_id = 'p1'`);

const whoseRows = async ({ pool }: Scene): Promise<'old' | 'new' | 'torn'> => {
  const { rows } = await pool.query<{
    spoilt: number;
  }>(`select (a.name = 'spoilt')::int + (p.name = 'spoilt')::int as spoilt
    from agency.specialist a, profitability.specialist p where a.specialist_id = 'p1' and p.specialist_id = 'p1'`);
  return rows[0]?.spoilt === 2 ? 'old' : rows[0]?.spoilt === 0 ? 'new' : 'torn';
};

const COMMAND_LINE = fileURLToPath(new URL('../../host/src/cli.ts', import.meta.url));

const startRebuild = (databaseUrl: string): ChildProcess =>
  spawn(process.execPath, [COMMAND_LINE, 'rebuild', '--accept-differences'], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: 'ignore',
  });

/** The schemas in which rebuilds put their rows; a rebuild that begins makes them anew. */
const unfinishedSchemas = async ({ pool }: Scene): Promise<string> => {
  const { rows } = await pool.query<{ oid: string }>(
    String.raw`select oid::text from pg_namespace where nspname like '%\_\_next' order by oid`,
  );
  return rows.map(({ oid }) => oid).join();
};

/** A rebuild that nobody disturbs; gives how long it took, in milliseconds. */
const undisturbed = async (scene: Scene): Promise<number> => {
  const since = performance.now();
  await once(startRebuild(scene.databaseUrl), 'exit');
  return performance.now() - since;
};

/** Starts a rebuild and kills it after a while; gives the code that it left with, null when it was killed. */
const killedAfter = async ({ databaseUrl }: Scene, ms: number): Promise<number | null> => {
  const child = startRebuild(databaseUrl);
  const exited = once(child, 'exit');
  const killer = setTimeout(() => child.kill('SIGKILL'), ms);
  const [code] = await exited;
  clearTimeout(killer);
  return code as number | null;
};

/** What is wrong with what is served after a rebuild that left with `code`, null when it was killed. */
const servedWrong = async (scene: Scene, code: number | null): Promise<string[]> => {
  const wrong = code === null || code === 0 ? [] : [`failed with ${code}`];
  const rows = await whoseRows(scene);
  if (rows === 'torn' || (rows === 'old' && code === 0)) wrong.push(`${rows} rows after ${code}`);
  const { status } = await scene.ask('/v1/stages/s0/profitability');
  if (status !== 200) wrong.push(`the figures are answered with ${status}`);
  if (rows === 'new') await spoil(scene);
  return wrong;
};

/**
 * Kills rebuilds at any moment: the old rows serve on, whole, until the new ones do. At last one is not killed, so that the
 * rows are right again.
 */
export const hitRebuilds = async (scene: Scene, rounds: number) => {
  const torn: string[] = [];
  let [killed, inTheMidst, done] = [0, 0, 0];
  let usualMs = await undisturbed(scene);
  await spoil(scene);
  for (let round = 0; round < rounds; round += 1) {
    const left = await unfinishedSchemas(scene);
    const since = performance.now();
    const code = await killedAfter(scene, usualMs * (STARTING + scene.random() * (TOO_LATE - STARTING)));
    const now = await unfinishedSchemas(scene);
    if (code === null) {
      killed += 1;
      if (now !== left && now !== '') inTheMidst += 1;
    } else {
      done += 1;
      // The machine may be busier than it was, or less.
      usualMs = (usualMs + performance.now() - since) / 2;
    }
    torn.push(...(await servedWrong(scene, code)).map((what) => `rebuild ${round}: ${what}`));
    scene.say(`rebuild ${round + 1} of ${rounds}: ${killed} killed, ${inTheMidst} of them in the midst`);
  }
  await undisturbed(scene);
  if ((await whoseRows(scene)) !== 'new') torn.push('the last rebuild, which nobody killed, left the old rows');
  return { killed, inTheMidst, done, torn };
};
