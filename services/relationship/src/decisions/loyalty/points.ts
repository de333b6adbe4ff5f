import { divideRounded } from '@headroom/money';

/** Points are whole hundredths of a point, from 0 to 10,000, so that sums are exact and what is shown is what counts. */
const HUNDREDTHS = 100n;
const MOST = 10_000n;

/** `clamp(numerator / denominator)` between 0 and 100 points, halves away from zero. The denominator is above 0. */
export const points = (numerator: bigint, denominator: bigint): number => {
  const rounded = divideRounded(numerator * HUNDREDTHS, denominator);
  return Number(rounded < 0n ? 0n : rounded > MOST ? MOST : rounded);
};

/** Hundredths as they are shown: `4474` is `44.74`. */
export const shownPoints = (hundredths: number): number => hundredths / 100;

/**
 * The mean by weight, in hundredths; null when nothing that has a weight has points. What has no points is left out,
 * and its weight is shared by the others in proportion to theirs.
 */
export const weightedMean = (
  parts: readonly { readonly points: number | null; readonly weight: number | null }[],
): number | null => {
  let sum = 0n;
  let weights = 0n;
  for (const part of parts) {
    if (part.points === null || part.weight === null) continue;
    sum += BigInt(part.points) * BigInt(part.weight);
    weights += BigInt(part.weight);
  }
  return weights === 0n ? null : Number(divideRounded(sum, weights));
};
