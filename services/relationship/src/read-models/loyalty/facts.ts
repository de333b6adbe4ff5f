import type { AgencySettings, CumulativeFigures, StageSummary } from '@headroom/contracts/questions';
import { convert } from '@headroom/money';
import type { AnsweredPayment, LoyaltyFacts, OwedInvoice } from '../../decisions/loyalty/facts.ts';
import { CONTACT_MONTHS, trailingMonths } from '../../decisions/loyalty/windows.ts';
import type { ExtraPaymentRow } from '../extra-payments/tables.ts';
import type { ClientRow } from '../tables.ts';
import { type ClientRecords, unplannedIn } from './client-records.ts';
import type { ClientInvoiceRow, SatisfactionRow } from './tables.ts';

/** Payments that were answered by a day; what a ruling made due is no answer of the client's. */
export const answeredBy = (rows: readonly ExtraPaymentRow[], asOf: string): AnsweredPayment[] =>
  rows.flatMap(({ extraPaymentId, proposedMinor, agreedMinor, answeredOn, disputeId }) =>
    answeredOn === null || answeredOn > asOf || disputeId !== null
      ? []
      : [{ extraPaymentId, proposedMinor, agreedMinor: agreedMinor ?? 0, answeredOn }],
  );

/** An invoice on a day, at the rate of exchange of its issue; undefined where there is none. */
const owedOn = (
  row: ClientInvoiceRow,
  asOf: string,
  { currency, exchangeRates }: AgencySettings,
): OwedInvoice | undefined => {
  const rate = exchangeRates.findLast((each) => each.currency === row.currency && each.effectiveFrom <= row.issuedOn);
  if (row.currency !== currency && rate === undefined) return undefined;
  const own = (minor: number) => (rate === undefined ? minor : convert(minor, row.currency, currency, rate.rate));
  const payments = row.payments.filter(({ paidOn }) => paidOn <= asOf);
  const paid = payments.reduce((sum, { minor }) => sum + minor, 0);
  return {
    invoiceId: row.invoiceId,
    dueOn: row.dueOn,
    openMinor: own(row.totalMinor - paid),
    payments: payments.map(({ paidOn, minor }) => ({ paidOn, minor: own(minor) })),
  };
};

const latestBy = (rows: readonly SatisfactionRow[], asOf: string): SatisfactionRow | null =>
  rows
    .filter(({ statedOn }) => statedOn <= asOf)
    .reduce<SatisfactionRow | null>((latest, row) => {
      if (latest === null || row.statedOn > latest.statedOn) return row;
      return row.statedOn === latest.statedOn && row.position > latest.position ? row : latest;
    }, null);

/** What of a client's figures and its agency's a day's score is made of. */
export interface DayFigures {
  readonly asOf: string;
  readonly standardMargin: string | null;
  readonly clients: number;
  readonly client: LoyaltyFacts['client'];
  readonly agency: readonly [now: CumulativeFigures, yearAgo: CumulativeFigures];
  readonly stages: readonly StageSummary[];
}

/** Everything that the score of a client is computed from, as of a day; `newest` are contacts to show for it. */
export const factsOn = (
  agency: AgencySettings,
  client: ClientRow,
  records: ClientRecords,
  day: DayFigures,
  newest: readonly string[] = [],
): LoyaltyFacts => {
  const { asOf } = day;
  const issued = records.invoices.filter(({ issuedOn }) => issuedOn <= asOf);
  const invoices = issued.flatMap((row) => owedOn(row, asOf, agency) ?? []);
  const { firstContactOn } = records;
  return {
    ...day,
    currency: agency.currency,
    settings: agency.loyalty,
    since: client.since,
    contacts: { count: unplannedIn(records, trailingMonths(asOf, CONTACT_MONTHS)), newest },
    firstContactOn: firstContactOn !== null && firstContactOn <= asOf ? firstContactOn : null,
    answered: answeredBy(records.payments, asOf),
    invoices,
    unconvertedInvoices: issued.length - invoices.length,
    disputes: records.disputes.filter(({ disputedOn }) => disputedOn <= asOf),
    satisfaction: latestBy(records.satisfaction, asOf),
  };
};
