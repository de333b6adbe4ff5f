import { divideRounded, exactCost, millionths, moneyFraction, moneyOf, ONE } from '@headroom/money';
import { doneOf, exactSums } from '../stage-figures.ts';
import { rateOn } from '../stage-ledger.ts';
import type { FactEntry, StageFacts } from './facts.ts';
import { type Recomputed, undatedLedger } from './recompute.ts';

/** One rounding: `minor = numerator / denominator`, halves away from zero. */
export interface Rounding {
  readonly of: string;
  /** Integers as text: they may be beyond what a number holds. */
  readonly numerator: string;
  readonly denominator: string;
  readonly minor: number;
}

const rounding = (of: string, { numerator, denominator }: { numerator: bigint; denominator: bigint }): Rounding => ({
  of,
  numerator: String(numerator),
  denominator: String(denominator),
  minor: Number(divideRounded(numerator, denominator)),
});

const ofEarned = ({ state, figures }: Recomputed): Rounding[] => {
  const { actualExact, completionExact } = exactSums(state);
  if (state.status !== 'started' || completionExact <= 0n) return [];
  const done = doneOf(actualExact, completionExact);
  const fixed = state.billed.accruedMinor === null;
  const minor = fixed ? figures.contractRevenueMinor : state.extraPaymentsMinor;
  const name = fixed ? 'earned' : 'earnedExtraPayments';
  return [rounding(name, { numerator: BigInt(minor) * done, denominator: completionExact })];
};

/** Every place where an exact figure of the stage became money. */
export const roundingsOf = (recomputed: Recomputed): Rounding[] => {
  const { state, figures, standard } = recomputed;
  const { currency, billed } = state;
  const { labourExact, remainingExact } = exactSums(state);
  const money = (of: string, exact: bigint) => rounding(of, moneyFraction(exact, currency));
  const kept = standard === null ? undefined : ONE - millionths(standard);
  return [
    money('labourCost', labourExact),
    money('labourAtCompletion', labourExact + remainingExact),
    money('plannedLabour', state.plan.labourExact),
    ...(billed.exact === null
      ? []
      : [money('hoursBilled', billed.exact.done), money('hoursBilledAtCompletion', billed.exact.all)]),
    ...ofEarned(recomputed),
    ...(kept === undefined
      ? []
      : [
          rounding('costAllowed', {
            numerator: BigInt(figures.contractRevenueMinor) * kept,
            denominator: ONE,
          }),
        ]),
  ];
};

/** A figure as the sum of others; what is taken away is negative. */
export interface Sum {
  readonly of: string;
  readonly terms: { readonly of: string; readonly minor: number }[];
  readonly minor: number;
}

/** Earned revenue: nothing before the start, all once closed, a share or what has accrued in between. */
const earnedTerms = ({ state, figures }: Recomputed, roundings: readonly Rounding[]): Record<string, number> => {
  if (state.status === 'planned') return {};
  if (state.status === 'closed') return { contractRevenue: figures.contractRevenueMinor };
  const share = (of: string) => roundings.find((each) => each.of === of)?.minor ?? 0;
  const { accruedMinor } = state.billed;
  return accruedMinor === null
    ? { earned: share('earned') }
    : { accrued: accruedMinor, writeOffs: -state.writeOffsMinor, earnedExtraPayments: share('earnedExtraPayments') };
};

/** How the figures are put together from rounded parts. */
export const sumsOf = (recomputed: Recomputed, roundings: readonly Rounding[]): Sum[] => {
  const { state, figures, headroomMinor } = recomputed;
  const sum = (of: string, terms: Readonly<Record<string, number>>): Sum => {
    const list = Object.entries(terms).map(([name, minor]) => ({ of: name, minor }));
    return { of, terms: list, minor: list.reduce((total, { minor }) => total + minor, 0) };
  };
  const { contractRevenueMinor, revenueMinor, costMinor, labourCostMinor, expensesMinor } = figures;
  const eac = figures.estimateAtCompletionMinor;
  const allowed = roundings.find(({ of }) => of === 'costAllowed');
  return [
    sum('contractRevenue', {
      billed: state.billed.atCompletionMinor,
      extraPayments: state.extraPaymentsMinor,
      writeOffs: -state.writeOffsMinor,
    }),
    sum('revenue', earnedTerms(recomputed, roundings)),
    sum('cost', { labourCost: labourCostMinor, expenses: expensesMinor }),
    sum('profit', { revenue: revenueMinor, cost: -costMinor }),
    sum('estimateAtCompletion', {
      labourAtCompletion: labourCostMinor + figures.remainingLabourMinor,
      expenses: expensesMinor,
      remainingExpenses: state.remaining.expensesMinor,
    }),
    sum('forecastProfit', { contractRevenue: contractRevenueMinor, estimateAtCompletion: -eac }),
    ...(headroomMinor === null || allowed === undefined
      ? []
      : [sum('headroom', { costAllowed: allowed.minor, estimateAtCompletion: -eac })]),
  ];
};

/** An entry's share of the labour cost by running total. */
export interface EntryShare extends FactEntry {
  readonly rateId: string | null;
  readonly ratePerHour: string | null;
  /** Whether the figures count it: where approvals are asked for, only what was approved. */
  readonly counted: boolean;
  /** Numerators over the denominator of `labourCost`: of the entry, and of all up to it. */
  readonly exact: string;
  readonly cumulated: string;
  readonly cumulatedMinor: number;
  readonly shareMinor: number;
}

/** The running allocation of the labour cost to the entries, in their order. */
export const sharesOf = (facts: StageFacts): EntryShare[] => {
  const { people } = undatedLedger(facts);
  const texts = new Map(facts.rates.map((rate) => [`${rate.specialistId} ${rate.effectiveFrom}`, rate.ratePerHour]));
  let cumulated = 0n;
  let before = 0;
  return facts.entries.map((entry) => {
    const { specialistId, workedOn, seconds, approved } = entry;
    const rate = rateOn(people[specialistId] ?? [], workedOn);
    const counted = approved || !facts.approvalRequired;
    const exact = counted ? exactCost(seconds, rate?.units ?? 0) : 0n;
    cumulated += exact;
    const now = moneyOf(cumulated, facts.currency);
    const share = now - before;
    before = now;
    return {
      ...entry,
      rateId: rate?.rateId ?? null,
      ratePerHour: rate === undefined ? null : (texts.get(`${specialistId} ${rate.effectiveFrom}`) ?? null),
      counted,
      exact: String(moneyFraction(exact, facts.currency).numerator),
      cumulated: String(moneyFraction(cumulated, facts.currency).numerator),
      cumulatedMinor: now,
      shareMinor: share,
    };
  });
};
