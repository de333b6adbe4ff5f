import type { Money } from '@headroom/contracts/events';
import { convert, exactCost, meanRateUnits, rateUnits } from '@headroom/money';
import {
  countedLabour,
  type DatedAmount,
  type ExpenseCategory,
  type LabourLine,
  labourAt,
  type PlannedWork,
  type RoleSeconds,
  rateOn,
  type StageLedger,
  type Work,
} from './stage-ledger.ts';
import { type Billed, billedAt, type PriceOf } from './stage-revenue.ts';

/**
 * What of the agency a stage's figures depend on: rates of exchange in the order of their dates, bill rates, and
 * whether only approved hours count.
 */
export interface AgencyTerms {
  readonly exchangeRates: readonly ExchangeRate[];
  readonly price: PriceOf;
  readonly approvalRequired: boolean;
}

export interface ExchangeRate {
  readonly currency: string;
  readonly rate: string;
  readonly effectiveFrom: string;
}

/** Work that a stage still needs, at the rate it will probably cost (`null`: nobody knows). */
export interface RemainingWork extends RoleSeconds {
  readonly units: number | null;
  /** How many people the rate is the mean of; 0 when it is the plan's. */
  readonly people: number;
}

/** A stage as it stood at the end of a day: what the figures are computed from. */
export interface StageState {
  readonly currency: string;
  readonly asOf: string;
  readonly status: 'planned' | 'started' | 'closed';
  readonly billed: Billed;
  readonly extraPaymentsMinor: number;
  /** Estimated cost that the agreed extra payments added to the plan. */
  readonly extraCostMinor: number;
  readonly writeOffsMinor: number;
  readonly invoicedMinor: number;
  readonly paidMinor: number;
  /** The labour that counts. */
  readonly labour: readonly LabourLine[];
  /** Seconds left out of the labour because nobody has approved them. */
  readonly unapprovedSeconds: number;
  readonly approvalRequired: boolean;
  readonly expenses: readonly { readonly category: ExpenseCategory; readonly minor: number }[];
  readonly remaining: {
    readonly work: readonly RemainingWork[];
    readonly expensesMinor: number;
    readonly revised: boolean;
  };
  readonly plan: {
    readonly frozen: boolean;
    readonly revenueMinor: number;
    readonly labourExact: bigint;
    readonly expensesMinor: number;
    readonly work: readonly RoleSeconds[];
  };
  /** Amounts left out for want of an exchange rate. */
  readonly unconverted: readonly Money[];
}

/** The last turn of a stage's life up to a day; undefined before its start. */
const lastTurn = (ledger: StageLedger, asOf: string) => ledger.lifecycle.findLast(({ on }) => on <= asOf);

/** An amount in minor units of `currency` at the rate of the day; undefined without one: it is never taken as 1:1. */
export const convertedMinor = (
  amount: Money,
  on: string,
  currency: string,
  rates: readonly ExchangeRate[],
): number | undefined => {
  if (amount.currency === currency) return amount.minor;
  const rate = rates.findLast((each) => each.currency === amount.currency && each.effectiveFrom <= on);
  return rate === undefined ? undefined : convert(amount.minor, amount.currency, currency, rate.rate);
};

/** Converts, and collects what cannot be converted. */
const converter = (currency: string, rates: readonly ExchangeRate[]) => {
  const unconverted: Money[] = [];
  const toMinor = (amount: Money, on: string): number => {
    const minor = convertedMinor(amount, on, currency, rates);
    if (minor === undefined) unconverted.push(amount);
    return minor ?? 0;
  };
  return { unconverted, toMinor };
};

const planOf = (ledger: StageLedger, started: boolean): StageState['plan'] => {
  const baseline = started ? ledger.baseline : null;
  const work: readonly PlannedWork[] = baseline?.work ?? ledger.plan.work;
  return {
    frozen: baseline !== null,
    revenueMinor: baseline?.revenueMinor ?? ledger.plannedRevenueMinor,
    labourExact: work.reduce(
      (sum, { seconds, ratePerHour }) => sum + (ratePerHour === null ? 0n : exactCost(seconds, rateUnits(ratePerHour))),
      0n,
    ),
    expensesMinor: baseline?.expensesMinor ?? ledger.plan.expensesMinor,
    work: work.map(({ role, seconds }) => ({ role, seconds })),
  };
};

