import type { Activity, ApprovalStatus, Baseline, Billing, Money } from '@headroom/contracts/events';
import { addDays, firstDayOf, lastDayOf, monthOf } from '@headroom/kernel';

/**
 * Everything a stage's figures are made of, as the events told it. Labour is kept in seconds only, in buckets by
 * person, role, month, kind of work and the date of the rate that applies: so a rate that changes its value changes
 * no bucket, and a figure as of the end of any month needs no single entry. A stage that is billed by time has buckets
 * by day instead of by month, because a bill rate holds from a day on.
 */
export interface StageLedger {
  currency: string;
  billing: Billing;
  plannedRevenueMinor: number;
  plan: {
    readonly work: readonly PlannedWork[];
    /** What kinds of work the hours of roles are planned for, where that was said. */
    readonly activities: readonly (RoleSeconds & { readonly activity: Activity })[];
    readonly expensesMinor: number;
  };
  baseline: Baseline | null;
  /** In log order. */
  lifecycle: { readonly to: 'started' | 'closed'; readonly on: string }[];
  estimates: { readonly on: string; readonly work: readonly RoleSeconds[]; readonly expensesMinor: number }[];
  extraPayments: {
    readonly id: string;
    readonly on: string;
    readonly amount: Money;
    readonly estimatedCost: Money;
  }[];
  expenses: {
    readonly id: string;
    readonly on: string;
    /** The day whose rate of exchange applies: what takes an expense back is worth what that was. */
    readonly ratedOn: string;
    readonly category: ExpenseCategory;
    /** Below zero in a line that takes an expense back. */
    readonly amount: Money;
    readonly note: string | null;
    /** The expense that the line takes back; null where it is one. */
    readonly voids: string | null;
  }[];
  writeOffs: DatedAmount[];
  /** What invoices ask for the stage, and what was paid on them; dated by issue and by payment. */
  invoiced: InvoicedAmount[];
  paid: InvoicedAmount[];
  labour: { [bucket: string]: number };
  people: { [specialistId: string]: readonly Rate[] };
  /** The latest work date of any entry the stage ever had; empty before the first. */
  lastWorkDate: string;
}

export interface DatedAmount {
  readonly id: string;
  readonly on: string;
  readonly amount: Money;
}

/** Below zero where a void takes an amount of a closed month back. */
export interface InvoicedAmount extends DatedAmount {
  /** The day whose rate of exchange applies. */
  readonly ratedOn: string;
}

export interface RoleSeconds {
  readonly role: string;
  readonly seconds: number;
}
export interface PlannedWork extends RoleSeconds {
  readonly ratePerHour: string | null;
}
export type ExpenseCategory = 'subcontractor' | 'travel' | 'licence' | 'advertising' | 'other';

/** A version of a specialist's cost rate; lists of them are in the order of their dates, one a date. */
export interface Rate {
  readonly rateId: string;
  readonly effectiveFrom: string;
  /** Ten-thousandths of a major unit an hour. */
  readonly units: number;
}

/** The rate that holds on a day: the last one that began on it or before; undefined where none did. */
export const rateOn = (rates: readonly Rate[], day: string): Rate | undefined => {
  for (let index = rates.length - 1; index >= 0; index -= 1) {
    const rate = rates[index] as Rate;
    if (rate.effectiveFrom <= day) return rate;
  }
  return undefined;
};

/** What of a time entry decides its bucket. */
export interface Work {
  readonly specialistId: string;
  readonly role: string;
  readonly workDate: string;
  /** The day whose rate applies. */
  readonly workedOn: string;
  readonly seconds: number;
  readonly activity: Activity;
  readonly billable: boolean;
  readonly goodwill: boolean;
  readonly late: boolean;
  readonly status: ApprovalStatus;
}

/** Some seconds of one person, of one kind, at one rate (`null`: nobody knows what they cost). */
export interface LabourLine {
  readonly specialistId: string;
  readonly role: string;
  readonly activity: Activity;
  readonly billable: boolean;
  readonly goodwill: boolean;
  readonly late: boolean;
  readonly approved: boolean;
  readonly seconds: number;
  readonly units: number | null;
  /** The day of the work where the stage is billed by time, or where single entries were read. */
  readonly day: string | null;
}

const MONTH_LENGTH = 7;
const DAY_LENGTH = 10;

/** Whether a stage's buckets hold days: then no figure of it ever needs a single entry. */
export const byDay = ({ billing }: StageLedger): boolean => billing.kind === 'time-and-materials';

/**
 * The month in which work counts, or the day where the stage is billed by time; with the day of the work behind it where
 * that is another one, because the bill rate is that day's.
 */
const periodFor = (ledger: StageLedger, { workDate, workedOn }: Pick<Work, 'workDate' | 'workedOn'>): string => {
  if (!byDay(ledger)) return workDate.slice(0, MONTH_LENGTH);
  return workDate === workedOn ? workDate : `${workDate}~${workedOn}`;
};

/** The name of the bucket of some work; ids and roles hold no `|`. */
export const bucketOf = (ledger: StageLedger, work: Omit<Work, 'seconds'>, rateFrom: string | undefined): string =>
  `${work.specialistId}|${work.role}|${periodFor(ledger, work)}|${work.activity}|${work.billable ? 'b' : '-'}${
    work.goodwill ? 'g' : '-'
  }${work.late ? 'l' : '-'}${work.status === 'approved' ? 'a' : '-'}|${rateFrom ?? ''}`;

