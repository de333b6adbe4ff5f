import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/** A group may have ended between a signal's arrival and its forwarding. */
const signalGroup = (pid, signal) => {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

/** Calls once when the npm that started this process has vanished; kill -9 leaves it no time to tell us. */
const whenNpmVanishes = (then) => {
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    then();
  }, 1_000);
  if (!process.env.npm_lifecycle_event) clearInterval(timer);
  return timer;
};

/**
 * Runs a program and gives its exit code (128 + n when signal n ended it). Signals sent to this process are passed on,
 * with `detached` to the whole group that the program started, and so is the end of npm.
 * `started` is called with the child. A program that cannot be started gives 127.
 */
export const runProgram = (command, args, { started = () => undefined, ...options }) =>
  new Promise((resolve) => {
    const child = spawn(command, args, options);
    const forward = (signal) => (options.detached ? signalGroup(child.pid, signal) : child.kill(signal));
    const timer = whenNpmVanishes(() => forward('SIGTERM'));
    const end = (code) => {
      clearInterval(timer);
      for (const signal of FORWARDED) process.off(signal, forward);
      resolve(code);
    };
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      end(127);
    });
    child.once('close', (code, signal) => end(exitCode(code, signal)));
    for (const signal of FORWARDED) process.on(signal, forward);
    started(child);
  });
