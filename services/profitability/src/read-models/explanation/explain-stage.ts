import { FORMULA_VERSION } from '@headroom/contracts/rest';
import type { PartEvent } from '@headroom/projecting';
import { recompute } from '../../formulas/explanation/recompute.ts';
import { roundingsOf, sharesOf, sumsOf } from '../../formulas/explanation/steps.ts';
import type { OpenPart } from '../part-of-log/open-part.ts';
import { qualityOf } from '../quality.ts';
import { configured, dayOf } from '../stage-view.ts';
import { stageTable } from '../tables.ts';
import { factsOf } from './facts-of.ts';
import { shownFigures } from './shown-figures.ts';
import { Sources } from './sources.ts';

export interface ExplainQuestion {
  readonly tenantId: string;
  readonly asOf: string | undefined;
  readonly instant: string;
  /** Known up to and with this position. */
  readonly position: number;
}

/** Where an event stands, and who told it. */
export const referenceOf = ({ position, id, type, recordedAt, actor, reason }: PartEvent) => ({
  position,
  eventId: id,
  type,
  recordedAt,
  actor,
  reason,
});

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

/** What a stage's figures are made of; undefined where the stage was not known then. */
export const explainStage = async (
  { log }: OpenPart,
  stageId: string,
  { tenantId, asOf: day, instant, position }: ExplainQuestion,
) => {
  const reader = log.at(position);
  const row = await reader.get(stageTable, tenantId, stageId);
  const agency = await configured(reader, tenantId);
  if (row === undefined || agency === undefined) return undefined;
  const asOf = dayOf(day, instant, agency);
  const sources = new Sources(log.events, position);
  const facts = await factsOf(reader, { row, agency, sources, asOf });
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
