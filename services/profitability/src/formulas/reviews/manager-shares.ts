import type { ClosedStage } from '@headroom/contracts/events';
import { divideRounded, ONE } from '@headroom/money';
import { baselineProfitOf, profitOf } from './closed-stage.ts';

/** What of a closed stage is one manager's: a share in millionths, and that share of its profits in minor units. */
export interface ManagerShare {
  readonly managerId: string;
  readonly seconds: number;
  readonly shareMillionths: number;
  readonly plannedProfitMinor: number;
  readonly actualProfitMinor: number;
}

/** A part of a whole by running total: `part = upTo - before`, each of them rounded by itself. */
export interface Split {
  readonly weightBefore: number;
  readonly weightUpTo: number;
  readonly weightOfAll: number;
  readonly before: number;
  readonly upTo: number;
  readonly part: number;
}

/** A whole split by weights with the running total, so that the parts add up to it; by equal weights where all are 0. */
export const splitSteps = (whole: number, weights: readonly number[]): Split[] => {
  const even = weights.every((weight) => weight === 0);
  const used = even ? weights.map(() => 1) : weights;
  const weightOfAll = used.reduce((sum, weight) => sum + weight, 0);
  let weightUpTo = 0;
  let upTo = 0;
  return used.map((weight) => {
    const [weightBefore, before] = [weightUpTo, upTo];
    weightUpTo += weight;
    upTo = Number(divideRounded(BigInt(whole) * BigInt(weightUpTo), BigInt(weightOfAll)));
    return { weightBefore, weightUpTo, weightOfAll, before, upTo, part: upTo - before };
  });
};

const split = (whole: number, weights: readonly number[]): number[] =>
  splitSteps(whole, weights).map(({ part }) => part);

/** After a hand-over each manager gets the share of the seconds worked under them; shares and profits add up. */
export const sharesOf = (stage: ClosedStage): ManagerShare[] => {
  const weights = stage.managers.map(({ seconds }) => seconds);
  const shares = split(Number(ONE), weights);
  const planned = split(baselineProfitOf(stage), weights);
  const actual = split(profitOf(stage), weights);
  return stage.managers.map(({ managerId, seconds }, index) => ({
    managerId,
    seconds,
    shareMillionths: shares[index] ?? 0,
    plannedProfitMinor: planned[index] ?? 0,
    actualProfitMinor: actual[index] ?? 0,
  }));
};
