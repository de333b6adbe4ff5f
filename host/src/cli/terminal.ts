/** Where a command of the command line runs: its environment, and what it writes to. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** What a person or a script reads on: stdout. */
  readonly print: (text: string) => void;
  /** What is said beside the result: stderr. */
  readonly tell: (text: string) => void;
  /** A line that is written over by the next one, where there is a screen; otherwise a line like others. */
  readonly progress: (text: string) => void;
  /** Removes the line of progress. */
  readonly endProgress: () => void;
}

const CLEAR_LINE = '\r\u001b[K';

/** The terminal of this process. */
export const thisTerminal = (): Terminal => {
  const { isTTY } = process.stderr;
  const tell = (text: string): void => void process.stderr.write(`${text}\n`);
  return {
    environment: process.env,
    print: (text) => void process.stdout.write(`${text}\n`),
    tell,
    progress: (text) => (isTTY ? void process.stderr.write(CLEAR_LINE + text) : tell(text)),
    endProgress: () => void (isTTY && process.stderr.write(CLEAR_LINE)),
  };
};