/**
 * The rate at which a role's remaining work is costed: the mean of the present rates of its people on the stage, and
 * the plan's rate while none of them has worked on it.
 */
const remainingRate = (ledger: StageLedger, labour: readonly LabourLine[], role: string, asOf: string) => {
  const people = new Set(labour.filter((line) => line.role === role).map((line) => line.specialistId));
  const present = [...people].flatMap((person) => rateOn(ledger.people[person] ?? [], asOf)?.units ?? []);
  const mean = meanRateUnits(present);
  if (mean !== undefined) return { units: mean, people: present.length };
  const planned = (ledger.baseline?.work ?? ledger.plan.work).find((work) => work.role === role)?.ratePerHour;
  return { units: planned == null ? null : rateUnits(planned), people: 0 };
};

const secondsOf = (labour: readonly LabourLine[], role: string): number =>
  labour.reduce((sum, line) => sum + (line.role === role ? line.seconds : 0), 0);

const remainingOf = (
  ledger: StageLedger,
  labour: readonly LabourLine[],
  asOf: string,
  spentMinor: number,
): StageState['remaining'] => {
  const estimate = ledger.estimates
    .filter(({ on }) => on <= asOf)
    .reduce<StageLedger['estimates'][number] | undefined>(
      (latest, each) => (latest === undefined || each.on >= latest.on ? each : latest),
      undefined,
    );
  const work =
    estimate?.work ??
    ledger.plan.work.map(({ role, seconds }) => ({ role, seconds: Math.max(0, seconds - secondsOf(labour, role)) }));
  return {
    work: work.map(({ role, seconds }) => ({ role, seconds, ...remainingRate(ledger, labour, role, asOf) })),
    expensesMinor: estimate?.expensesMinor ?? Math.max(0, ledger.plan.expensesMinor - spentMinor),
    revised: estimate !== undefined,
  };
};

/**
 * A stage at the end of a day, from its ledger; facts dated later are not in it. `entries` are the single entries of
 * `entriesNeeded`. Where the agency asks for approvals, labour that nobody approved is left out and counted.
 */
export const stageAt = (
  ledger: StageLedger,
  asOf: string,
  entries: readonly Work[],
  { exchangeRates, price, approvalRequired }: AgencyTerms,
): StageState => {
  const turn = lastTurn(ledger, asOf);
  const status = turn?.to ?? 'planned';
  const all = labourAt(ledger, asOf, entries);
  const labour = countedLabour(all, approvalRequired);
  const waiting = approvalRequired ? all.filter(({ approved }) => !approved) : [];
  const { unconverted, toMinor } = converter(ledger.currency, exchangeRates);
  const extras = ledger.extraPayments.filter(({ on }) => on <= asOf);
  const expenses = ledger.expenses
    .filter(({ on }) => on <= asOf)
    .map(({ category, amount, ratedOn }) => ({ category, minor: toMinor(amount, ratedOn) }));
  const spentMinor = expenses.reduce((sum, { minor }) => sum + minor, 0);
  const upTo = (amounts: readonly (DatedAmount & { readonly ratedOn?: string })[]) =>
    amounts.reduce((sum, { on, ratedOn, amount }) => sum + (on <= asOf ? toMinor(amount, ratedOn ?? on) : 0), 0);
  const remaining =
    status === 'closed'
      ? { work: [], expensesMinor: 0, revised: false }
      : remainingOf(ledger, labour, asOf, spentMinor);
  const closedOn = turn?.to === 'closed' ? turn.on : undefined;
  return {
    currency: ledger.currency,
    asOf,
    status,
    billed: billedAt(ledger, { asOf, closedOn, labour, remaining: remaining.work, price, toMinor }),
    extraPaymentsMinor: extras.reduce((sum, { amount, on }) => sum + toMinor(amount, on), 0),
    extraCostMinor: extras.reduce((sum, { estimatedCost, on }) => sum + toMinor(estimatedCost, on), 0),
    writeOffsMinor: upTo(ledger.writeOffs),
    invoicedMinor: upTo(ledger.invoiced),
    paidMinor: upTo(ledger.paid),
    labour,
    approvalRequired,
    unapprovedSeconds: Math.abs(waiting.reduce((sum, { seconds }) => sum + seconds, 0)),
    expenses,
    remaining,
    plan: planOf(ledger, status !== 'planned'),
    unconverted,
  };
};
