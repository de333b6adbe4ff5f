import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Scene } from './replay-scene.ts';

/** The share of rebuilds that are hit while their process only starts. */
const EARLY = 0.1;
/** Some kills come too late, so that the moments of the switch are among those that are hit. */
const TOO_LATE = 1.2;
const STARTING_MS = 1_000;
/** After so many kills in a row, rebuilds must be taking longer than they did. */
const MOST_KILLS = 8;
const LONGEST_REBUILD_MS = 120_000;

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

interface Ended {
  /** That it left with; null when it was killed. */
  readonly code: number | null;
  /** Whether it had begun to make rows. */
  readonly begun: boolean;
  /** How long it was at it, in milliseconds. */
  readonly workedMs: number;
}

/** Runs a rebuild, and kills it so many milliseconds after it has begun its work; at once: while it starts. */
const killedAfter = async (scene: Scene, ms: number): Promise<Ended> => {
  const before = await unfinishedSchemas(scene);
  const child = startRebuild(scene.databaseUrl);
  let over = false;
  const exited = once(child, 'exit').then(([code]) => {
    over = true;
    return code as number | null;
  });
  const hasBegun = async (): Promise<boolean> => !['', before].includes(await unfinishedSchemas(scene));
  let begun = false;
  while (!over && ms > 0 && !begun) {
    begun = await hasBegun();
    if (!begun) await sleep(2);
  }
  const since = performance.now();
  const killer = setTimeout(() => child.kill('SIGKILL'), begun ? ms : scene.random() * STARTING_MS);
  const code = await exited;
  clearTimeout(killer);
  return { code, begun, workedMs: performance.now() - since };
};

/** A rebuild that nobody disturbs; gives how long it was at work. */
const undisturbed = async (scene: Scene): Promise<number> => {
  const { code, workedMs } = await killedAfter(scene, LONGEST_REBUILD_MS);
  if (code !== 0) throw new Error(`a rebuild that nobody disturbed left with ${code}`);
  return workedMs;
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
  let [killed, inTheMidst, done, streak] = [0, 0, 0, 0];
  let usualMs = await undisturbed(scene);
  await spoil(scene);
  for (let round = 0; round < rounds; round += 1) {
    const early = scene.random() < EARLY;
    const ended = await killedAfter(scene, early ? 0 : scene.random() * TOO_LATE * usualMs);
    if (ended.code === null) {
      [killed, streak] = [killed + 1, streak + 1];
      if (ended.begun) inTheMidst += 1;
      if (streak % MOST_KILLS === 0) usualMs *= 2;
    } else {
      [done, streak] = [done + 1, 0];
      usualMs = (usualMs + ended.workedMs) / 2;
    }
    torn.push(...(await servedWrong(scene, ended.code)).map((what) => `rebuild ${round}: ${what}`));
    scene.say(`rebuild ${round + 1} of ${rounds}: ${killed} killed, ${inTheMidst} of them in the midst`);
  }
  await undisturbed(scene);
  if ((await whoseRows(scene)) !== 'new') torn.push('the last rebuild, which nobody killed, left the old rows');
  return { killed, inTheMidst, done, torn };
};
