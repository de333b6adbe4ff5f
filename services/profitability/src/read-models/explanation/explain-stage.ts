import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { type PartEvent, type ReadModels, referenceOf } from '@headroom/projecting';
import { recompute } from '../../formulas/explanation/recompute.ts';
import { roundingsOf, sharesOf, sumsOf } from '../../formulas/explanation/steps.ts';
import { names, type OpenPart, wantedFor } from '../part-of-log/open-part.ts';
import { qualityOf } from '../quality.ts';
import { dayOf } from '../stage-view.ts';
import { type FactRows, factRows, factsOf } from './facts-of.ts';
import { shownFigures } from './shown-figures.ts';
import { Sources } from './sources.ts';

export interface ExplainQuestion {
  readonly tenantId: string;
  readonly asOf: string | undefined;
  readonly instant: string;
  /** Known up to and with this position. */
  readonly position: number;
}

/** Every position that something inside refers to. */
const positionsIn = (value: unknown, found = new Set<number>()): Set<number> => {
  if (Array.isArray(value)) for (const item of value) positionsIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      if (name === 'from') for (const position of member as readonly number[]) found.add(position);
      else positionsIn(member, found);
    }
  }
  return found;
};

/** What a stage's figures are made of, as rows and the events behind them tell it at a position. */
const explained = (
  rows: FactRows,
  told: readonly PartEvent[],
  { asOf: day, instant, position }: Omit<ExplainQuestion, 'tenantId'>,
) => {
  const { row, agency } = rows;
  const { stageId } = row;
  const asOf = dayOf(day, instant, agency);
  const sources = new Sources(told, position);
  const facts = factsOf({ ...rows, sources, asOf });
  const recomputed = recompute(facts);
  const { state, figures } = recomputed;
  const roundings = roundingsOf(recomputed);
  const events = [...positionsIn(facts)].sort((one, other) => one - other).flatMap((at) => sources.event(at) ?? []);
  const leftOut = { figures, unapprovedSeconds: state.unapprovedSeconds, unconverted: state.unconverted };
  return {
    stageId,
    name: row.name,
    status: state.status,
    facts: { ...facts, entries: sharesOf(facts) },
    roundings,
    sums: sumsOf(recomputed, roundings),
    figures: shownFigures(recomputed),
    quality: qualityOf([leftOut], 0),
    events: events.map(referenceOf),
    currency: facts.currency,
    asOf,
    knownAt: position,
    formulaVersion: FORMULA_VERSION,
  };
};

/** What a stage's figures were made of; undefined where the stage was not known then. */
export const explainStage = async ({ log }: OpenPart, stageId: string, question: ExplainQuestion) => {
  const rows = await factRows(log.at(question.position), question.tenantId, stageId);
  return rows && explained(rows, log.events, question);
};

/**
 * What a stage's figures are made of now: out of the live rows, which are what a fold of their events gives, so that
 * the events are read for their places alone. The rows are let go of before: reading the log takes a connection, too.
 */
export const explainStageNow = async (
  readModels: ReadModels,
  stageId: string,
  { tenantId, ...question }: Omit<ExplainQuestion, 'position'>,
) => {
  const live = await readModels.live(names, async (reader) => {
    const rows = await factRows(reader, tenantId, stageId);
    return rows && { rows, wanted: await wantedFor(reader, tenantId, { stages: [rows.row], projects: [] }), reader };
  });
  if (live === undefined) return undefined;
  const { position } = live.reader;
  const { events } = await readModels.part(names, tenantId, live.wanted);
  return explained(live.rows, events, { ...question, position });
};
