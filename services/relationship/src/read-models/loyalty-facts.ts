import type { AgencySettings, ProfitabilityQuestions } from '@headroom/contracts/questions';
import { addDays } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import type { AnsweredPayment, LoyaltyFacts } from '../decisions/loyalty/facts.ts';
import {
  CONTACT_MONTHS,
  dayBefore,
  GROWTH_MONTHS,
  PROFIT_MONTHS,
  trailingMonths,
} from '../decisions/loyalty/windows.ts';
import { type ClientRow, clientTable, type ExtraPaymentRow, extraPaymentTable, interactionTable } from './tables.ts';

/** Clients for whom the agency worked by a day. */
const countClients = async (reader: RowReader, tenantId: string, asOf: string): Promise<number> => {
  const rows = await reader.list(clientTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'since', to: addDays(asOf, 1) },
    ],
    orderBy: [],
    limit: Number.MAX_SAFE_INTEGER,
  });
  return rows.length;
};

/** The unplanned contacts that a client made in the last three months, the newest first. */
const unplannedContacts = async (reader: RowReader, { tenantId, clientId }: ClientRow, asOf: string) => {
  const window = trailingMonths(asOf, CONTACT_MONTHS);
  const rows = await reader.where(interactionTable, 'byDay', [tenantId, clientId], window);
  return rows
    .filter(({ planned, direction }) => !planned && direction === 'inbound')
    .sort((one, other) => (one.occurredAt > other.occurredAt ? -1 : 1))
    .map(({ interactionId, occurredOn }) => ({ interactionId, occurredOn }));
};

const firstContactOn = async (reader: RowReader, { tenantId, clientId }: ClientRow, asOf: string) => {
  const [first] = await reader.list(interactionTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'clientId', equals: clientId },
      { column: 'occurredOn', to: addDays(asOf, 1) },
    ],
    orderBy: [{ column: 'occurredOn' }],
    limit: 1,
  });
  return first?.occurredOn ?? null;
};

/** Payments that were answered by a day. */
export const answeredBy = (rows: readonly ExtraPaymentRow[], asOf: string): AnsweredPayment[] =>
  rows.flatMap(({ extraPaymentId, proposedMinor, agreedMinor, answeredOn }) =>
    answeredOn === null || answeredOn > asOf
      ? []
      : [{ extraPaymentId, proposedMinor, agreedMinor: agreedMinor ?? 0, answeredOn }],
  );

/** Everything that the score of a client is computed from, as of a day. */
export const loyaltyFacts = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  agency: AgencySettings,
  client: ClientRow,
  asOf: string,
): Promise<LoyaltyFacts> => {
  const { tenantId, clientId, since } = client;
  const sixMonthsAgo = dayBefore(trailingMonths(asOf, GROWTH_MONTHS));
  const yearAgo = dayBefore(trailingMonths(asOf, PROFIT_MONTHS));
  const [own, whole, standardMargin, stages, payments, clients, contacts, first] = await Promise.all([
    profitability.clientUpTo(reader, tenantId, clientId, [asOf, sixMonthsAgo, yearAgo]),
    profitability.agencyUpTo(reader, tenantId, [asOf, yearAgo]),
    profitability.standardOn(reader, tenantId, asOf, null),
    profitability.stagesOfClient(reader, tenantId, clientId, asOf),
    reader.where(extraPaymentTable, 'byClient', [tenantId, clientId]),
    countClients(reader, tenantId, asOf),
    unplannedContacts(reader, client, asOf),
    firstContactOn(reader, client, asOf),
  ]);
  const [now, half, year] = own;
  const [agencyNow, agencyYear] = whole;
  if (!now || !half || !year || !agencyNow || !agencyYear) throw new Error('a figure was asked for and not answered');
  return {
    asOf,
    currency: agency.currency,
    settings: agency.loyalty,
    standardMargin,
    clients,
    since,
    client: [now, half, year],
    agency: [agencyNow, agencyYear],
    stages,
    contacts,
    firstContactOn: first,
    answered: answeredBy(payments, asOf),
  };
};
