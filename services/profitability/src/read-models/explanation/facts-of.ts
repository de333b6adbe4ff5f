import { formatRate } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import type { DatedMoney, FactEntry, FactRate, RatedMoney, StageFacts } from '../../formulas/explanation/facts.ts';
import type { DatedAmount, InvoicedAmount } from '../../formulas/stage-ledger.ts';
import { type Configured, configured, needsBillRates } from '../stage-view.ts';
import {
  type BillRatesRow,
  billRatesTable,
  type StageRow,
  stageTable,
  type TimeEntryRow,
  timeEntryTable,
} from '../tables.ts';
import { billRateSubject, type Sources } from './sources.ts';

/** The rows that a stage's facts stand in. */
export interface FactRows {
  readonly row: StageRow;
  readonly agency: Configured;
  readonly entries: readonly TimeEntryRow[];
  /** Only where hours are billed. */
  readonly bills: BillRatesRow | undefined;
}

interface Told extends FactRows {
  readonly sources: Sources;
  readonly asOf: string;
}

const byDateAndId = (one: FactEntry, other: FactEntry): number => {
  if (one.workDate !== other.workDate) return one.workDate < other.workDate ? -1 : 1;
  return one.entryId < other.entryId ? -1 : 1;
};

const entriesOf = (rows: readonly TimeEntryRow[], { sources, asOf }: Told): FactEntry[] =>
  rows
    .filter(({ workDate }) => workDate <= asOf)
    .map((row) => ({
      entryId: row.entryId,
      specialistId: row.specialistId,
      role: row.role,
      workDate: row.workDate,
      workedOn: row.workedOn,
      seconds: row.seconds,
      activity: row.activity,
      billable: row.billable,
      goodwill: row.goodwill,
      late: row.late,
      approved: row.status === 'approved',
      from: sources.of(`entry ${row.entryId}`),
    }))
    .sort(byDateAndId);

/** The last day whose rates may matter: that of the figures, or of later work that counts before. */
const lastDay = (entries: readonly FactEntry[], asOf: string): string =>
  [asOf, ...entries.map(({ workedOn }) => workedOn)].toSorted().at(-1) ?? asOf;

const ratesOf = ({ row, sources }: Told, until: string): FactRate[] =>
  Object.entries(row.ledger.people)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([specialistId, rates]) =>
      rates
        .filter(({ effectiveFrom }) => effectiveFrom <= until)
        .map(({ rateId, effectiveFrom, units }) => ({
          specialistId,
          rateId,
          effectiveFrom,
          ratePerHour: formatRate(units),
          from: sources.lastOf(`rate ${rateId}`),
        })),
    );

const amountsOf = (amounts: readonly DatedAmount[], kind: string, { sources, asOf }: Told): DatedMoney[] =>
  amounts
    .filter(({ on }) => on <= asOf)
    .map(({ id, on, amount }) => ({ id, on, amount, from: sources.lastOf(`${kind} ${id}`) }));

/** An amount, and what takes it back, have one id: the first event told of the one, the last of the other. */
const ratedAmountsOf = (amounts: readonly InvoicedAmount[], kind: string, { sources, asOf }: Told): RatedMoney[] =>
  amounts
    .filter(({ on }) => on <= asOf)
    .map(({ id, on, ratedOn, amount }) => {
      const told = sources.of(`${kind} ${id}`);
      return { id, on, ratedOn, amount, from: amount.minor < 0 ? told.slice(-1) : told.slice(0, 1) };
    });

/** The n-th fact of a kind comes from the n-th event of its kind. */
const eachWithItsEvent = <Fact extends { readonly on: string }>(
  facts: readonly Fact[],
  subject: string,
  { sources, asOf }: Told,
) => {
  const positions = sources.of(subject);
  return facts
    .map((fact, index) => ({ ...fact, from: positions.slice(index, index + 1) }))
    .filter(({ on }) => on <= asOf);
};

const datedFacts = (told: Told) => {
  const { row, sources, asOf } = told;
  const { ledger, stageId } = row;
  return {
    lifecycle: eachWithItsEvent(ledger.lifecycle, `life ${stageId}`, told),
    estimates: eachWithItsEvent(ledger.estimates, `estimate ${stageId}`, told).map(({ work, ...estimate }) => ({
      ...estimate,
      work: [...work],
    })),
    extraPayments: ledger.extraPayments
      .filter(({ on }) => on <= asOf)
      .map((payment) => ({ ...payment, from: sources.lastOf(`extra ${payment.id}`) })),
    expenses: ledger.expenses
      .filter(({ on }) => on <= asOf)
      .map(({ id, on, ratedOn, category, amount }) => {
        return { id, on, ratedOn, category, amount, from: sources.lastOf(`expense ${id}`) };
      }),
    writeOffs: amountsOf(ledger.writeOffs, 'writeOff', told),
    invoiced: ratedAmountsOf(ledger.invoiced, 'invoice', told),
    paid: ratedAmountsOf(ledger.paid, 'payment', told),
  };
};

const agencyFacts = ({ row, agency, sources }: Told, until: string) => ({
  exchangeRates: agency.exchangeRates
    .filter(({ effectiveFrom }) => effectiveFrom <= until)
    .map(({ currency, rate, effectiveFrom }) => ({
      currency,
      rate,
      effectiveFrom,
      from: sources.lastOf(`exchangeRate ${currency} ${effectiveFrom}`),
    })),
  standards: agency.standards
    .filter(({ serviceType, effectiveFrom }) => {
      return (serviceType === null || serviceType === row.serviceType) && effectiveFrom <= until;
    })
    .map(({ standardId, margin, effectiveFrom, serviceType }) => ({
      margin,
      effectiveFrom,
      serviceType,
      from: sources.lastOf(`standard ${standardId}`),
    })),
  approvalRequired: agency.settings?.approvalRequired ?? false,
});

/** Reads the rows of a stage; undefined where it is not known. */
export const factRows = async (reader: RowReader, tenantId: string, stageId: string) => {
  const row = await reader.get(stageTable, tenantId, stageId);
  const agency = await configured(reader, tenantId);
  if (row === undefined || agency === undefined) return undefined;
  const entries = await reader.where(timeEntryTable, 'byStage', [tenantId, stageId]);
  const bills = needsBillRates(row) ? await reader.get(billRatesTable, tenantId) : undefined;
  return { row, agency, entries, bills };
};

/** Everything that a stage's figures on a day are made of, with the events that say so. */
export const factsOf = (told: Told): StageFacts => {
  const { row, bills, asOf, sources } = told;
  const { ledger } = row;
  const entries = entriesOf(told.entries, told);
  const until = lastDay(entries, asOf);
  return {
    projectId: row.projectId,
    clientId: row.clientId,
    serviceType: row.serviceType,
    currency: ledger.currency,
    asOf,
    plan: {
      billing: ledger.billing,
      revenueMinor: ledger.plannedRevenueMinor,
      work: [...ledger.plan.work],
      expensesMinor: ledger.plan.expensesMinor,
      from: sources.of(`plan ${row.stageId}`),
    },
    baseline: ledger.baseline,
    ...datedFacts(told),
    entries,
    lastWorkDate: ledger.lastWorkDate,
    rates: ratesOf(told, until),
    billRates: (bills?.rates ?? [])
      .filter(({ effectiveFrom }) => effectiveFrom <= until)
      .map(({ scope, key, effectiveFrom, units }) => ({
        scope,
        key,
        effectiveFrom,
        ratePerHour: formatRate(units),
        from: sources.lastOf(billRateSubject({ scope, key, effectiveFrom })),
      })),
    ...agencyFacts(told, until),
  };
};