/** Adds seconds to a bucket (or takes them away); an empty bucket disappears, so that equal ledgers look equal. */
export const addToBucket = (ledger: StageLedger, bucket: string, seconds: number): void => {
  const total = (ledger.labour[bucket] ?? 0) + seconds;
  if (total === 0) delete ledger.labour[bucket];
  else ledger.labour[bucket] = total;
};

type Bucket = Omit<LabourLine, 'seconds' | 'units'> & { readonly rateFrom: string };

/** Every bucket of every stage is taken apart for each day that is asked for, so it is done without a list of its parts. */
const bucketNamed = (name: string): Bucket => {
  const role = name.indexOf('|') + 1;
  const period = name.indexOf('|', role) + 1;
  const activity = name.indexOf('|', period) + 1;
  const flags = name.indexOf('|', activity) + 1;
  const rateFrom = name.indexOf('|', flags) + 1;
  return {
    specialistId: name.slice(0, role - 1),
    role: name.slice(role, period - 1),
    activity: name.slice(activity, flags - 1) as Activity,
    billable: name[flags] === 'b',
    goodwill: name[flags + 1] === 'g',
    late: name[flags + 2] === 'l',
    day: activity - period > DAY_LENGTH ? name.slice(activity - 1 - DAY_LENGTH, activity - 1) : null,
    approved: name[flags + 3] === 'a',
    rateFrom: name.slice(rateFrom),
  };
};

const lineOf = (ledger: StageLedger, name: string, seconds: number): LabourLine => {
  const { specialistId, role, activity, billable, goodwill, late, approved, day, rateFrom } = bucketNamed(name);
  const rate = ledger.people[specialistId]?.find(({ effectiveFrom }) => effectiveFrom === rateFrom);
  return { specialistId, role, activity, billable, goodwill, late, approved, day, seconds, units: rate?.units ?? null };
};

/** The month or the day in which a bucket counts. */
const periodOf = (bucket: string): string => {
  const start = bucket.indexOf('|', bucket.indexOf('|') + 1) + 1;
  return bucket.slice(start, Math.min(bucket.indexOf('|', start), start + DAY_LENGTH));
};

/**
 * The part of a month whose single entries are needed for the figures as of a day, because the buckets hold the whole
 * month: `[from, to)`, or undefined when the buckets alone tell.
 */
export const entriesNeeded = (ledger: StageLedger, asOf: string): { from: string; to: string } | undefined => {
  const month = monthOf(asOf);
  if (ledger.lastWorkDate <= asOf || asOf === lastDayOf(month) || byDay(ledger)) return undefined;
  return { from: firstDayOf(month), to: addDays(asOf, 1) };
};

/** The labour that counts: where the agency asks for approvals, what somebody approved. */
export const countedLabour = (labour: readonly LabourLine[], approvalRequired: boolean): readonly LabourLine[] =>
  approvalRequired ? labour.filter(({ approved }) => approved) : labour;

/** The labour up to and with a day; `entries` are those of `entriesNeeded`. No figure depends on the order. */
export const labourAt = (ledger: StageLedger, asOf: string, entries: readonly Work[]): LabourLine[] => {
  const whole = ledger.lastWorkDate <= asOf;
  const month = monthOf(asOf);
  const monthIsWhole = asOf === lastDayOf(month);
  const lines: LabourLine[] = [];
  for (const bucket of Object.keys(ledger.labour)) {
    const period = whole ? '' : periodOf(bucket);
    const lastPeriod = period.length === DAY_LENGTH ? asOf : month;
    if (period < lastPeriod || (period === lastPeriod && (monthIsWhole || period.length === DAY_LENGTH))) {
      lines.push(lineOf(ledger, bucket, ledger.labour[bucket] as number));
    }
  }
  if (whole || monthIsWhole || byDay(ledger)) return lines;
  for (const entry of entries) {
    const rate = rateOn(ledger.people[entry.specialistId] ?? [], entry.workedOn);
    const approved = entry.status === 'approved';
    lines.push({ ...entry, approved, day: entry.workedOn, units: rate?.units ?? null });
  }
  return lines;
};

/** The earliest month or day with work; undefined when there is none. */
export const firstPeriod = ({ labour }: StageLedger): string | undefined =>
  Object.keys(labour).reduce<string | undefined>((first, bucket) => {
    const period = periodOf(bucket);
    return first === undefined || period < first ? period : first;
  }, undefined);

/** Whose work carries a cost, month by month: where there is one person only, the month's cost tells that one's rate. */
export const costedPeopleByMonth = (ledger: StageLedger): Map<string, Set<string>> => {
  const months = new Map<string, Set<string>>();
  for (const bucket of Object.keys(ledger.labour)) {
    const { specialistId, rateFrom } = bucketNamed(bucket);
    if (rateFrom === '') continue;
    const month = periodOf(bucket).slice(0, MONTH_LENGTH);
    const people = months.get(month) ?? new Set();
    months.set(month, people.add(specialistId));
  }
  return months;
};
