import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A process of ours that is started again whenever it dies, as a supervisor would. */
export interface Kept {
  readonly name: string;
  /** How often it was killed. */
  readonly kills: () => number;
  /** Ends it the way a power cut does. */
  readonly kill: () => void;
  /** Ends it for good. */
  readonly stop: () => Promise<void>;
}

const START_AGAIN_MS = 100;

const start = (script: URL, environment: Record<string, string>): ChildProcess => {
  const { HEADROOM_SUPERVISED: _, NODE_OPTIONS: __, ...inherited } = process.env;
  return spawn(process.execPath, [fileURLToPath(script)], {
    env: { ...inherited, LOG_LEVEL: 'error', MASTER_KEY: '0f'.repeat(32), ...environment },
    // The channel lets it hear when the test itself is killed.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
};

/** Starts a process and keeps it running until it is stopped. */
export const keep = (name: string, script: URL, environment: Record<string, string>): Kept => {
  let stopped = false;
  let kills = 0;
  let child = start(script, environment);
  const watch = async (): Promise<void> => {
    while (!stopped) {
      await once(child, 'exit');
      if (stopped) return;
      await sleep(START_AGAIN_MS);
      if (!stopped) child = start(script, environment);
    }
  };
  const watched = watch();
  return {
    name,
    kills: () => kills,
    kill: () => {
      if (child.kill('SIGKILL')) kills += 1;
    },
    stop: async () => {
      stopped = true;
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await watched;
    },
  };
};

/** A port of loopback that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};
