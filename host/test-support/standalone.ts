import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKey } from '@headroom/http';
import { createPool } from '@headroom/postgres';
import { lastWhereabouts } from '../src/whereabouts.ts';
import { type Program, startProgram } from './program.ts';

type Test = { teardown(done: () => Promise<void> | void): unknown };

/** A `standalone` that has said where it is. */
export interface Standalone extends Program {
  readonly url: string;
  readonly owner: string;
  /** The embedded server's. */
  readonly postgresPid: () => number;
  /** The directory of the database's socket. */
  readonly socketDirectory: () => string;
}

/** A folder for the data of one test. */
export const dataFolder = (t: Test): string => {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-host-test-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Line 1 is the pid, line 5 the directory of the socket. */
const lineOfLock = (dataDir: string, line: number): string =>
  readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[line - 1] ?? '';

const makeOwner = async (dataDir: string): Promise<string> => {
  const pool = createPool(lastWhereabouts(dataDir)?.databaseUrl ?? '', { applicationName: 'test', max: 1 });
  const wish = { tenantId: 'test_agency', name: 'Test', role: 'owner', createdBy: 'system:test' } as const;
  const { key } = await createKey(pool, { ...wish, now: new Date().toISOString() });
  await pool.end();
  return key;
};

/** With the demo its owner's key is used, without it one of another agency. */
export const startStandalone = async (t: Test, dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<Standalone> => {
  const program = startProgram(t, 'standalone.ts', { env: { PORT: '0', DATA_DIR: dataDir, ...env }, ipc: true });
  await program.says(/Ctrl-C/);
  const url = (await program.says(/API +(http\S+)/))[1] as string;
  const owner = /owner +(hdr_\S+)/.exec(program.out())?.[1] ?? (await makeOwner(dataDir));
  return {
    ...program,
    url,
    owner,
    postgresPid: () => Number(lineOfLock(dataDir, 1)),
    socketDirectory: () => lineOfLock(dataDir, 5),
  };
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const POLL_MS = 50;

/** Waits until something holds; the test's own time-out ends a wait in vain. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(POLL_MS);
};

export const exists = (path: string): boolean => existsSync(path);

/** A question or, with a body, a command. */
export const ask = async (
  { url, owner }: Pick<Standalone, 'url' | 'owner'>,
  path: string,
  command?: { readonly key: string; readonly body: object; readonly method?: 'PUT' },
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
): Promise<{ readonly status: number; readonly body: any }> => {
  const headers = { authorization: `Bearer ${owner}` };
  const response = await fetch(
    `${url}${path}`,
    command === undefined
      ? { headers }
      : {
          method: command.method ?? 'POST',
          headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': command.key },
          body: JSON.stringify(command.body),
        },
  );
  return { status: response.status, body: await response.json() };
};
