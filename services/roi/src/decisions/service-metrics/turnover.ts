import { divideRounded, millionths, ONE } from '@headroom/money';
import { type FactsFrom, factIn } from '../roi/facts.ts';

/** What the site's inquiries brought, in minor units. */
export interface Turnover {
  readonly minor: bigint;
  /** `recorded` as it was counted; `derived` from inquiries x close rate x average check. */
  readonly basis: 'recorded' | 'derived';
}

/** The turnover from inquiries: as it was counted, else what inquiries, close rate and average check make of it. */
export const turnoverOf = (
  recordedMinor: number | null,
  inquiries: number | null,
  facts: readonly FactsFrom[],
  month: string,
): Turnover | null => {
  if (recordedMinor !== null) return { minor: BigInt(recordedMinor), basis: 'recorded' };
  const [closeRate, check] = [factIn(facts, 'closeRate', month), factIn(facts, 'averageCheck', month)];
  if (inquiries === null || closeRate === undefined || check === undefined) return null;
  const product = BigInt(inquiries) * millionths(closeRate.stated) * BigInt(check.stated);
  return { minor: divideRounded(product, ONE), basis: 'derived' };
};

/** The gross profit that is in a turnover, in millionths of minor units; null while the gross margin is not known. */
export const grossProfitMillionths = (
  turnover: Turnover | null,
  facts: readonly FactsFrom[],
  month: string,
): bigint | null => {
  const margin = factIn(facts, 'grossMargin', month);
  return turnover === null || margin === undefined ? null : turnover.minor * millionths(margin.stated);
};
