/**
 * `npm run faults`: a minute of 32 clients while processes are killed, on a Postgres of its own with fsync on. Prints
 * the report as one JSON line; leaves with 1 when anything was lost, done twice or differs.
 * `npm run faults -- SECONDS SEED` for other runs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@headroom/embedded-postgres';
import { runChaos } from './chaos.ts';

const seconds = Number(process.argv[2] ?? 60);
const seed = Number(process.argv[3] ?? Date.now() % 100_000);
const folder = mkdtempSync(join(tmpdir(), 'headroom-faults-'));
const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
try {
  const options = {
    databaseUrl: postgres.connectionString,
    seconds,
    clients: 32,
    leastCommands: 10,
    seed,
    killEveryMs: 1_500,
  };
  const report = await runChaos(options);
  process.stdout.write(`${JSON.stringify({ name: 'chaos', seconds, seed, ...report })}\n`);
  const wrong = [report.lost, report.twice, report.answeredDifferently, report.differing].flat();
  if (wrong.length > 0 || report.unanswered > 0 || !report.gapless) process.exitCode = 1;
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
