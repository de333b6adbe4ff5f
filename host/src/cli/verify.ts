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
}

const positionOf = (at: string | undefined): number | undefined => {
  if (at === undefined) return undefined;
  if (!/^\d{1,15}$/.test(at)) throw new Explained(`--at takes a position of the log, such as 1064, not ${at}`);
  return Number(at);
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
  (names: readonly string[], { at }: VerifyOptions): Task =>
  ({ print, progress, endProgress }, settings) =>
    withDatabase(settings, async (databaseUrl) => {
      const projections = chosenProjections(names);
      const position = positionOf(at);
      await using closing = new AsyncDisposableStack();
      const { eventStoreUrl } = settings;
      const { store } = await openBase(closing, { databaseUrl, eventStoreUrl, logger: quietly, processName: 'verify' });
      const report = await verify({
        store,
        connectionString: databaseUrl,
        projections,
        onProgress: (how) => (how.phase === 'done' ? endProgress() : progress(lineOf(how))),
        ...(position === undefined ? {} : { at: position }),
      });
      return judge(report, position === undefined ? projections : [], print);
    });
