import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Target } from './load/connection.ts';

/** A process of Headroom, as it is in production. */
export interface HeadroomProcess {
  readonly pid: number;
  readonly target: Target;
  readonly stop: () => Promise<void>;
}

const PROFILES = process.env.BENCH_PROFILES;
const execArgv = PROFILES ? ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`] : [];

const programs = {
  api: new URL(import.meta.resolve('@headroom/host/api')),
  standalone: new URL(import.meta.resolve('@headroom/host/standalone')),
};

/** The first address that it names; throws when it ends before. */
const addressOf = (child: ChildProcess): Promise<URL> =>
  new Promise((resolve, reject) => {
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const url = /http:\/\/[^\s"\\/]+:\d+/.exec(line)?.[0];
        if (url) resolve(new URL(url));
      });
    }
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said.join('\n')}`)));
  });

/** Starts it and waits until it serves. `environment` goes over ours. */
export const startHeadroom = async (
  program: keyof typeof programs,
  environment: { readonly [name: string]: string },
): Promise<HeadroomProcess> => {
  const child = fork(fileURLToPath(programs[program]), {
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, PORT: '0', RATE_LIMIT: 'off', DEMO: 'off', LOG_LEVEL: 'info', ...environment },
  });
  const url = await addressOf(child);
  return {
    pid: child.pid ?? 0,
    target: { host: url.hostname, port: Number(url.port) },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
};
