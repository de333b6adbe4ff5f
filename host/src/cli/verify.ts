import type { EventStore } from '@headroom/event-store';
import { type Projection, type TableDifference, type VerifyReport, verify } from '@headroom/projecting';
import { openBase } from '../composition.ts';
import { Explained } from '../process/explain.ts';
import { chosenProjections } from './chosen-projections.ts';
import { quietly } from './quietly.ts';
import { lineOf } from './rebuild.ts';
import { type ExitCode, exitCodes, type Task } from './run-task.ts';
import { withDatabase } from './with-database.ts';

export interface VerifyOptions {
  /** A log position: hash the rows as they were then, and compare with nothing. */
  readonly at?: string;
  /** The same, by the instant up to which events were recorded. */
  readonly recordedAt?: string;
}

/** The position that is asked for; undefined: the end of the log, to be compared with the rows that serve. */
const positionOf = async ({ at, recordedAt }: VerifyOptions, store: EventStore): Promise<number | undefined> => {
  if (at !== undefined && recordedAt !== undefined)
    throw new Explained('--at and --recorded-at name the same; give one of them');
  if (at !== undefined && !/^\d{1,15}$/.test(at))
    throw new Explained(`--at takes a position of the log, such as 1064, not ${at}`);
  if (recordedAt === undefined) return at === undefined ? undefined : Number(at);
  const instant = new Date(recordedAt);
  if (!/^\d{4}-\d\d-\d\dT/.test(recordedAt) || Number.isNaN(instant.getTime()))
    throw new Explained(`--recorded-at takes an instant, such as 2026-03-31T21:00:00Z, not ${recordedAt}`);
  return store.positionAt(instant.toISOString());
};

const rowsOf = ({ projection, table, count, rows }: TableDifference): string[] => [
  `${projection}.${table}: ${count} rows differ`,
  ...rows.map(
    ({ key, kind, columns }) => `  ${key.join(' ')}\t${kind}${columns.length > 0 ? `\t${columns.join(', ')}` : ''}`,
  ),
];

/** Tells what was found; `expected` are the projections whose live rows should have been compared. */
const judge = (report: VerifyReport, expected: readonly Projection[], print: (text: string) => void): ExitCode => {
  for (const { projection, table, rows, hash } of report.hashes) print(`${projection}.${table}\t${rows}\t${hash}`);
  const missing = expected
    .filter(({ name }) => !report.compared.includes(name))
    .map(({ name }) => `${name}: there are no live rows of this version to compare with`);
  const complaints = [...report.differences.flatMap(rowsOf), ...missing];
  for (const line of complaints) print(line);
  if (complaints.length > 0) return exitCodes.failed;
  const same = expected.length > 0 ? ' The live rows are the same.' : '';
  print(`Folded ${report.events} events up to position ${report.position} in ${report.seconds.toFixed(1)} s.${same}`);
  return exitCodes.done;
};

/** Folds the log anew, tells the hash of every table, and fails when the live rows are not the same. Changes nothing. */
export const verifyCommand =
  (names: readonly string[], options: VerifyOptions): Task =>
  ({ print, progress, endProgress }, settings) =>
    withDatabase(settings, async (databaseUrl) => {
      const projections = chosenProjections(names);
      await using closing = new AsyncDisposableStack();
      const { eventStoreUrl } = settings;
      const { store } = await openBase(closing, { databaseUrl, eventStoreUrl, logger: quietly, processName: 'verify' });
      const position = await positionOf(options, store);
      const report = await verify({
        store,
        connectionString: databaseUrl,
        projections,
        onProgress: (how) => (how.phase === 'done' ? endProgress() : progress(lineOf(how))),
        ...(position === undefined ? {} : { at: position }),
      });
      return judge(report, position === undefined ? projections : [], print);
    });
