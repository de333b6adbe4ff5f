import { ratioOf } from '@headroom/money';
import { type AdviceTexts, english } from './texts.ts';

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
export const riskOf = (gainMinor: number | null, yearProfitMinor: number, texts: AdviceTexts = english): Risk => {
  const futureProfitMinor = Math.max(0, yearProfitMinor);
  const losingCostsNothing = futureProfitMinor === 0;
  const breakEvenProbability =
    gainMinor === null || gainMinor <= 0 ? null : ratioOf(gainMinor, gainMinor + futureProfitMinor);
  return {
    futureProfitMinor,
    breakEvenProbability,
    losingCostsNothing,
    text: inWords(breakEvenProbability, losingCostsNothing, texts),
  };
};

const inWords = (breakEven: string | null, losingCostsNothing: boolean, texts: AdviceTexts): string => {
  if (losingCostsNothing) return texts.costsNothing;
  return breakEven === null ? texts.gainsNothing : texts.paysBelow(breakEven);
};
