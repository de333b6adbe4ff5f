import { join } from 'node:path';
import { printStep, runSteps } from '@headroom/check';
import { startSharedTestPostgres } from '@headroom/embedded-postgres/testing';
import { exitWithParent } from '@headroom/host/process/supervised';
import type { FileResult } from './runner/file-result.ts';
import { findTests } from './runner/find-tests.ts';
import { reportFile, reportSlowest } from './runner/report.ts';
import { endRunningFiles, runFile } from './runner/run-file.ts';

/** Two at once, whatever the machine: tests that kill processes and count outcomes want air. */
const JOBS = 2;

const root = join(import.meta.dirname, '..');
const fragments = process.argv.slice(2);

const runFiles = async (files: readonly string[]): Promise<FileResult[]> => {
  const waiting = [...files];
  const results: FileResult[] = [];
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const result = await runFile(root, file);
      reportFile(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: JOBS }, work));
  return results;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** `npm test -- FRAGMENT...` runs the files alone whose path holds one of the fragments, without the check. */
const run = async (): Promise<number> => {
  const files = findTests(root, fragments);
  if (files.length === 0) {
    process.stderr.write(`no test file matches ${fragments.join(', ')}\n`);
    return 1;
  }
  const checks = fragments.length > 0 ? [] : await runSteps(root, printStep);
  const postgres = await startSharedTestPostgres();
  const results = await runFiles(files);
  await postgres.stop();
  reportSlowest(results);
  const broken = checks.filter(({ finding }) => finding !== undefined).length;
  const passed = checks.length - broken + sum(results.map((result) => result.passed));
  const failed = broken + sum(results.map(({ failures }) => failures.length));
  const skipped = sum(results.map((result) => result.skipped));
  if (skipped > 0) process.stdout.write(`${skipped} skipped\n`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endRunningFiles();
    process.exit(1);
  });
}
exitWithParent();
process.exitCode = await run();
