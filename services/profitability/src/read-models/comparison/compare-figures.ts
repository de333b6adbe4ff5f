import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { RowReader } from '@headroom/projecting';
import { referenceOf } from '@headroom/projecting';
import { changesAlongDays } from '../../formulas/comparison/along-days.ts';
import { byWeight, type Change, summed } from '../../formulas/comparison/causes.ts';
import { type ComparedFigure, figureOf, type Standing } from '../../formulas/comparison/figure-value.ts';
import { marginOf } from '../../formulas/stage-figures.ts';
import { factRows, factsOf } from '../explanation/facts-of.ts';
import { Sources } from '../explanation/sources.ts';
import type { OpenPart } from '../part-of-log/open-part.ts';
import { configured } from '../stage-view.ts';
import { changesAlongLog, standingOf } from './along-log.ts';

/** A moment on both axes. */
export interface Moment {
  readonly asOf: string;
  readonly knownAt: number;
}

export interface Comparison {
  readonly tenantId: string;
  readonly figure: ComparedFigure;
  readonly from: Moment;
  readonly to: Moment;
  readonly offset: number;
  readonly limit: number;
}

/** A figure of all stages of a scope at a moment, with the margins that it is part of. */
const momentOf = (
  standings: readonly (Standing | undefined)[],
  figure: ComparedFigure,
  moment: Moment,
  currency: string,
) => {
  const known = standings.filter((standing) => standing !== undefined);
  const values = known.map((standing) => figureOf(figure, standing)).filter((value) => value !== null);
  const total = (of: ComparedFigure) => known.reduce((sum, standing) => sum + (figureOf(of, standing) ?? 0), 0);
  const minor = values.reduce((sum, value) => sum + value, 0);
  return {
    ...moment,
    value: values.length === 0 ? null : { minor, currency },
    margin: marginOf(total('revenue'), total('cost')),
    forecastMargin: marginOf(total('contractRevenue'), total('estimateAtCompletion')),
  };
};

const standingsOf = (
  reader: RowReader,
  { stages }: OpenPart,
  at: { readonly tenantId: string; readonly day: string },
) => Promise.all(stages.map(({ stageId }) => standingOf(reader, at, stageId)));

/** What moved the figure from one day to a later one, by the facts as they are known at the end. */
const alongDays = async (
  reader: RowReader,
  { log, stages }: OpenPart,
  { tenantId, figure, from, to }: Comparison,
): Promise<Change[]> => {
  if (from.asOf === to.asOf) return [];
  const sources = new Sources(log.events, to.knownAt);
  const isCorrection = (position: number) => sources.event(position)?.type === 'HoursAdjusted';
  const span = { fromDay: from.asOf, toDay: to.asOf, figure };
  const changes: Change[] = [];
  for (const { stageId } of stages) {
    const rows = await factRows(reader, tenantId, stageId);
    if (rows === undefined) continue;
    changes.push(...changesAlongDays(stageId, factsOf({ ...rows, sources, asOf: to.asOf }), span, isCorrection));
  }
  return changes;
};

/**
 * Why a figure moved between two moments: first along the log, by the figure of the earlier day, then along the days, by
 * what is known at the end. Undefined while the agency was not configured.
 */
export const compareFigures = async (part: OpenPart, comparison: Comparison) => {
  const { tenantId, figure, from, to, offset, limit } = comparison;
  const walk = { tenantId, day: from.asOf, figure };
  const before = await standingsOf(part.log.at(from.knownAt), part, walk);
  const known = await changesAlongLog(part, { from: from.knownAt, to: to.knownAt }, walk);
  const reader = part.log.at(to.knownAt);
  const agency = await configured(reader, tenantId);
  if (agency === undefined) return undefined;
  const { currency } = agency.settings;
  const changes = [...known, ...(await alongDays(reader, part, comparison))].sort(byWeight);
  const after = await standingsOf(reader, part, { tenantId, day: to.asOf });
  const money = (minor: number) => ({ minor, currency });
  const events = new Map(part.log.events.map((event) => [event.position, event]));
  const [earlier, later] = [momentOf(before, figure, from, currency), momentOf(after, figure, to, currency)];
  const items = changes.slice(offset, offset + limit).map(({ cause, minor, stageId, on, position }) => {
    const event = position === null ? undefined : events.get(position);
    return { cause, change: money(minor), stageId, on, event: event === undefined ? null : referenceOf(event) };
  });
  return {
    body: {
      figure,
      from: earlier,
      to: later,
      difference: money((later.value?.minor ?? 0) - (earlier.value?.minor ?? 0)),
      causes: summed(changes).map(({ minor, ...rest }) => ({ ...rest, change: money(minor) })),
      items,
      currency,
      asOf: to.asOf,
      knownAt: to.knownAt,
      formulaVersion: FORMULA_VERSION,
    },
    next: changes.length > offset + limit ? offset + limit : null,
  };
};
