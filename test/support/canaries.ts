import type { Caller } from './running-headroom.ts';

/** A number that must not be told, and what it is, for the message of a failed test. */
export interface Canary {
  readonly what: string;
  readonly digits: string;
}

const FEWEST_DIGITS = 6;

/** The digits of an amount or a rate, by which it is known however it is written. */
export const canary = (what: string, amount: number | string): Canary => {
  const digits = String(amount).replace(/\D/g, '').replace(/^0+/, '').replace(/0+$/, '');
  if (digits.length < FEWEST_DIGITS) throw new Error(`${what}: ${amount} is not distinctive`);
  return { what, digits };
};

const BETWEEN_DIGITS = /(?<=\d)(?:&nbsp;|&#160;|&#8239;|[\s.,'’_\u00a0\u2009\u202f])+(?=\d)/g;

/** The canaries that a text tells: in minor units, with a point or a comma, in groups of three or without. */
export const sungIn = (text: string, canaries: readonly Canary[]): Canary[] => {
  const dense = text.replace(BETWEEN_DIGITS, '');
  return canaries.filter(({ digits }) => dense.includes(digits));
};

/** What one person’s rate can be told from, of a stage on which that person worked alone, as somebody sees it who may. */
export const soloCanaries = async (owner: Caller, stageId: string): Promise<Canary[]> => {
  const { body } = await owner.get(`/v1/stages/${stageId}/profitability`);
  const { cost, profit, estimateAtCompletion, headroom } = body;
  return [
    canary('cost of one person’s stage', cost.minor),
    canary('profit of one person’s stage', profit.minor),
    canary('cost at completion of one person’s stage', estimateAtCompletion.minor),
    canary('headroom of one person’s stage', headroom.money.minor),
  ];
};
