/** The value at a share of the way through, nearest rank; 0 of an empty list. `share` 0.5 is the median. */
export const quantile = (values: readonly number[] | Float64Array, share: number): number => {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length)));
  return sorted[rank - 1] ?? 0;
};

/** The middle value; of an even number of values the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
};

/** Rounded to four significant digits: what is behind them is noise. */
export const rounded = (value: number): number => Number(value.toPrecision(4));
