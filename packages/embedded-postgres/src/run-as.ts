import { spawn } from 'node:child_process';
import type { ServerUser } from './server-user.ts';

/** What a finished program said. `code` is null when a signal ended it or it could not be started. */
export type Ran = { readonly code: number | null; readonly output: string };

/** The few variables the binaries need. `LC_ALL=C` keeps messages in English, and the cluster free of this machine's locale. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' });

/**
 * Runs a program to its end as the server's user; its failure is a value. The working directory is `/`, because that
 * user may not be able to enter ours.
 */
export const runAs = (user: ServerUser, command: string, args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      ...user,
      cwd: '/',
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ code: null, output: String(error) }));
    child.on('close', (code) => resolve({ code, output }));
  });

/** Whether that user can enter the directory (which needs `x` on each directory above it, too). */
export const canEnter = async (user: ServerUser, directory: string): Promise<boolean> =>
  (await runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', directory])).code === 0;
