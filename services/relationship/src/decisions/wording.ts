/** A ratio as people read it: `0.357929` is `35.79%`. Halves away from zero. */
export const percent = (ratio: string): string => {
  const negative = ratio.startsWith('-');
  const millionths = BigInt(ratio.replace('-', '').replace('.', ''));
  const hundredths = (millionths + 50n) / 100n;
  const digits = hundredths.toString().padStart(3, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}%`;
};

/** Seconds as hours with at most two decimals: `12600` is `3.5 h`. */
export const hours = (seconds: number): string => `${Math.round(seconds / 36) / 100} h`;

/** `1 request`, `2 requests`. */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
