import { divideRounded, exactCost, exactOf, millionths, moneyOf, ONE, ratioOf, secondsFor } from '@headroom/money';
import type { StageState } from './stage-state.ts';

/** The figures of a stage; every amount in minor units of the agency's currency, each ratio with 6 decimals. */
export interface StageFigures {
  /** R: what the stage is to bring when it is done. */
  readonly contractRevenueMinor: number;
  /** Earned. */
  readonly revenueMinor: number;
  readonly invoicedMinor: number;
  readonly paidMinor: number;
  readonly unpricedSeconds: number;
  readonly costMinor: number;
  readonly labourCostMinor: number;
  readonly expensesMinor: number;
  readonly estimateAtCompletionMinor: number;
  readonly remainingLabourMinor: number;
  readonly planRevenueMinor: number;
  readonly planCostMinor: number;
  readonly seconds: number;
  readonly lateSeconds: number;
  readonly goodwillSeconds: number;
  readonly unpaidSeconds: number;
  readonly uncostedSeconds: number;
  /** People whose work carries a cost: with fewer than two, a cost tells one person's rate. */
  readonly costedPeople: ReadonlySet<string>;
  /** Of how many people's rates the remaining work's cost is made; 0 when it is the plan's or there is none. */
  readonly remainingPeople: number;
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

/** How much of the whole is done: the actual cost, never more than that at completion. */
export const doneOf = (actualExact: bigint, completionExact: bigint): bigint =>
  actualExact < completionExact ? actualExact : completionExact;

/**
 * Nothing before the start, all of R once closed. While open `R x min(1, actual / EAC)` of what was agreed for the whole:
 * a fixed fee, extra payments, write-offs. What is billed by time or by month grows with the work itself, and is earned
 * as it accrues (less write-offs at once): a second factor would count progress twice. Halves away from zero.
 */
const earned = (state: StageState, contractMinor: number, actualExact: bigint, completionExact: bigint): number => {
  if (state.status === 'closed') return contractMinor;
  if (state.status === 'planned') return 0;
  const done = doneOf(actualExact, completionExact);
  const share = (minor: number) =>
    completionExact <= 0n ? 0 : Number(divideRounded(BigInt(minor) * done, completionExact));
  const { accruedMinor } = state.billed;
  if (accruedMinor === null) return share(contractMinor);
  return accruedMinor - state.writeOffsMinor + share(state.extraPaymentsMinor);
};

const ATTENTION = new Set(['communication', 'travel', 'rework']);

const isUnpaid = ({ billable, goodwill, activity }: StageState['labour'][number]): boolean =>
  !billable && (goodwill || ATTENTION.has(activity));

/** The exact sums behind a stage's figures, of which money is rounded once. */
export const exactSums = (state: StageState) => {
  const { currency, labour, remaining } = state;
  const labourExact = labour.reduce((total, { seconds, units }) => total + exactCost(seconds, units ?? 0), 0n);
  const remainingExact = remaining.work.reduce(
    (total, { seconds, units }) => total + exactCost(seconds, units ?? 0),
    0n,
  );
  const expensesMinor = sum(state.expenses, ({ minor }) => minor);
  const actualExact = labourExact + exactOf(expensesMinor, currency);
  const completionExact = actualExact + remainingExact + exactOf(remaining.expensesMinor, currency);
  return { labourExact, remainingExact, expensesMinor, actualExact, completionExact };
};

/**
 * Revenue, cost and forecast of a stage. Labour is added exactly (`seconds x rate`) and rounded once; the estimate to
 * complete is what is left of the rounded estimate at completion, so the parts always add up.
 */
export const figuresOf = (state: StageState): StageFigures => {
  const { currency, labour } = state;
  const { labourExact, remainingExact, expensesMinor, actualExact, completionExact } = exactSums(state);
  const labourCostMinor = moneyOf(labourExact, currency);
  const labourAtCompletion = moneyOf(labourExact + remainingExact, currency);
  const contractRevenueMinor = state.billed.atCompletionMinor + state.extraPaymentsMinor - state.writeOffsMinor;
  const costed = labour.filter(({ units }) => units !== null);
  const remainingRoles = state.remaining.work.filter(({ seconds, units }) => seconds > 0 && units !== null);
  return {
    contractRevenueMinor,
    revenueMinor: earned(state, contractRevenueMinor, actualExact, completionExact),
    invoicedMinor: state.invoicedMinor,
    paidMinor: state.paidMinor,
    unpricedSeconds: state.billed.unpricedSeconds,
    costMinor: labourCostMinor + expensesMinor,
    labourCostMinor,
    expensesMinor,
    estimateAtCompletionMinor: labourAtCompletion + expensesMinor + state.remaining.expensesMinor,
    remainingLabourMinor: labourAtCompletion - labourCostMinor,
    planRevenueMinor: state.plan.revenueMinor + state.extraPaymentsMinor,
    planCostMinor: moneyOf(state.plan.labourExact, currency) + state.plan.expensesMinor + state.extraCostMinor,
    seconds: sum(labour, ({ seconds }) => seconds),
    lateSeconds: sum(labour, (line) => (line.late ? line.seconds : 0)),
    goodwillSeconds: sum(labour, (line) => (line.goodwill ? line.seconds : 0)),
    unpaidSeconds: sum(labour, (line) => (isUnpaid(line) ? line.seconds : 0)),
    uncostedSeconds: sum(labour, ({ seconds, units }) => (units === null ? seconds : 0)),
    costedPeople: new Set(costed.map(({ specialistId }) => specialistId)),
    remainingPeople: sum(remainingRoles, ({ people }) => people),
  };
};

/** `profit / revenue`; null when there is no revenue. */
export const marginOf = (revenueMinor: number, costMinor: number): string | null =>
  ratioOf(revenueMinor - costMinor, revenueMinor);

/** `profit / cost`; null when there is no cost. */
export const markupOf = (revenueMinor: number, costMinor: number): string | null =>
  ratioOf(revenueMinor - costMinor, costMinor);

/** `R x (1 - m) - EAC`: what is left before the stage falls below its standard margin `m`. */
export const headroomMinor = (contractRevenueMinor: number, eacMinor: number, standard: string): number =>
  Number(divideRounded(BigInt(contractRevenueMinor) * (ONE - millionths(standard)), ONE)) - eacMinor;

/** Headroom in seconds of a role: money by the role's rate, towards zero; null when nobody knows the rate. */
export const headroomSeconds = (minor: number, units: number | null, currency: string): number | null =>
  units === null ? null : (secondsFor(minor, units, currency) ?? null);
