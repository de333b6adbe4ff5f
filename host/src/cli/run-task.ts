import { explain } from '../process/explain.ts';
import { readSettings, type Settings } from '../settings.ts';
import type { Terminal } from './terminal.ts';

/** What a command of the command line ends with. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** The command line or the environment makes no sense. */
  wrongUsage: 2,
  /** An import went through, but lines of the file were refused. */
  linesRefused: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export type Task = (terminal: Terminal, settings: Settings) => Promise<ExitCode>;

/**
 * Runs a command with the settings of the environment. A failure is told in one line, and with its stack when LOG_LEVEL
 * is debug.
 */
export const runTask = async (terminal: Terminal, task: Task): Promise<ExitCode> => {
  const read = readSettings(terminal.environment);
  if ('problems' in read) {
    for (const problem of read.problems) terminal.tell(`headroom: ${problem}`);
    return exitCodes.wrongUsage;
  }
  try {
    return await task(terminal, read.settings);
  } catch (error) {
    terminal.tell(`headroom: ${explain(error)}`);
    if (read.settings.logLevel === 'debug' && error instanceof Error) terminal.tell(String(error.stack));
    return exitCodes.failed;
  }
};
