import type { ClosedStage } from '@headroom/contracts/events';
import { formatDecimal, ONE, RATIO_SCALE, ratioOf } from '@headroom/money';
import { baselineProfitOf, isHit, profitOf } from '../reviews/closed-stage.ts';
import { type Split, sharesOf, splitSteps } from '../reviews/manager-shares.ts';
import { type Fraction, fractionOf, type ReviewFacts } from './review.ts';
import type { Sum } from './steps.ts';

const partsOf = ({ stages, tolerance }: ReviewFacts, managerId: string) =>
  stages.flatMap((stage) => {
    const hit = isHit(stage, tolerance);
    const share = sharesOf(stage).find((each) => each.managerId === managerId);
    return share === undefined ? [] : [{ stageId: stage.stageId, hit, share }];
  });

const inRatio = (inMillionths: number): string => formatDecimal(BigInt(inMillionths), RATIO_SCALE);

/** The sums behind a manager's month, by stage: shares of stages and of hits in millionths, profits in minor units. */
export const managerSums = (facts: ReviewFacts, managerId: string): Sum[] => {
  const parts = partsOf(facts, managerId);
  const sum = (of: string, minorOf: (part: (typeof parts)[number]) => number): Sum => {
    const terms = parts.map((part) => ({ of: part.stageId, minor: minorOf(part) }));
    return { of, terms, minor: terms.reduce((total, { minor }) => total + minor, 0) };
  };
  return [
    sum('stagesClosed', ({ share }) => share.shareMillionths),
    sum('hits', ({ hit, share }) => (hit ? share.shareMillionths : 0)),
    sum('plannedProfit', ({ share }) => share.plannedProfitMinor),
    sum('actualProfit', ({ share }) => share.actualProfitMinor),
  ];
};

/** A manager's month, from the facts of its explanation alone. Minor units; ratios with 6 decimals. */
export const recomputeManagerMonth = (facts: ReviewFacts, managerId: string) => {
  const [closed = 0, hits = 0, plannedProfitMinor = 0, actualProfitMinor = 0] = managerSums(facts, managerId).map(
    ({ minor }) => minor,
  );
  return {
    stages: partsOf(facts, managerId).length,
    stagesClosed: inRatio(closed),
    hits: inRatio(hits),
    hitRate: ratioOf(hits, closed),
    plannedProfitMinor,
    actualProfitMinor,
    deviationMinor: actualProfitMinor - plannedProfitMinor,
  };
};

/** The hit rate as the fraction that it is, in millionths of stages. */
export const managerRatios = (facts: ReviewFacts, managerId: string): Fraction[] => {
  const [closed, hits] = managerSums(facts, managerId);
  return [fractionOf('hitRate', hits?.minor ?? 0, closed?.minor ?? 0)];
};

/** How a stage's share and profits were cut for one of its managers, by the seconds worked under each. */
export const managerSplits = (stage: ClosedStage, managerId: string) => {
  const at = stage.managers.findIndex((each) => each.managerId === managerId);
  const weights = stage.managers.map(({ seconds }) => seconds);
  const cut = (of: 'share' | 'plannedProfit' | 'actualProfit', whole: number) => {
    const split = splitSteps(whole, weights)[at];
    if (split === undefined) throw new Error(`${managerId} has no part of ${stage.stageId}`);
    return { of, whole, ...(split satisfies Split) };
  };
  return {
    stageId: stage.stageId,
    parts: [
      cut('share', Number(ONE)),
      cut('plannedProfit', baselineProfitOf(stage)),
      cut('actualProfit', profitOf(stage)),
    ],
  };
};
