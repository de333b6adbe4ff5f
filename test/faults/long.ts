/**
 * `npm run faults`: a minute of 32 clients while processes are killed, on a Postgres of its own with fsync on. Prints
 * the report as one JSON line; leaves with 1 when anything was lost, done twice or differs.
 * `npm run faults -- SECONDS SEED` for other runs; `npm run faults -- replays ROUNDS SEED` kills rebuilds and changes of rates,
 * 200 of each unless told.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@headroom/embedded-postgres';
import { runChaos } from './chaos.ts';
import { runReplayFaults } from './replays.ts';

const [kind, ...numbers] = process.argv[2] === 'replays' ? process.argv.slice(2) : ['chaos', ...process.argv.slice(2)];
const amount = Number(numbers[0] ?? (kind === 'replays' ? 200 : 60));
const seed = Number(numbers[1] ?? Date.now() % 100_000);

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** The report, and whether anything in it is as it must not be. */
const chaos = async (databaseUrl: string) => {
  const report = await runChaos({
    databaseUrl,
    seconds: amount,
    clients: 32,
    leastCommands: 10,
    seed,
    killEveryMs: 1_500,
  });
  const wrong = [report.lost, report.twice, report.answeredDifferently, report.differing].flat();
  return { report, failed: wrong.length > 0 || report.unanswered > 0 || !report.gapless };
};

const replays = async (databaseUrl: string) => {
  const report = await runReplayFaults({ databaseUrl, rounds: amount, seed, say });
  return { report, failed: [report.torn, report.untrue, report.differing].flat().length > 0 };
};

const folder = mkdtempSync(join(tmpdir(), 'headroom-faults-'));
const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
try {
  const { report, failed } = await (kind === 'replays' ? replays : chaos)(postgres.connectionString);
  process.stdout.write(`${JSON.stringify({ name: kind, amount, seed, ...report })}\n`);
  if (failed) process.exitCode = 1;
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
