import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Failure, FileResult } from './file-result.ts';
import { readTap, type TapReading } from './read-tap.ts';

/** Tap ends a test that hangs and names it; a file that does not even let tap do so is ended from here. */
export interface Limits {
  readonly testSeconds: number;
  readonly fileSeconds: number;
}

export const LIMITS: Limits = { testSeconds: 240, fileSeconds: 600 };

const groups = new Set<number>();

const endGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Ends all test files that run now, with all that they started. */
export const endRunningFiles = (): void => {
  for (const pid of groups) endGroup(pid, 'SIGKILL');
};

const ended = (child: ReturnType<typeof spawn>): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal) resolve(`ended by ${signal}`);
      else resolve(code === 0 ? undefined : `exit code ${code}`);
    });
  });

const verdict = (tap: TapReading, ending: string | undefined, late: boolean, limits: Limits): Failure[] => {
  const failures = [...tap.failures];
  if (late) failures.push({ name: 'time', details: `not done after ${limits.fileSeconds} s` });
  else if (ending && failures.length === 0) failures.push({ name: 'process', details: ending });
  if (failures.length === 0 && tap.passed + tap.skipped === 0) {
    failures.push({ name: 'nothing tested', details: 'the file made no assertion' });
  }
  return failures;
};

const FIXED_SEED = import.meta.resolve('./fixed-seed.ts');

/** Loading fast-check takes a while; most files have no properties. */
const preloaded = (path: string): string[] =>
  readFileSync(path, 'utf8').includes("'fast-check'") ? ['--import', FIXED_SEED] : [];

/**
 * Runs one test file in a process, and a process group, of its own. It fails when an assertion does, when its report
 * is broken, when the process ends badly or too late, and when it asserts nothing.
 */
export const runFile = async (root: string, file: string, limits: Limits = LIMITS): Promise<FileResult> => {
  const started = performance.now();
  const child = spawn(process.execPath, [...preloaded(join(root, file)), file], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, TAP: '1', TAP_TIMEOUT: String(limits.testSeconds) },
  });
  const pid = child.pid ?? 0;
  groups.add(pid);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endGroup(pid, 'SIGKILL');
  }, limits.fileSeconds * 1000);
  const exit = ended(child).then((ending) => {
    // What a test left running would hold its output open, and the machine busy.
    endGroup(pid, 'SIGKILL');
    return ending;
  });
  const [tap, errors, ending] = await Promise.all([readTap(child.stdout), text(child.stderr), exit]);
  clearTimeout(timer);
  groups.delete(pid);
  return {
    file,
    seconds: (performance.now() - started) / 1000,
    passed: tap.passed,
    skipped: tap.skipped,
    failures: verdict(tap, ending, late, limits),
    noise: [tap.chatter, errors].filter(Boolean).join('\n').trimEnd(),
  };
};
