import { setTimeout as sleep } from 'node:timers/promises';
import { explain } from './explain.ts';
import { exitWithParent } from './supervised.ts';

/** What a process is given to run with. */
export interface Life {
  /** Takes what is to be closed at the end, last opened first. */
  readonly closing: AsyncDisposableStack;
  /** Aborts when the process was asked to stop. */
  readonly signal: AbortSignal;
  /** Ends the process because something it needs is gone for good. */
  readonly fail: (error: Error) => void;
  /** Ends the process because it has done what it was for. */
  readonly done: () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A beginning that is interrupted gets this long to come to a place where it can stop. */
const GRACE_MS = 2_000;
const LONGEST_CLOSING_MS = 15_000;
/** Ctrl-C reaches us twice, from the terminal and from npm; only a later one is a person who has lost patience. */
const SAME_KEYPRESS_MS = 500;
/** What keeps the process alive after all was closed gets this long to end by itself. */
const AFTERWARDS_MS = 1_000;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const onSignals = (stop: () => void): void => {
  let firstAt: number | undefined;
  const heard = (): void => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      stop();
    } else if (performance.now() - firstAt > SAME_KEYPRESS_MS) process.exit(1);
  };
  for (const signal of SIGNALS) process.on(signal, heard);
};

const closeAll = async (closing: AsyncDisposableStack): Promise<boolean> => {
  const impatience = setTimeout(() => {
    say('headroom: closing takes too long; ending without it');
    process.exit(1);
  }, LONGEST_CLOSING_MS);
  try {
    await closing.disposeAsync();
    return true;
  } catch (error) {
    say(`headroom: ${explain(error)}`);
    return false;
  } finally {
    clearTimeout(impatience);
  }
};

/**
 * Runs a process from its begin until it is done, a signal, the end of its parent, or a failure; then closes what it opened.
 * Sets the exit code: 0 after a wish to stop, 1 after a failure, whose reason is told in one line.
 */
export const runUntilStopped = async (begin: (life: Life) => Promise<void>): Promise<void> => {
  const stopping = new AbortController();
  const ended = Promise.withResolvers<void>();
  const closing = new AsyncDisposableStack();
  onSignals(() => {
    stopping.abort();
    ended.resolve();
  });
  exitWithParent();
  let failed = false;
  try {
    let beginning = true;
    const begun = begin({ closing, signal: stopping.signal, fail: ended.reject, done: ended.resolve }).finally(() => {
      beginning = false;
    });
    await Promise.race([begun, ended.promise.then(() => (beginning ? sleep(GRACE_MS) : undefined))]);
    await ended.promise;
  } catch (error) {
    failed = !stopping.signal.aborted;
    if (failed) say(`headroom: ${explain(error)}`);
  }
  const closed = await closeAll(closing);
  process.exitCode = failed || !closed ? 1 : 0;
  setTimeout(() => process.exit(), AFTERWARDS_MS).unref();
};
