import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './is-alive.ts';

/** The server's own lock file: pid, data directory, start time, port, socket directory, host, shared memory, status. */
export type PostmasterPid = {
  readonly pid: number;
  readonly port: number;
  readonly socketDirectory: string;
  /** Line 8: `starting`, `ready`, `standby`, `stopping`; empty while the server has not got there. */
  readonly status: string;
};

const pidFile = (dataDir: string): string => join(dataDir, 'postmaster.pid');

/** What the lock file says, or undefined when there is none (or it is being written at this moment). */
export const readPostmasterPid = (dataDir: string): PostmasterPid | undefined => {
  let lines: string[];
  try {
    lines = readFileSync(pidFile(dataDir), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), socketDirectory: lines[4] ?? '', status: (lines[7] ?? '').trim() };
};

/** A server sits in its data directory; where /proc does not tell, the name of the program must do. */
const servesFrom = (pid: number, dataDir: string): boolean => {
  if (process.platform === 'linux')
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir);
    } catch {
      // Another user's process: ask ps.
    }
  const { stdout, error } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  // Without ps nobody knows; taking a live server for dead would be the worse mistake.
  return error !== undefined || /postgres/.test(stdout);
};

/**
 * Who holds the data directory: `nobody`, a `server`, or a `stranger`: a process that merely got the number of a server
 * that was killed (common in containers, where the same few numbers come round).
 */
export const holderOf = (dataDir: string): 'nobody' | 'server' | 'stranger' => {
  const lock = readPostmasterPid(dataDir);
  if (!lock || !isAlive(lock.pid)) return 'nobody';
  return servesFrom(lock.pid, dataDir) ? 'server' : 'stranger';
};

/** A number that no system gives to a process. */
const NO_PROCESS = 2_147_483_647;

/**
 * Takes a stranger's number out of a stale lock file. The file itself stays: the server finds the shared memory of its
 * predecessor through it and waits for left-over backends, which deleting the file would defeat.
 */
export const disownStranger = (dataDir: string): void => {
  const [, ...rest] = readFileSync(pidFile(dataDir), 'utf8').split('\n');
  // In place: the file keeps its owner, who must be able to read it.
  writeFileSync(pidFile(dataDir), [NO_PROCESS, ...rest].join('\n'), { flag: 'r+' });
};
