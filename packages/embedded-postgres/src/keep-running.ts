import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerExit } from './guarded-server.ts';
import { type EmbeddedPostgres, type StartOptions, startEmbeddedPostgres } from './start.ts';

export type KeepRunningOptions = StartOptions & {
  /** Hears why the server died, before it is started again. */
  readonly onDeath?: (exit: ServerExit) => void;
};

/** Deaths within the period before it is left dead: a server that keeps dying needs a person. */
const DEATHS = 5;
const PERIOD_MS = 60_000;
const PAUSE_MS = 100;

/**
 * As `startEmbeddedPostgres`, and starts the server again at the same address when it dies unasked: clients see a lost
 * connection and come back. `pid` is the present server's. `exited` settles after `stop()`, after the fifth death
 * within a minute, or when a start failed.
 */
export const keepPostgresRunning = async (options: KeepRunningOptions): Promise<EmbeddedPostgres> => {
  let server = await startEmbeddedPostgres(options);
  const { connection, connectionString } = server;
  const deaths: number[] = [];
  let stopping = false;

  const mayRestart = (): boolean => {
    deaths.push(Date.now());
    return deaths.filter((at) => at > Date.now() - PERIOD_MS).length < DEATHS;
  };

  const startAgain = async (): Promise<boolean> => {
    try {
      server = await startEmbeddedPostgres({ ...options, socketDirectory: connection.host });
    } catch (error) {
      options.log?.(String(error));
      return false;
    }
    if (stopping) await server.stop();
    return true;
  };

  const watch = async (): Promise<ServerExit> => {
    for (;;) {
      const exit = await server.exited;
      if (exit.asked || stopping) return exit;
      options.onDeath?.(exit);
      if (!mayRestart()) return exit;
      await sleep(PAUSE_MS);
      if (stopping || !(await startAgain())) return exit;
    }
  };

  const exited = watch();
  const stop = async () => {
    stopping = true;
    await server.stop();
    await exited;
  };
  return {
    connection,
    connectionString,
    exited,
    stop,
    get pid() {
      return server.pid;
    },
  };
};
