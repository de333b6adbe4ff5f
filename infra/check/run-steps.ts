import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import { steps } from './steps/index.ts';

export interface StepResult {
  readonly name: string;
  readonly seconds: number;
  /** What is wrong, or why the step could not look; absent when all is well. */
  readonly finding?: string;
}

const runStep = async (name: string, root: string): Promise<StepResult> => {
  const started = performance.now();
  const { code, output } = await runProgram(
    process.execPath,
    [join(import.meta.dirname, 'one-step.ts'), name, root],
    root,
  );
  const seconds = (performance.now() - started) / 1000;
  return code === 0 ? { name, seconds } : { name, seconds, finding: output };
};

/** One line per step on standard output, and what is wrong below it. */
export const printStep = ({ name, seconds, finding }: StepResult): void => {
  const line = `${finding === undefined ? 'ok  ' : 'FAIL'} check ${name.padEnd(12)} ${seconds.toFixed(1)} s\n`;
  process.stdout.write(finding === undefined ? line : `${line}${finding.replace(/^/gm, '     ')}\n`);
};

/**
 * Runs steps of the check on the tree under `root`, all or those named, as many at once as there are cores, each in a
 * process of its own. Gives what each found, and tells `report` as soon as it is known.
 */
export const runSteps = async (
  root: string,
  report: (result: StepResult) => void,
  names = steps.map(({ name }) => name),
): Promise<StepResult[]> => {
  const waiting = [...names];
  const results: StepResult[] = [];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const result = await runStep(name, root);
      report(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
};
