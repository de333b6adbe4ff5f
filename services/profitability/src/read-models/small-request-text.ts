import { formatMoney } from '@headroom/money';
import type { SmallRequest } from '../formulas/small-request.ts';
import type { UnplannedWork } from './unplanned-work.ts';

const hours = (seconds: number): string => `${Number((seconds / 3600).toFixed(2))} h`;

/** A short name for a piece of unplanned work: its note, or what kind of work it was. */
export const titleOf = ({ note, trip, kind, activity, category }: UnplannedWork): string => {
  if (note !== null) return note;
  if (trip) return 'trip to the client';
  return kind === 'expense' ? `${category} expenses` : (activity ?? 'work');
};

const because = (evidence: readonly UnplannedWork[]): string => {
  const named = evidence
    .filter(({ seconds }) => seconds > 0)
    .slice(0, 3)
    .map((work) => `${titleOf(work)} (${hours(work.seconds)})`);
  return named.length === 0 ? '' : ` It already went into: ${named.join(', ')}.`;
};

const percent = (ratio: string | null): string => (ratio === null ? 'none' : `${(Number(ratio) * 100).toFixed(2)}%`);

/** For the team, with money; hidden figures are not in it when `shown` is false. */
export const internalText = (
  judged: SmallRequest,
  evidence: readonly UnplannedWork[],
  currency: string,
  shown: boolean,
): string => {
  const effect = shown
    ? ` The forecast margin goes from ${percent(judged.before.forecastMargin)} to ${percent(judged.after.forecastMargin)}.`
    : '';
  switch (judged.verdict) {
    case 'fits':
      return `Yes, it fits: the stage stays at or above its standard.${effect}`;
    case 'exceeds-standard': {
      const ask = shown ? ` Ask for ${formatMoney(judged.surchargeMinor, currency)} to keep the standard.` : '';
      return `It takes the stage below its standard, though not into a loss.${effect}${ask}${because(evidence)}`;
    }
    case 'loses-money': {
      const ask = shown ? ` Ask for ${formatMoney(judged.surchargeMinor, currency)} to keep the standard.` : '';
      return `With it the stage makes a loss.${effect}${ask}${because(evidence)}`;
    }
  }
};

/** For the client: what was done beyond the plan, in hours; no cost, no rate, no margin. */
export const clientText = (judged: SmallRequest, evidence: readonly UnplannedWork[]): string =>
  judged.verdict === 'fits'
    ? 'We will gladly do this within the current stage.'
    : `Within this stage the agreed effort is used up.${because(evidence)} We can do this for an extra payment or in the next stage.`;
