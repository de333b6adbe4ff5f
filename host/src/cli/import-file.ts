import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { importTimeEntries, ResponseOf } from '@headroom/contracts/rest';
import { newId } from '@headroom/kernel';
import { Explained } from '../process/explain.ts';
import type { Settings } from '../settings.ts';
import { lastWhereabouts } from '../whereabouts.ts';
import { exitCodes, type Task } from './run-task.ts';
import type { Terminal } from './terminal.ts';

export interface ImportOptions {
  readonly format?: string;
  readonly timeZone?: string;
  readonly decimalSeparator?: string;
  readonly dateOrder?: string;
  readonly billable?: string;
  readonly unknownStages?: string;
  /** A JSON file. */
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly url?: string;
  readonly key?: string;
}

type Imported = ResponseOf<typeof importTimeEntries>;

/** npm runs us in the project's folder; file names are meant from where the person is. */
const fromHere = ({ environment }: Terminal, file: string): string =>
  resolve(environment.INIT_CWD ?? process.cwd(), file);

const read = async (terminal: Terminal, file: string): Promise<Buffer<ArrayBuffer>> => {
  try {
    return await readFile(fromHere(terminal, file));
  } catch (error) {
    throw new Explained(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? error}`, { cause: error });
  }
};

const queryOf = async (terminal: Terminal, options: ImportOptions): Promise<URLSearchParams> => {
  const { format, timeZone, decimalSeparator, dateOrder, billable, unknownStages, mapping, dryRun } = options;
  const given = { format, timeZone, decimalSeparator, dateOrder, billable, unknownStages };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, value);
  if (dryRun) query.set('dryRun', 'true');
  if (mapping !== undefined) query.set('mapping', (await read(terminal, mapping)).toString('utf8'));
  return query;
};

const urlOf = ({ environment }: Terminal, settings: Settings, { url }: ImportOptions): string =>
  url ??
  (environment.HEADROOM_URL || undefined) ??
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

const show = ({ print, tell }: Terminal, imported: Imported, file: string): void => {
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
export const importCommand =
  (file: string, options: ImportOptions): Task =>
  async (terminal, settings) => {
    const key = options.key ?? terminal.environment.HEADROOM_KEY;
    if (!key) throw new Explained('An API key is needed: --key, or HEADROOM_KEY in the environment');
    const [body, query] = await Promise.all([read(terminal, file), queryOf(terminal, options)]);
    const url = new URL(`/v1/imports?${query}`, urlOf(terminal, settings, options));
    const imported = await send(url.href, key, body);
    show(terminal, imported, file);
    return imported.refused > 0 ? exitCodes.linesRefused : exitCodes.done;
  };
