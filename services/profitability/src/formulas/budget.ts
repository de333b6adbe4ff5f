import { divideRounded, exactCost, exactOf, millionths, moneyOf, ONE, rateUnits } from '@headroom/money';
import { countedLabour, labourAt, type StageLedger } from './stage-ledger.ts';
import { type AgencyTerms, convertedMinor } from './stage-state.ts';

/** A stage's actual and planned cost by all that was recorded, whatever its date; in minor units. */
export interface Budget {
  readonly actualMinor: number;
  /** The baseline's cost and the estimated cost of the extra payments that were agreed. */
  readonly plannedMinor: number;
  readonly currency: string;
}

const EVER = '9999-12-31';

/** The same figures as `figuresOf` gives of the last day; undefined before the stage has a baseline. */
export const budgetOf = (
  ledger: StageLedger,
  { exchangeRates: rates, approvalRequired }: Pick<AgencyTerms, 'exchangeRates' | 'approvalRequired'>,
): Budget | undefined => {
  const { baseline, currency } = ledger;
  if (baseline === null) return undefined;
  const labour = countedLabour(labourAt(ledger, EVER, []), approvalRequired).reduce(
    (sum, { seconds, units }) => sum + exactCost(seconds, units ?? 0),
    0n,
  );
  const planned = baseline.work.reduce(
    (sum, { seconds, ratePerHour }) => sum + (ratePerHour === null ? 0n : exactCost(seconds, rateUnits(ratePerHour))),
    0n,
  );
  const spent = ledger.expenses.reduce(
    (sum, { amount, ratedOn }) => sum + (convertedMinor(amount, ratedOn, currency, rates) ?? 0),
    0,
  );
  const extra = ledger.extraPayments.reduce(
    (sum, { estimatedCost, on }) => sum + (convertedMinor(estimatedCost, on, currency, rates) ?? 0),
    0,
  );
  return {
    actualMinor: moneyOf(labour, currency) + spent,
    plannedMinor: moneyOf(planned, currency) + baseline.expensesMinor + extra,
    currency,
  };
};

const thresholdMinor = ({ plannedMinor }: Budget, threshold: string): number =>
  Number(divideRounded(BigInt(plannedMinor) * millionths(threshold), ONE));

/** The thresholds that the actual cost has reached; none where no cost was planned: there is nothing to compare with. */
export const reached = (budget: Budget, thresholds: readonly string[]): string[] =>
  budget.plannedMinor <= 0
    ? []
    : thresholds.filter(
        (threshold) => BigInt(budget.actualMinor) * ONE >= BigInt(budget.plannedMinor) * millionths(threshold),
      );

const SAFETY = 1 - 1e-9;

/**
 * How much exact labour cost may surely be added before any of these thresholds is reached; never too much, so that a
 * stage far from its thresholds need not be counted again with every entry.
 */
export const slackOf = (budget: Budget, thresholds: readonly string[]): number => {
  if (budget.plannedMinor <= 0) return Number.MAX_SAFE_INTEGER;
  const left = thresholds.map((threshold) => thresholdMinor(budget, threshold) - budget.actualMinor - 1);
  const least = Math.max(0, Math.min(...left, budget.plannedMinor * 1_000));
  return Math.floor(Math.min(Number(exactOf(least, budget.currency)) * SAFETY, Number.MAX_SAFE_INTEGER));
};
