import { projectionNames } from '@headroom/contracts/questions';
import { Unavailable } from '@headroom/event-store';
import { derivedId } from '@headroom/kernel';
import {
  createPlanner,
  type Directory,
  effectOf,
  type ImportPlanner,
  type ImportSummary,
  type Newcomers,
  type ParseOptions,
  type PlannedRow,
  parseTrackerFile,
} from '../../imports/index.ts';
import { importDirectory } from '../../read-models/import-directory.ts';
import { importTable } from '../../read-models/import-table.ts';
import { configured } from '../../read-models/stage-view.ts';
import {
  type ImportDeps,
  type ImportError,
  type ImportRequest,
  type ImportWork,
  SHOWN_ERRORS,
} from './import-request.ts';

const projections = [projectionNames.profitability];

/** What an import finds when it begins: the agency's own names, and the imports that were reverted. */
export interface Ground {
  readonly timeZone: string;
  readonly directory: Directory;
  readonly reverted: ReadonlySet<string>;
}

/** Undefined before the agency is configured. Throws `Unavailable` when the read models lag for longer than is bearable. */
export const groundOf = async (
  { commands, readModels }: ImportDeps,
  tenantId: string,
  patienceMs: number,
): Promise<Ground | undefined> => {
  if (!(await readModels.caughtUp(projections, await commands.head(), patienceMs))) {
    throw new Unavailable('the read models lag behind the log');
  }
  return readModels.live(projections, async (reader) => {
    const agency = await configured(reader, tenantId);
    if (agency === undefined) return undefined;
    const reverted = await reader.where(importTable, 'byStatus', [tenantId, 'reverted']);
    return {
      timeZone: agency.settings.timeZone,
      directory: await importDirectory(reader, tenantId),
      reverted: new Set(reverted.map(({ importId }) => importId)),
    };
  });
};

export interface Survey {
  readonly format: string | undefined;
  readonly summary: ImportSummary;
  readonly newcomers: Newcomers;
  /** The first problems, in the order of the file. */
  readonly errors: readonly ImportError[];
  /** Why the file as a whole cannot be used. */
  readonly refusal: ImportError | undefined;
}

/** A planner over the agency's names; it says the same of the same file each time. */
const plannerOf = ({ directory }: Ground, { context: { tenantId }, options }: ImportRequest): ImportPlanner =>
  createPlanner(directory, options.mapping, {
    unknown: options.unknown,
    newId: (kind, names) => derivedId('import', kind, tenantId, ...names),
  });

const linesOf = (
  ground: Ground,
  { options }: ImportRequest,
  { source }: ImportWork,
  reading: Pick<ParseOptions, 'keyless' | 'onFormat'> = {},
) => {
  const { format, timeZone = ground.timeZone, decimalSeparator, dateOrder, billable } = options;
  return parseTrackerFile(source(), { format, timeZone, decimalSeparator, dateOrder, billable, ...reading });
};

/** Reads the whole file before anything is written: what is wrong with its last line may be wrong with the file. */
export const surveyFile = async (ground: Ground, request: ImportRequest, work: ImportWork): Promise<Survey> => {
  const planner = plannerOf(ground, request);
  const errors: ImportError[] = [];
  let format: string | undefined;
  let refusal: ImportError | undefined;
  await work.report({ phase: 'reading' });
  const onFormat = (name: string) => {
    format = name;
  };
  for await (const line of linesOf(ground, request, work, { keyless: true, onFormat })) {
    const planned = planner.plan(line);
    if (!('error' in planned)) continue;
    const error = { line: planned.line, ...planned.error };
    if (effectOf(planned.error.code) === 'file-refused') refusal = error;
    if (errors.length < SHOWN_ERRORS) errors.push(error);
    await work.report({ phase: 'reading' });
  }
  return { format, summary: planner.summary(), newcomers: planner.newcomers(), errors, refusal };
};

/** The rows that can be imported, in runs of a size, leaving out those that were dealt with before. */
export async function* plannedRows(
  ground: Ground,
  request: ImportRequest,
  work: ImportWork,
  { skip, size }: { readonly skip: number; readonly size: number },
): AsyncGenerator<PlannedRow[]> {
  const planner = plannerOf(ground, request);
  let seen = 0;
  let rows: PlannedRow[] = [];
  for await (const line of linesOf(ground, request, work)) {
    const planned = planner.plan(line);
    if ('error' in planned) continue;
    seen += 1;
    if (seen > skip) rows.push(planned);
    if (rows.length < size) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}
