import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A contender in a process of its own, which keeps its compiled code from run to run and shares nothing with the others. */
export interface Worker<Question, Answer> {
  readonly pid: number;
  readonly ask: (question: Question) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

type Reply = { readonly answer: unknown } | { readonly failure: string };

/** A profile of each worker is left in this folder when it ends. */
const PROFILES = process.env.BENCH_PROFILES;
const execArgv = PROFILES ? ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`] : [];

const nextReply = async (child: ChildProcess): Promise<Reply> => {
  const ended = new AbortController();
  try {
    const { signal } = ended;
    const gone = once(child, 'exit', { signal }).then(([code]) => ({ failure: `the worker ended with ${code}` }));
    const reply = once(child, 'message', { signal }).then(([message]) => message as Reply);
    gone.catch(() => undefined);
    reply.catch(() => undefined);
    return await Promise.race([reply, gone]);
  } finally {
    ended.abort();
  }
};

/** Starts a program of `src/contenders` or the like. What it throws is thrown where it was asked. */
export const startWorker = <Question extends object, Answer>(program: URL): Worker<Question, Answer> => {
  const child = fork(program, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return {
    pid: child.pid ?? 0,
    ask: async (question) => {
      if (child.connected) child.send(question);
      const reply = await nextReply(child);
      if ('failure' in reply) throw new Error(`${program.pathname}: ${reply.failure}`);
      return reply.answer as Answer;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      if (child.connected) child.disconnect();
      await exited;
    },
  };
};
