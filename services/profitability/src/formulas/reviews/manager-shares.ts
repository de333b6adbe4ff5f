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

/** A whole split by weights with the running total, so that the parts add up to it; by equal weights where all are 0. */
const split = (whole: number, weights: readonly number[]): number[] => {
  const even = weights.every((weight) => weight === 0);
  const used = even ? weights.map(() => 1) : weights;
  const total = BigInt(used.reduce((sum, weight) => sum + weight, 0));
  let cumulated = 0n;
  let before = 0;
  return used.map((weight) => {
    cumulated += BigInt(weight);
    const now = Number(divideRounded(BigInt(whole) * cumulated, total));
    const part = now - before;
    before = now;
    return part;
  });
};

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
