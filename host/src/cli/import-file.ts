import { basename } from 'node:path';
import type { importTimeEntries, ResponseOf } from '@headroom/contracts/rest';
import { newId } from '@headroom/kernel';
import { Explained } from '../process/explain.ts';
import type { Settings } from '../settings.ts';
import { lastWhereabouts } from '../whereabouts.ts';
import { callApi } from './call-api.ts';
import { followOperation, isOperation } from './follow-operation.ts';
import { readFileOf } from './read-file.ts';
import { exitCodes, type Task } from './run-task.ts';
import type { Terminal } from './terminal.ts';

export interface ImportOptions {
  readonly format?: string;
  readonly timeZone?: string;
  readonly decimalSeparator?: string;
  readonly dateOrder?: string;
  readonly billable?: string;
  readonly unknownPeople?: string;
  readonly unknownClients?: string;
  readonly unknownProjects?: string;
  readonly unknownStages?: string;
  readonly newPeopleRole?: string;
  readonly newPeopleKind?: string;
  readonly newProjectsManager?: string;
  /** A JSON file. */
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly url?: string;
  readonly key?: string;
}

type Imported = ResponseOf<typeof importTimeEntries>;

const queryOf = async (terminal: Terminal, file: string, options: ImportOptions): Promise<URLSearchParams> => {
  const { mapping, dryRun, url: _, key: __, newProjectsManager: newProjectsManagerId, ...given } = options;
  const query = new URLSearchParams({ fileName: basename(file) });
  for (const [name, value] of Object.entries({ ...given, newProjectsManagerId }))
    if (value !== undefined) query.set(name, value);
  if (dryRun) query.set('dryRun', 'true');
  if (mapping !== undefined) query.set('mapping', (await readFileOf(terminal, mapping)).toString('utf8'));
  return query;
};

const urlOf = ({ environment }: Terminal, settings: Settings, { url }: ImportOptions): string =>
  url ??
  (environment.HEADROOM_URL || undefined) ??
  lastWhereabouts(settings.dataDir)?.apiUrl ??
  `http://${settings.host}:${settings.port}`;

const hoursOf = (seconds: number): string => `${(seconds / 3_600).toFixed(2)} h`;

const SHOWN_NAMES = 10;

const namesOf = (things: readonly { readonly name: string }[]): string => {
  const more = things.length - SHOWN_NAMES;
  const names = things.slice(0, SHOWN_NAMES).map(({ name }) => name);
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const showErrors = ({ tell }: Terminal, { errors, unmapped }: Imported): void => {
  for (const { line, code, column, message, value } of errors) {
    const where = column === null ? '' : `, ${column}${value === null ? '' : ` ${JSON.stringify(value)}`}`;
    tell(`line ${line}: ${code}${where}: ${message}`);
  }
  for (const [kind, names] of Object.entries(unmapped))
    for (const { key, candidates, rows, seconds: each } of names) {
      const candidate = candidates.length === 0 ? '' : `; may be ${candidates.join(', ')}`;
      tell(`to be mapped in ${kind}: ${JSON.stringify(key)} (${rows} rows, ${hoursOf(each)})${candidate}`);
    }
};

const show = (terminal: Terminal, imported: Imported, file: string): void => {
  const { dryRun, created, alreadyImported, refused, skipped, seconds, newcomers } = imported;
  showErrors(terminal, imported);
  for (const [kind, things] of Object.entries(newcomers))
    if (things.length > 0) terminal.print(`${dryRun ? 'To be created' : 'Created'}: ${kind} ${namesOf(things)}`);
  const counts = `${created} created, ${alreadyImported} already imported, ${refused} refused, ${skipped} skipped`;
  terminal.print(`${dryRun ? 'Dry run of' : 'Imported'} ${file}: ${counts} (${hoursOf(seconds)} readable)`);
};

/** Imports a tracker's export through the API. */
export const importCommand =
  (file: string, options: ImportOptions): Task =>
  async (terminal, settings) => {
    const key = options.key ?? terminal.environment.HEADROOM_KEY;
    if (!key) throw new Explained('An API key is needed: --key, or HEADROOM_KEY in the environment');
    const [body, query] = await Promise.all([readFileOf(terminal, file), queryOf(terminal, file, options)]);
    const api = { url: urlOf(terminal, settings, options), key };
    const sent = { method: 'POST', body, type: 'text/csv', idempotencyKey: newId() } as const;
    const answer = await callApi(api, `/v1/imports?${query}`, sent);
    const imported = (isOperation(answer) ? await followOperation(api, answer, terminal) : answer) as Imported;
    show(terminal, imported, file);
    return imported.refused > 0 ? exitCodes.linesRefused : exitCodes.done;
  };
