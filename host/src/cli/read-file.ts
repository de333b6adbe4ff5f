import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Explained } from '../process/explain.ts';
import type { Terminal } from './terminal.ts';

/** npm runs us in the project's folder; file names are meant from where the person is. */
const fromHere = ({ environment }: Terminal, file: string): string =>
  resolve(environment.INIT_CWD ?? process.cwd(), file);

/** What a file that a person named holds. Throws `Explained` when it cannot be read. */
export const readFileOf = async (terminal: Terminal, file: string): Promise<Buffer<ArrayBuffer>> => {
  try {
    return await readFile(fromHere(terminal, file));
  } catch (error) {
    throw new Explained(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? error}`, { cause: error });
  }
};
