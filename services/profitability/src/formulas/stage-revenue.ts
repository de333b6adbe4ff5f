import type { Money } from '@headroom/contracts/events';
import { monthOf, monthsFrom } from '@headroom/kernel';
import { exactCost, meanRateUnits, moneyOf } from '@headroom/money';
import type { LabourLine, StageLedger } from './stage-ledger.ts';

/** The bill rate of somebody's hour on a day, or of a role's where nobody is named; undefined where there is none. */
export type PriceOf = (
  whose: { readonly specialistId: string | null; readonly role: string },
  day: string,
) => number | undefined;

/** What the way a stage is billed brings, in minor units of the agency's currency, as of a day. */
export interface Billed {
  /** When all is done: the fee; the hours done and those still to do, capped; all the months. */
  readonly atCompletionMinor: number;
  /** Up to the day; null for a fixed fee, which is earned as cost grows. */
  readonly accruedMinor: number | null;
  /** Hours at their rates before the cap; null where hours are not billed. */
  readonly uncappedMinor: number | null;
  readonly billableSeconds: number;
  /** Billable seconds on days without a bill rate: left out, never guessed. */
  readonly unpricedSeconds: number;
  /** Months of a retainer begun up to the day, and in all. */
  readonly months: { readonly begun: number; readonly planned: number } | null;
  /** Exact prices before they are rounded and capped: of the hours done, and of those still to do with them. */
  readonly exact: { readonly done: bigint; readonly all: bigint } | null;
}

interface Circumstances {
  readonly asOf: string;
  readonly closedOn: string | undefined;
  readonly labour: readonly LabourLine[];
  readonly remaining: readonly { readonly role: string; readonly seconds: number }[];
  readonly price: PriceOf;
  readonly toMinor: (amount: Money, on: string) => number;
}

const capped = (minor: number, cap: number | null): number => (cap === null ? minor : Math.min(minor, cap));

const isBillable = ({ billable, goodwill }: LabourLine): boolean => billable && !goodwill;

/** The price of a role's remaining work: the mean of its people's on the stage, the role's own while there are none. */
const remainingPrice = (labour: readonly LabourLine[], role: string, { price, asOf }: Circumstances) => {
  const people = new Set(labour.filter((line) => line.role === role).map(({ specialistId }) => specialistId));
  const present = [...people].flatMap((specialistId) => price({ specialistId, role }, asOf) ?? []);
  return meanRateUnits(present) ?? price({ specialistId: null, role }, asOf);
};

/** Billable seconds x bill rate of their work date, exact, rounded once, up to the cap. */
const timeAndMaterials = (cap: Money | null, currency: string, circumstances: Circumstances): Billed => {
  const { labour, remaining, price, asOf, toMinor } = circumstances;
  let exact = 0n;
  let billableSeconds = 0;
  let unpricedSeconds = 0;
  for (const line of labour) {
    if (!isBillable(line)) continue;
    billableSeconds += line.seconds;
    const units = price(line, line.day ?? asOf);
    if (units === undefined) unpricedSeconds += line.seconds;
    else exact += exactCost(line.seconds, units);
  }
  const toDo = remaining.reduce(
    (sum, { role, seconds }) => sum + exactCost(seconds, remainingPrice(labour, role, circumstances) ?? 0),
    0n,
  );
  const capMinor = cap === null ? null : toMinor(cap, asOf);
  const uncappedMinor = moneyOf(exact, currency);
  return {
    atCompletionMinor: capped(moneyOf(exact + toDo, currency), capMinor),
    accruedMinor: capped(uncappedMinor, capMinor),
    uncappedMinor,
    billableSeconds,
    unpricedSeconds,
    months: null,
    exact: { done: exact, all: exact + toDo },
  };
};

const secondsBilled = (labour: readonly LabourLine[]): number =>
  labour.reduce((sum, line) => sum + (isBillable(line) ? line.seconds : 0), 0);

/** A fee for every month from one to another that has begun; a stage closed early is paid up to its last month. */
const retainer = (
  { monthlyFee, fromMonth, toMonth }: Extract<StageLedger['billing'], { kind: 'retainer' }>,
  { asOf, closedOn, labour, toMinor }: Circumstances,
): Billed => {
  const months = monthsFrom(fromMonth, toMonth);
  const begunBy = (day: string) => months.filter((month) => month <= monthOf(day)).length;
  const begun = begunBy(closedOn ?? asOf);
  const fee = toMinor(monthlyFee, asOf);
  return {
    atCompletionMinor: fee * (closedOn === undefined ? months.length : begun),
    accruedMinor: fee * begun,
    uncappedMinor: null,
    billableSeconds: secondsBilled(labour),
    unpricedSeconds: 0,
    months: { begun, planned: months.length },
    exact: null,
  };
};

/** What a stage's billing brings as of a day; extra payments and write-offs are not in it. */
export const billedAt = ({ billing, currency }: StageLedger, circumstances: Circumstances): Billed => {
  switch (billing.kind) {
    case 'fixed':
      return {
        atCompletionMinor: circumstances.toMinor(billing.fee, circumstances.asOf),
        accruedMinor: null,
        uncappedMinor: null,
        billableSeconds: secondsBilled(circumstances.labour),
        unpricedSeconds: 0,
        months: null,
        exact: null,
      };
    case 'time-and-materials':
      return timeAndMaterials(billing.cap, currency, circumstances);
    case 'retainer':
      return retainer(billing, circumstances);
  }
};
