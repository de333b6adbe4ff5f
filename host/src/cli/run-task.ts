import { explain } from '../process/explain.ts';

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

/** What a person or a script reads on. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** What is said beside the result. */
export const tell = (text: string): void => void process.stderr.write(`${text}\n`);

/** Runs a command to its end; a failure is told in one line (and with its stack when LOG_LEVEL is debug). */
export const runTask = async (task: () => Promise<ExitCode>): Promise<void> => {
  try {
    process.exitCode = await task();
  } catch (error) {
    process.exitCode = exitCodes.failed;
    tell(`headroom: ${explain(error)}`);
    if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) tell(String(error.stack));
  }
};
