import { divideRounded, formatDecimal, millionths, RATIO_SCALE } from '@headroom/money';

export interface Quartiles {
  readonly lowerQuartile: string | null;
  readonly median: string | null;
  readonly upperQuartile: string | null;
}

const FOUR = 4n;

/** The `k`-th quartile of sorted millionths by type 7: at place `(n - 1) k / 4`, linear between its neighbours. */
const quartile = (sorted: readonly bigint[], k: number): string | null => {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * k;
  const below = sorted[Math.floor(place / 4)] as bigint;
  const above = sorted[Math.ceil(place / 4)] as bigint;
  return formatDecimal(divideRounded(below * FOUR + BigInt(place % 4) * (above - below), FOUR), RATIO_SCALE);
};

/**
 * Median and quartiles of some ratios by the usual type 7 (that of R and of spreadsheets), halves rounded away from
 * zero; null where there is no ratio at all.
 */
export const quartilesOf = (ratios: readonly string[]): Quartiles => {
  const sorted = ratios.map(millionths).sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  return { lowerQuartile: quartile(sorted, 1), median: quartile(sorted, 2), upperQuartile: quartile(sorted, 3) };
};
