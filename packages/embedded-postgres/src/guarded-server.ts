import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { serverEnvironment } from './run-as.ts';
import type { ServerUser } from './server-user.ts';

/** How a server ended: `asked` when `stop()` was called before. `lastLines` is the end of its log. */
export type ServerExit = {
  readonly asked: boolean;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lastLines: readonly string[];
};

export type GuardedServer = {
  readonly pid: number;
  readonly exited: Promise<ServerExit>;
  /** Sends the stop signal, waits; after 30 s insists, after 40 s kills. */
  stop(): Promise<void>;
};

export type GuardOptions = {
  readonly user: ServerUser;
  readonly command: readonly [string, ...string[]];
  /** `INT` closes sessions and writes a checkpoint; `QUIT` just stops, for data that nobody keeps. */
  readonly stopSignal: 'INT' | 'QUIT';
  /** Removed when the server has ended, also when this process is no more. */
  readonly removeAfterwards: readonly string[];
  /** Whether the running server keeps this process alive. */
  readonly keepsAlive: boolean;
  readonly log: (line: string) => void;
};

/**
 * The shell becomes the server (exec), and leaves a watcher behind that reads from our end of a pipe. When this process
 * dies in whatever way, the pipe closes, and the watcher stops the server and tidies up. A line on the pipe dismisses
 * the watcher: the server has ended and its number may soon be another's.
 */
const GUARD = `
signal=$1 count=$2; shift 2
(
  read -r _ <&3 && exit
  kill -"$signal" $$
  tries=0
  while kill -0 $$ && [ $tries -lt 600 ]; do sleep 0.1; tries=$((tries + 1)); done
  while [ "$count" -gt 0 ]; do rm -rf "$1"; shift; count=$((count - 1)); done
) >/dev/null 2>&1 &
while [ "$count" -gt 0 ]; do shift; count=$((count - 1)); done
exec "$@" 3<&-
`;

const KEPT_LINES = 30;

const followLog = (child: ChildProcess, log: (line: string) => void): string[] => {
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      log(line);
    });
  }
  return lastLines;
};

/** Lets this process end while the server runs; the watcher then stops it. */
const letGo = (child: ChildProcess): void => {
  child.unref();
  for (const stream of child.stdio) (stream as { unref?(): void } | null)?.unref?.();
};

/** Starts the server so that it cannot outlive this process. */
export const spawnGuarded = (options: GuardOptions): Promise<GuardedServer> => {
  const { removeAfterwards: remove, stopSignal } = options;
  const args = ['-c', GUARD, 'sh', stopSignal, String(remove.length), ...remove, ...options.command];
  const child = spawn('/bin/sh', args, {
    ...options.user,
    cwd: '/',
    env: serverEnvironment(),
    // The fourth is the watcher's pipe. It cannot be stdin: node closes that by itself before it tells of the exit.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // Its own session: Ctrl-C in a terminal is for us, and we stop the server last.
    detached: true,
  });
  const lastLines = followLog(child, options.log);
  const lifeline = child.stdio[3] as Writable;
  lifeline.on('error', () => undefined);
  if (!options.keepsAlive) letGo(child);
  let asked = false;
  const exited = new Promise<ServerExit>((resolve) => {
    child.on('exit', (code, signal) => {
      lifeline.end('\n');
      for (const path of remove) rmSync(path, { recursive: true, force: true });
      // One turn later: what the server said last may still be in the pipe.
      setImmediate(() => resolve({ asked, code, signal, lastLines }));
    });
  });
  const stop = async () => {
    asked = true;
    child.ref();
    child.kill(`SIG${stopSignal}`);
    const insist = setTimeout(() => child.kill('SIGQUIT'), 30_000);
    const kill = setTimeout(() => child.kill('SIGKILL'), 40_000);
    await exited;
    clearTimeout(insist);
    clearTimeout(kill);
  };
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('spawn', () => resolve({ pid: child.pid as number, exited, stop }));
  });
};
