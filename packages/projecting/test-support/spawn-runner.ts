import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from './run.ts';

export interface RunnerProcess {
  readonly pid: number;
  /** What it said, oldest first. */
  readonly lines: readonly { readonly position?: number; readonly level?: string; readonly message?: string }[];
  /** The position of the last page that it says it committed. */
  position(): number;
  signal(signal: NodeJS.Signals): void;
  ended(): Promise<void>;
}

interface Test {
  teardown(end: () => Promise<void>): unknown;
}

const PROGRAM = fileURLToPath(new URL('./runner-process.ts', import.meta.url));

const endWithTest = (t: Test, child: ChildProcess): void => {
  t.teardown(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
};

/** Starts a projector in a process of its own; it is killed with the test at the latest. */
export const spawnRunner = (
  t: Test,
  connectionString: string,
  { leaseMs = 2_000, pageSize = 100 }: { readonly leaseMs?: number; readonly pageSize?: number } = {},
): RunnerProcess => {
  const child = spawn(process.execPath, [PROGRAM, connectionString, String(leaseMs), String(pageSize)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endWithTest(t, child);
  const lines: { position?: number; level?: string; message?: string }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  return {
    pid: child.pid ?? 0,
    lines,
    position: () => lines.findLast(({ position }) => position !== undefined)?.position ?? 0,
    signal: (signal) => {
      child.kill(signal);
    },
    ended: () => until('the runner process ends', () => child.exitCode !== null || child.signalCode !== null),
  };
};
