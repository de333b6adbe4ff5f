import { projectionNames } from '@headroom/contracts/questions';
import type { LogPart, LogPartWanted, ReadModels, RowReader } from '@headroom/projecting';
import { projectTable, type StageRow, stageTable } from '../tables.ts';
import { concerningScope } from './concerning.ts';
import { beyond, type Concern, narrowTo } from './narrow.ts';
import { concernOf, type Rows, rowsOf, type Scope } from './rows-of-scope.ts';
import { streamsOf } from './streams-of.ts';

/** The part of the log of which the figures of a scope are made. */
export interface OpenPart {
  readonly log: LogPart;
  /** The stages of the scope, as they are called by now. */
  readonly stages: readonly StageRow[];
  /** The position that the scope was read at: the part holds all up to there. */
  readonly position: number;
}

const present = <Row>(rows: readonly (Row | undefined)[]): Row[] => rows.filter((row) => row !== undefined);

const withMore = async (reader: RowReader, tenantId: string, rows: Rows, more: Concern): Promise<Rows> => ({
  stages: [
    ...rows.stages,
    ...present(await Promise.all([...more.stageIds].map((id) => reader.get(stageTable, tenantId, id)))),
  ],
  projects: [
    ...rows.projects,
    ...present(await Promise.all([...more.projectIds].map((id) => reader.get(projectTable, tenantId, id)))),
  ],
});

/** The projections of which parts of the log are folded. */
export const names = [projectionNames.profitability];

/** So many texts are looked for in each event; beyond that, reading all events costs less. */
const MOST_MENTIONS = 8;

/**
 * What events must mention that concern these stages: judgements of hours name stages and no projects, so where work
 * without a stage is asked for, all events are read.
 */
const mentionsOf = ({ stageIds, projectIds }: Concern): readonly string[] | undefined =>
  projectIds.size === 0 && stageIds.size <= MOST_MENTIONS ? [...stageIds] : undefined;

/** The part of the log that tells of these stages and projects. */
export const wantedFor = async (reader: RowReader, tenantId: string, rows: Rows): Promise<LogPartWanted> => {
  const concern = concernOf(rows);
  const { streams, sheets } = await streamsOf(reader, tenantId, rows);
  const among = { streams: sheets, mentioning: mentionsOf(concern) };
  return { streams, among, narrow: () => narrowTo(concern) };
};

const partOf = async (
  readModels: ReadModels,
  reader: RowReader,
  tenantId: string,
  scope: Scope,
): Promise<OpenPart | undefined> => {
  const asked = await rowsOf(reader, tenantId, scope);
  for (let rows = asked; rows !== undefined; ) {
    const log = await readModels.part(names, tenantId, await wantedFor(reader, tenantId, rows));
    // What came after the rows were written may name stages that they do not show yet.
    const told = log.events.filter(({ position }) => position <= reader.position);
    const more = beyond(concernOf(rows), told);
    if (more.stageIds.size + more.projectIds.size === 0) {
      return { log, stages: asked?.stages ?? [], position: reader.position };
    }
    rows = await withMore(reader, tenantId, rows, more);
  }
  return undefined;
};

/**
 * Opens the part of the log that tells a scope's figures at any moment up to a position (up to where the projection is,
 * when none is given); undefined where there is no such thing. Rows older than the position cannot tell which streams
 * concern it: then they come from a fold of the whole log.
 */
export const openPart = async (
  readModels: ReadModels,
  tenantId: string,
  scope: Scope,
  position = 0,
): Promise<OpenPart | undefined> => {
  const open = (reader: RowReader) => partOf(readModels, reader, tenantId, scope);
  const live = await readModels.live(names, open);
  if (position === 0 || (live !== undefined && live.position >= position)) return live;
  return readModels.at(names, tenantId, position, open);
};

/**
 * Answers a question about a scope as known at a position: from versions of rows that are kept near to it, or else from the
 * part of the log that concerns it; undefined where that tells of no such thing.
 */
export const asKnownAt = async <Answer>(
  readModels: ReadModels,
  { tenantId, scope, position }: { readonly tenantId: string; readonly scope: Scope; readonly position: number },
  answer: (reader: RowReader) => Promise<Answer>,
): Promise<Answer | undefined> => {
  const concerning = concerningScope(tenantId, scope);
  const near = await readModels.near(names, { tenantId, position, concerning }, answer);
  if (near !== undefined) return near.answer;
  const part = await openPart(readModels, tenantId, scope, position);
  return part && answer(part.log.at(position));
};
