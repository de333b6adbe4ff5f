import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

/** A program of the host, as a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it wrote so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves with the first match in what it writes to stdout or stderr; throws when it ends before. */
  readonly says: (text: RegExp) => Promise<RegExpExecArray>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

type Test = { teardown(done: () => Promise<void> | void): unknown };

const collect = (stream: NodeJS.ReadableStream | null): (() => string) => {
  let text = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
};

/** What a shell, or the runner of the tests, may have set. */
const NOT_INHERITED = [
  'DATABASE_URL',
  'EVENT_STORE_URL',
  'PORT',
  'HOST',
  'DATA_DIR',
  'MASTER_KEY',
  'LOG_LEVEL',
  'DEMO',
  'NODE_OPTIONS',
];

const environmentOf = (set: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.includes(name));
  return { ...Object.fromEntries(inherited), ...set };
};

/** Starts `src/<file>` on this Node; it is killed with the test, if it still runs then. */
export const startProgram = (
  t: Test,
  file: string,
  options: { readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv; readonly ipc?: boolean } = {},
): Program => {
  const path = fileURLToPath(new URL(`../src/${file}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...(options.args ?? [])], {
    env: environmentOf(options.env ?? {}),
    stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc ? (['ipc'] as const) : [])],
  });
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  // Not `close`: that never comes when the channel was closed by us.
  const ended = Promise.all([
    once(child, 'exit'),
    finished(child.stdout as NodeJS.ReadableStream),
    finished(child.stderr as NodeJS.ReadableStream),
  ]).then(([[code, signal]]) => (code ?? signal) as number | NodeJS.Signals | null);
  t.teardown(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const says: Program['says'] = async (text) => {
    const match = () => text.exec(out()) ?? text.exec(err());
    for (;;) {
      const found = match();
      if (found) return found;
      const next = await Promise.race([
        once(child.stdout as never, 'data'),
        once(child.stderr as never, 'data'),
        ended,
      ]);
      if (!Array.isArray(next) && !match()) throw new Error(`${file} ended with ${next} and said: ${out()}${err()}`);
    }
  };
  return { child, pid: child.pid as number, out, err, says, ended };
};

/** Runs a program to its end. */
export const runProgram = async (
  t: Test,
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly code: number | NodeJS.Signals | null; readonly out: string; readonly err: string }> => {
  const program = startProgram(t, file, { args, env });
  const code = await program.ended;
  return { code, out: program.out(), err: program.err() };
};
