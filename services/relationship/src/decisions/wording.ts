import { divideRounded, formatDecimal, millionths } from '@headroom/money';

/** A ratio or share as people read it: `0.357929` is `35.79%`. Halves away from zero. */
export const percent = (ratio: string): string => `${formatDecimal(divideRounded(millionths(ratio), 100n), 2)}%`;

/** Seconds as hours with at most two decimals: `12600` is `3.5 h`. */
export const hours = (seconds: number): string => `${Math.round(seconds / 36) / 100} h`;

/** `1 request`, `2 requests`. */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
