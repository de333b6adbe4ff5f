import { ratioOf } from '@headroom/money';
import { percent } from '../wording.ts';

export interface Risk {
  readonly futureProfitMinor: number;
  /** Null when nothing is gained. */
  readonly breakEvenProbability: string | null;
  readonly losingCostsNothing: boolean;
  readonly text: string;
}

/**
 * What may be lost by asking. The future profit is that of the last twelve months, not below 0; asking pays as long as
 * the client is less likely to leave over it than `gain / (gain + future profit)`.
 */
export const riskOf = (gainMinor: number | null, yearProfitMinor: number): Risk => {
  const futureProfitMinor = Math.max(0, yearProfitMinor);
  const losingCostsNothing = futureProfitMinor === 0;
  const breakEvenProbability =
    gainMinor === null || gainMinor <= 0 ? null : ratioOf(gainMinor, gainMinor + futureProfitMinor);
  return {
    futureProfitMinor,
    breakEvenProbability,
    losingCostsNothing,
    text: inWords(breakEvenProbability, losingCostsNothing),
  };
};

const inWords = (breakEven: string | null, losingCostsNothing: boolean): string => {
  if (losingCostsNothing) {
    return 'The client brought no profit in the last twelve months: losing it costs nothing, so nothing is risked by asking.';
  }
  return breakEven === null
    ? 'Nothing is gained, so nothing should be risked.'
    : `Asking pays as long as the chance of losing the client over it is below ${percent(breakEven)}.`;
};
