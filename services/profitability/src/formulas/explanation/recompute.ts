import { rateUnits } from '@headroom/money';
import { billRateBook } from '../bill-rate.ts';
import { figuresOf, headroomMinor, type StageFigures } from '../stage-figures.ts';
import {
  addToBucket,
  bucketOf,
  entriesNeeded,
  type Rate,
  rateOn,
  type StageLedger,
  type Work,
} from '../stage-ledger.ts';
import { type AgencyTerms, type StageState, stageAt } from '../stage-state.ts';
import { standardOn } from '../standard.ts';
import type { FactEntry, FactRate, StageFacts } from './facts.ts';

/** A stage as an explanation alone tells it. */
export interface Recomputed {
  readonly state: StageState;
  readonly figures: StageFigures;
  readonly standard: string | null;
  /** Null without a standard. */
  readonly headroomMinor: number | null;
}

export const workOf = ({ approved, ...entry }: FactEntry): Work => ({
  ...entry,
  status: approved ? 'approved' : 'draft',
});

const peopleOf = (rates: readonly FactRate[]): Record<string, Rate[]> => {
  const people: Record<string, Rate[]> = {};
  for (const { specialistId, rateId, effectiveFrom, ratePerHour } of rates) {
    const known = people[specialistId] ?? [];
    people[specialistId] = known;
    known.push({ rateId, effectiveFrom, units: rateUnits(ratePerHour) });
  }
  return people;
};

/** Adds an entry to the bucket in which a ledger keeps its like. */
export const addEntry = (ledger: StageLedger, entry: FactEntry): void => {
  const rate = rateOn(ledger.people[entry.specialistId] ?? [], entry.workedOn);
  addToBucket(ledger, bucketOf(ledger, workOf(entry), rate?.effectiveFrom), entry.seconds);
};

/** A ledger with everything of the facts but what is dated. */
export const undatedLedger = ({ plan, baseline, currency, rates, lastWorkDate }: StageFacts): StageLedger => ({
  currency,
  billing: plan.billing,
  plannedRevenueMinor: plan.revenueMinor,
  plan: { work: plan.work, activities: [], expensesMinor: plan.expensesMinor },
  baseline,
  lifecycle: [],
  estimates: [],
  extraPayments: [],
  expenses: [],
  writeOffs: [],
  invoiced: [],
  paid: [],
  labour: {},
  people: peopleOf(rates),
  lastWorkDate,
});

const ledgerOf = (facts: StageFacts): StageLedger => {
  const ledger: StageLedger = {
    ...undatedLedger(facts),
    lifecycle: [...facts.lifecycle],
    estimates: [...facts.estimates],
    extraPayments: [...facts.extraPayments],
    expenses: facts.expenses.map((expense) => ({ ...expense, note: null, voids: null })),
    writeOffs: [...facts.writeOffs],
    invoiced: [...facts.invoiced],
    paid: [...facts.paid],
  };
  for (const entry of facts.entries) addEntry(ledger, entry);
  return ledger;
};

/** What of the agency the facts say. */
export const termsOf = ({
  exchangeRates,
  approvalRequired,
  billRates,
  projectId,
  clientId,
}: StageFacts): AgencyTerms => {
  const book = billRateBook(billRates.map(({ ratePerHour, ...rate }) => ({ ...rate, units: rateUnits(ratePerHour) })));
  return {
    exchangeRates,
    approvalRequired,
    price: (whose, day) => book.on({ ...whose, projectId, clientId }, day),
  };
};

/** The figures of a ledger on a day; `entries` may be more than the day needs. */
export const figuresOn = (
  ledger: StageLedger,
  entries: readonly FactEntry[],
  day: string,
  { facts, terms }: { readonly facts: StageFacts; readonly terms: AgencyTerms },
): Recomputed => {
  const range = entriesNeeded(ledger, day);
  const single =
    range === undefined ? [] : entries.filter(({ workDate }) => workDate >= range.from && workDate < range.to);
  const state = stageAt(ledger, day, single.map(workOf), terms);
  const figures = figuresOf(state);
  const standard = standardOn(facts.standards, facts.serviceType, day);
  const left =
    standard === null ? null : headroomMinor(figures.contractRevenueMinor, figures.estimateAtCompletionMinor, standard);
  return { state, figures, standard, headroomMinor: left };
};

/** The figures that an explanation explains, from the explanation alone. */
export const recompute = (facts: StageFacts): Recomputed =>
  figuresOn(ledgerOf(facts), facts.entries, facts.asOf, { facts, terms: termsOf(facts) });
