import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Where a running `standalone` can be found: written into its data folder, for the command line. */
export interface Whereabouts {
  readonly pid: number;
  /** Null while it is starting. */
  readonly apiUrl: string | null;
  readonly databaseUrl: string;
}

const schema = z.object({ pid: z.int(), apiUrl: z.string().nullable(), databaseUrl: z.string() });
const OWNER_ONLY = 0o600;

const fileIn = (dataDir: string): string => join(dataDir, 'running.json');

/** Says where this process can be found. */
export const announce = (dataDir: string, whereabouts: Whereabouts): void => {
  const file = fileIn(dataDir);
  const making = `${file}.${process.pid}`;
  writeFileSync(making, `${JSON.stringify(whereabouts, null, 2)}\n`, { mode: OWNER_ONLY });
  renameSync(making, file);
};

/** Takes back what was announced. */
export const retract = (dataDir: string): void => rmSync(fileIn(dataDir), { force: true });

/** What the last process said that ran over this folder; it may have been killed meanwhile. */
export const lastWhereabouts = (dataDir: string): Whereabouts | undefined => {
  try {
    return schema.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
};
