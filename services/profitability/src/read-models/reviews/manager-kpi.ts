import type { ClosedStage } from '@headroom/contracts/events';
import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { formatDecimal, RATIO_SCALE, ratioOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { baselineMarginOf, isHit, marginOfStage } from '../../formulas/reviews/closed-stage.ts';
import { type ManagerShare, sharesOf } from '../../formulas/reviews/manager-shares.ts';
import { type Configured, dayOf } from '../stage-view.ts';
import { closedStages } from './closed-stages.ts';
import { qualityOfStages } from './quality.ts';
import type { Showing } from './review-figures.ts';
import { reviewTable } from './tables.ts';
import { sightOf } from './visible-stages.ts';

export interface KpiQuestion {
  readonly month: string;
  readonly managerId?: string | undefined;
  readonly basis?: 'reported' | 'current' | undefined;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
}

/** A manager's part of a stage. */
interface Part {
  readonly stage: ClosedStage;
  readonly share: ManagerShare;
  readonly hit: boolean;
}

const partsByManager = (stages: readonly ClosedStage[], tolerance: string): Map<string, Part[]> => {
  const parts = stages.flatMap((stage) => {
    const hit = isHit(stage, tolerance);
    return sharesOf(stage).map((share) => ({ stage, share, hit }));
  });
  return Map.groupBy(parts, ({ share }) => share.managerId);
};

const ratio = (inMillionths: number): string => formatDecimal(BigInt(inMillionths), RATIO_SCALE);

const lineOf = ({ stage, share, hit }: Part, { currency, sight }: Showing) => {
  const actual = sight.actual(stage);
  const plan = sight.plan(stage);
  const { stageId, projectId, clientId, name, serviceType, closedOn } = stage;
  return {
    stageId,
    projectId,
    clientId,
    name,
    serviceType,
    closedOn,
    hit,
    margin: actual ? marginOfStage(stage) : null,
    baselineMargin: plan ? baselineMarginOf(stage) : null,
    share: ratio(share.shareMillionths),
    seconds: share.seconds,
    plannedProfit: plan ? { minor: share.plannedProfitMinor, currency } : null,
    actualProfit: actual ? { minor: share.actualProfitMinor, currency } : null,
  };
};

const kpiOf = (managerId: string, parts: readonly Part[], showing: Showing) => {
  const { currency, sight } = showing;
  const stages = parts.map(({ stage }) => stage);
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  const closed = sum(({ share }) => share.shareMillionths);
  const hits = sum(({ share, hit }) => (hit ? share.shareMillionths : 0));
  const planned = sum(({ share }) => share.plannedProfitMinor);
  const actual = sum(({ share }) => share.actualProfitMinor);
  const [actualShown, planShown] = [sight.total(stages), sight.everyPlan(stages)];
  return {
    managerId,
    stages: parts.length,
    stagesClosed: ratio(closed),
    hits: ratio(hits),
    hitRate: ratioOf(hits, closed),
    plannedProfit: planShown ? { minor: planned, currency } : null,
    actualProfit: actualShown ? { minor: actual, currency } : null,
    deviation: planShown && actualShown ? { minor: actual - planned, currency } : null,
    lines: parts.map((part) => lineOf(part, showing)),
  };
};

/** What managers reached in a month: of the frozen review where there is one, unless the present figures are asked. */
export const getManagerKpi = async (
  reader: RowReader,
  agency: Configured,
  { month, managerId, basis, asOf: asked, instant, seesRates }: KpiQuestion,
) => {
  const { currency, kpiTolerance } = agency.settings;
  const frozen = (await reader.get(reviewTable, agency.tenantId, month))?.review;
  if (basis === 'reported' && frozen === undefined) return 'not-frozen';
  const reported = basis === 'current' ? undefined : frozen;
  const asOf = dayOf(asked, instant, agency);
  const stages = reported?.stages ?? (await closedStages(reader, agency, month, asOf));
  const tolerance = reported?.kpiTolerance ?? kpiTolerance;
  const sight = sightOf(seesRates);
  const managers = [...partsByManager(stages, tolerance)]
    .filter(([id]) => managerId === undefined || id === managerId)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const shown = managers.flatMap(([, parts]) => parts.map(({ stage }) => stage));
  return {
    month,
    basis: reported === undefined ? ('current' as const) : ('reported' as const),
    tolerance,
    managers: managers.map(([id, parts]) => kpiOf(id, parts, { currency, tolerance, sight })),
    revenueBasis: 'earned' as const,
    currency,
    quality: qualityOfStages(stages),
    suppressed: !(sight.everyOne(shown) && sight.everyPlan(shown)),
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
