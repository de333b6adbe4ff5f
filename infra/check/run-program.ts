import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end, with all it writes as one text. Rejects when it cannot be started. */
export const runProgram = (command: string, args: readonly string[], cwd: string): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const ending = signal ? `\nended by ${signal}` : '';
      resolve({ code: code ?? 1, output: `${output.trimEnd()}${ending}` });
    });
  });

/** Runs a JavaScript program of the tree on this Node; what it writes is the finding when it fails. */
export const findingOf = async (script: string, args: readonly string[], cwd: string): Promise<string | undefined> => {
  const { code, output } = await runProgram(process.execPath, [script, ...args], cwd);
  return code === 0 ? undefined : output || `${script} failed with exit code ${code}`;
};
