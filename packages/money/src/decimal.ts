/** Exact decimal arithmetic on bigints. Nothing in here ever sees a float. */

/** `numerator / denominator` rounded to an integer, halves away from zero. The denominator is positive. */
export const divideRounded = (numerator: bigint, denominator: bigint): bigint => {
  const doubled = 2n * (numerator < 0n ? -numerator : numerator) + denominator;
  const magnitude = doubled / (2n * denominator);
  return numerator < 0n ? -magnitude : magnitude;
};

/**
 * A decimal string as an integer of `scale` decimals: `parseDecimal('0.302', 6)` is `302000n`.
 * Throws on what is not a plain decimal or has more decimals than the scale.
 */
export const parseDecimal = (text: string, scale: number): bigint => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new Error(`not a decimal: ${text}`);
  const fraction = match[3] ?? '';
  if (fraction.length > scale) throw new Error(`more than ${scale} decimals: ${text}`);
  const magnitude = BigInt(`${match[2]}${fraction.padEnd(scale, '0')}`);
  return match[1] === '-' ? -magnitude : magnitude;
};

/** The inverse of `parseDecimal`: `formatDecimal(23280000n, 4)` is `2328.0000`. */
export const formatDecimal = (value: bigint, scale: number): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};

/** Decimals of a ratio or a share. */
export const RATIO_SCALE = 6;
const RATIO_ONE = 10n ** BigInt(RATIO_SCALE);

/** A share or ratio string in millionths. */
export const millionths = (ratio: string): bigint => parseDecimal(ratio, RATIO_SCALE);

/** One, in millionths. */
export const ONE = RATIO_ONE;

/** `numerator / denominator` as a string of 6 decimals, halves away from zero; `null` where the denominator is 0. */
export const ratioOf = (numerator: bigint | number, denominator: bigint | number): string | null => {
  const below = BigInt(denominator);
  if (below === 0n) return null;
  const above = below < 0n ? -BigInt(numerator) : BigInt(numerator);
  return formatDecimal(divideRounded(above * RATIO_ONE, below < 0n ? -below : below), RATIO_SCALE);
};
