import type { PartEvent, RowReader } from '@headroom/projecting';
import { type Change, causeOf } from '../../formulas/comparison/causes.ts';
import { type ComparedFigure, figureOf, type Standing } from '../../formulas/comparison/figure-value.ts';
import { headroomMinor } from '../../formulas/stage-figures.ts';
import type { OpenPart } from '../part-of-log/open-part.ts';
import { configured, viewStage } from '../stage-view.ts';
import { stageTable, timeEntryTable } from '../tables.ts';

interface Placed {
  readonly stageId: string | null;
}

/** Members by which events name stages. */
interface Naming extends Partial<Placed> {
  readonly before?: Placed;
  readonly after?: Placed | null;
  readonly entry?: Placed;
  readonly lines?: readonly Placed[];
  readonly stageIds?: readonly string[];
}

const placesIn = ({
  stageId,
  before,
  after,
  entry,
  lines,
  stageIds,
}: Naming): readonly (string | null)[] | undefined => {
  if (stageId !== undefined) return [stageId];
  if (before !== undefined) return [before.stageId, after?.stageId ?? null];
  if (entry !== undefined) return [entry.stageId];
  return stageIds ?? lines?.map((line) => line.stageId);
};

/** The stages that an event may move by name; undefined where it names none, and may move all. */
export const stagesNamed = ({ data }: PartEvent): readonly string[] | undefined =>
  placesIn(data as Naming)?.filter((stageId) => stageId !== null);

/** The stages among these that an event may move: those that it names, or all where it names none. */
const stagesMoved = ({ data }: PartEvent, stageIds: readonly string[]): readonly string[] => {
  const places = placesIn(data as Naming);
  return places === undefined ? stageIds : stageIds.filter((stageId) => places.includes(stageId));
};

export interface Walk {
  readonly tenantId: string;
  readonly day: string;
  readonly figure: ComparedFigure;
}

/** A stage's figures on a day as a reader knows them; undefined where it does not know the stage. */
export const standingOf = async (
  reader: RowReader,
  { tenantId, day }: Pick<Walk, 'tenantId' | 'day'>,
  stageId: string,
): Promise<Standing | undefined> => {
  const row = await reader.get(stageTable, tenantId, stageId);
  const agency = await configured(reader, tenantId);
  if (row === undefined || agency === undefined) return undefined;
  const { figures, standard } = await viewStage(reader, row, agency, day);
  const { contractRevenueMinor, estimateAtCompletionMinor } = figures;
  const left = standard === null ? null : headroomMinor(contractRevenueMinor, estimateAtCompletionMinor, standard);
  return { figures, headroomMinor: left };
};

const isLate = async (reader: RowReader, tenantId: string, { type, data }: PartEvent): Promise<boolean> => {
  if (type !== 'HoursLogged') return false;
  const { entryId } = data as { readonly entryId: string };
  return (await reader.get(timeEntryTable, tenantId, entryId))?.late ?? false;
};

/** The figure of each stage as an event found it. */
type Values = Map<string, number>;

/** What one event did; undefined where it did nothing. */
const changeBy = async (
  reader: RowReader,
  event: PartEvent,
  { stageIds, values, walk }: { readonly stageIds: readonly string[]; readonly values: Values; readonly walk: Walk },
): Promise<Change | undefined> => {
  const moved: string[] = [];
  let minor = 0;
  for (const stageId of stagesMoved(event, stageIds)) {
    const now = figureOf(walk.figure, await standingOf(reader, walk, stageId)) ?? 0;
    const before = values.get(stageId) ?? 0;
    if (now === before) continue;
    values.set(stageId, now);
    moved.push(stageId);
    minor += now - before;
  }
  const [first = null] = moved;
  if (first === null) return undefined;
  const cause = causeOf(event.type, await isLate(reader, walk.tenantId, event));
  return { cause, minor, stageId: moved.length === 1 ? first : null, on: null, position: event.position };
};

/**
 * What each event behind a position, up to and with another, did to a figure on one day: the figure after it less the
 * figure before it, so that all changes add up to the difference exactly.
 */
export const changesAlongLog = async (
  { log, stages }: OpenPart,
  { from, to }: { readonly from: number; readonly to: number },
  walk: Walk,
): Promise<Change[]> => {
  const stageIds = stages.map(({ stageId }) => stageId);
  const values: Values = new Map();
  const start = log.at(from);
  for (const stageId of stageIds)
    values.set(stageId, figureOf(walk.figure, await standingOf(start, walk, stageId)) ?? 0);
  const changes: Change[] = [];
  for (const event of log.events) {
    if (event.position <= from || event.position > to) continue;
    const change = await changeBy(log.at(event.position), event, { stageIds, values, walk });
    if (change !== undefined) changes.push(change);
  }
  return changes;
};
