/**
 * `npm run node-matrix`: random histories, folded live by the project's Node, then folded anew by Node 22, 24 and 26. Prints
 * a line for each; leaves with 1 when a row or a hash differs. `npm run node-matrix -- HISTORIES SEED` for other ones.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEmbeddedPostgres } from '@headroom/embedded-postgres';
import { createPostgresEventStore } from '@headroom/event-store';
import { migrateDatabaseAt } from '@headroom/host/migrations';
import { projections } from '@headroom/host/operations';
import { rebuild, type VerifyReport } from '@headroom/projecting';
import fc from 'fast-check';
import { historyOf, historyStream, newEvents } from '../support/histories.ts';
import { steps } from '../support/history-steps.ts';
import { nodes } from './nodes.ts';

type Said = Pick<VerifyReport, 'position' | 'hashes' | 'differences'> & { readonly node: string };

const program = fileURLToPath(new URL('./hashes.ts', import.meta.url));

const saidBy = async (node: string, databaseUrl: string): Promise<Said> => {
  const env = { ...process.env, DATABASE_URL: databaseUrl, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' };
  const { stdout } = await promisify(execFile)(node, [program], { env, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as Said;
};

const makeLog = async (databaseUrl: string, numRuns: number, seed: number): Promise<void> => {
  await migrateDatabaseAt(databaseUrl);
  const store = await createPostgresEventStore({ connectionString: databaseUrl });
  try {
    for (const [number, taken] of fc.sample(steps, { numRuns, seed }).entries()) {
      const tenantId = `matrix${number}`;
      const events = newEvents(historyOf(taken), tenantId);
      await store.append({ streamId: historyStream(tenantId), expected: 'any', events });
    }
    await rebuild({ store, connectionString: databaseUrl, projections });
  } finally {
    await store.close();
  }
};

const [histories = 50, seed = 20_260_316] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'headroom-nodes-'));
const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
try {
  await makeLog(postgres.connectionString, histories, seed);
  let expected: string | undefined;
  for (const node of await nodes()) {
    const { node: version, position, hashes, differences } = await saidBy(node, postgres.connectionString);
    expected ??= JSON.stringify(hashes);
    const same = JSON.stringify(hashes) === expected && differences.length === 0;
    const rows = hashes.reduce((sum, each) => sum + each.rows, 0);
    process.stdout.write(`${JSON.stringify({ node: version, position, tables: hashes.length, rows, same })}\n`);
    if (!same) process.exitCode = 1;
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
