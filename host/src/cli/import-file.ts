import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { importTimeEntries, ResponseOf } from '@headroom/contracts/rest';
import { newId } from '@headroom/kernel';
import { Explained } from '../process/explain.ts';
import type { Settings } from '../settings.ts';
import { lastWhereabouts } from '../whereabouts.ts';
import { type ExitCode, exitCodes, print, tell } from './run-task.ts';

export interface ImportOptions {
  readonly format?: string;
  readonly timeZone?: string;
  readonly decimalSeparator?: string;
  readonly dateOrder?: string;
  readonly billable?: string;
  readonly unknownStage?: string;
  /** A JSON file. */
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly url?: string;
  readonly key?: string;
}

type Imported = ResponseOf<typeof importTimeEntries>;

/** npm runs us in the project's folder; file names are meant from where the person is. */
const fromHere = (file: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), file);

const read = async (file: string): Promise<Buffer<ArrayBuffer>> => {
  try {
    return await readFile(fromHere(file));
  } catch (error) {
    throw new Explained(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? error}`, { cause: error });
  }
};

const queryOf = async (options: ImportOptions): Promise<URLSearchParams> => {
  const { format, timeZone, decimalSeparator, dateOrder, billable, unknownStage, mapping, dryRun } = options;
  const given = { format, timeZone, decimalSeparator, dateOrder, billable, unknownStage };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, value);
  if (dryRun) query.set('dryRun', 'true');
  if (mapping !== undefined) query.set('mapping', (await read(mapping)).toString('utf8'));
  return query;
};

const urlOf = (settings: Settings, { url }: ImportOptions): string =>
  url ??
  process.env.HEADROOM_URL ??
  lastWhereabouts(settings.dataDir)?.apiUrl ??
  `http://${settings.host}:${settings.port}`;

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly retryable?: boolean;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
}

const complaintOf = (status: number, problem: Problem): string => {
  const errors = (problem.errors ?? []).map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`);
  return [
    `The API refused it with ${status} ${problem.code ?? ''}: ${problem.detail ?? 'no reason given'}`,
    ...errors,
  ].join(' ');
};

const TRIES = 5;
const PAUSE_MS = 1_000;

/** Sends the file; again with the same idempotency key when the outcome is not known, which then has one effect. */
const send = async (url: string, key: string, body: Buffer<ArrayBuffer>): Promise<Imported> => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv', 'idempotency-key': newId() };
  for (let tries = 1; ; tries += 1) {
    const last = tries === TRIES;
    try {
      const response = await fetch(url, { method: 'POST', headers, body });
      const answer: unknown = await response.json();
      if (response.ok) return answer as Imported;
      const problem = answer as Problem;
      if (problem.retryable !== true || last) throw new Explained(complaintOf(response.status, problem));
    } catch (error) {
      if (error instanceof Explained) throw error;
      if (last)
        throw new Explained(`${new URL(url).origin} cannot be reached; is Headroom running there?`, { cause: error });
    }
    await sleep(PAUSE_MS);
  }
};

const hoursOf = (seconds: number): string => `${(seconds / 3_600).toFixed(2)} h`;

const shown = (imported: Imported, file: string): void => {
  const { dryRun, created, alreadyImported, refused, skipped, seconds, errors, unmapped } = imported;
  for (const { line, code, column, message, value } of errors) {
    const where = column === null ? '' : `, ${column}${value === null ? '' : ` ${JSON.stringify(value)}`}`;
    tell(`line ${line}: ${code}${where}: ${message}`);
  }
  for (const [kind, names] of Object.entries(unmapped))
    for (const { key, candidates, rows, seconds: each } of names) {
      const candidate = candidates.length === 0 ? '' : `; may be ${candidates.join(', ')}`;
      tell(`to be mapped in ${kind}: ${JSON.stringify(key)} (${rows} rows, ${hoursOf(each)})${candidate}`);
    }
  const counts = `${created} created, ${alreadyImported} already imported, ${refused} refused, ${skipped} skipped`;
  print(`${dryRun ? 'Dry run of' : 'Imported'} ${file}: ${counts} (${hoursOf(seconds)} readable)`);
};

/** Imports a tracker's export through the API. */
export const importCommand = async (settings: Settings, file: string, options: ImportOptions): Promise<ExitCode> => {
  const key = options.key ?? process.env.HEADROOM_KEY;
  if (key === undefined) throw new Explained('An API key is needed: --key, or HEADROOM_KEY in the environment');
  const [body, query] = await Promise.all([read(file), queryOf(options)]);
  const url = new URL(`/v1/imports?${query}`, urlOf(settings, options));
  const imported = await send(url.href, key, body);
  shown(imported, file);
  return imported.refused > 0 ? exitCodes.linesRefused : exitCodes.done;
};
