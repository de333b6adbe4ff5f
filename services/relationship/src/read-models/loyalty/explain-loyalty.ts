import type { EventUnion, extraPaymentEvents, interactionEvents, invoiceEvents } from '@headroom/contracts/events';
import type { CumulativeFigures, ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { addDays, addMonths, localDate, monthOf, monthsFrom } from '@headroom/kernel';
import { type PartEvent, type RowReader, referenceOf, type Told } from '@headroom/projecting';
import { meansOf, rulesOf, stepOf } from '../../decisions/loyalty/explained.ts';
import type { LoyaltyFacts } from '../../decisions/loyalty/facts.ts';
import { scoreClient } from '../../decisions/loyalty/score.ts';
import { CONTACT_MONTHS, trailingMonths } from '../../decisions/loyalty/windows.ts';
import {
  agencyStreamId,
  clientStreamId,
  extraPaymentStreamId,
  interactionsStreamId,
  invoiceStreamId,
  requestStreamId,
  satisfactionStreamId,
} from '../../events/streams.ts';
import { disputeTable } from '../disputes/tables.ts';
import { type ClientRow, clientTable } from '../tables.ts';
import { loyaltyFactsOf } from './client-loyalty.ts';

type Interaction = EventUnion<(typeof interactionEvents)[number]>;
type OfPayment = EventUnion<(typeof extraPaymentEvents)[number] | (typeof invoiceEvents)[number]>;

const TYPES = [
  'AgencyConfigured',
  'ClientRegistered',
  'InteractionLogged',
  'SatisfactionRecorded',
  'ExtraPaymentProposed',
  'ExtraPaymentAgreed',
  'ExtraPaymentDeclined',
  'InvoiceIssued',
  'PaymentRecorded',
  'PaymentVoided',
  'RequestDisputed',
];

/** The streams that tell what is this service's own of a client's score. */
const streamsOf = async (reader: RowReader, { tenantId, clientId }: ClientRow, facts: LoyaltyFacts) => {
  const { from, to } = trailingMonths(facts.asOf, CONTACT_MONTHS);
  // The streams of contacts go by the month in UTC, which may be the one beside the agency's.
  const months = monthsFrom(monthOf(addDays(from, -1)), monthOf(addDays(to, 1)));
  const disputes = await reader.where(disputeTable, 'byClient', [tenantId, clientId]);
  return [
    agencyStreamId(tenantId),
    clientStreamId(tenantId, clientId),
    satisfactionStreamId(tenantId, clientId),
    ...months.map((month) => interactionsStreamId(tenantId, clientId, `${month}-15T12:00:00Z`)),
    ...facts.answered.map(({ extraPaymentId }) => extraPaymentStreamId(tenantId, extraPaymentId)),
    ...facts.invoices.map(({ invoiceId }) => invoiceStreamId(tenantId, invoiceId)),
    ...disputes.map(({ requestId }) => requestStreamId(tenantId, requestId)),
  ];
};

const isCounted = ({ type, data }: PartEvent, { asOf }: LoyaltyFacts): boolean => {
  if (type !== 'InteractionLogged') return false;
  const { direction, planned, occurredOn } = data as Interaction['data'];
  const { from, to } = trailingMonths(asOf, CONTACT_MONTHS);
  return direction === 'inbound' && !planned && occurredOn >= from && occurredOn < to;
};

/** Which events say what of the facts. */
const sourcesOf = (events: readonly PartEvent[], facts: LoyaltyFacts) => {
  const positionsOf = (is: (event: PartEvent) => boolean) => events.filter(is).map(({ position }) => position);
  const named = (member: string, id: string) =>
    positionsOf(({ data }) => (data as Readonly<Record<string, unknown>>)[member] === id);
  const ofType = (type: string) => positionsOf((event) => event.type === type);
  return { positionsOf, named, ofType, contacts: positionsOf((event) => isCounted(event, facts)) };
};

type Sources = ReturnType<typeof sourcesOf>;

/** An invoice paid after the day says nothing yet, whenever that was recorded. */
const ofInvoice = ({ positionsOf }: Sources, invoiceId: string, asOf: string) =>
  positionsOf((event) => {
    const { type, data } = event as unknown as OfPayment;
    if (!('invoiceId' in data) || data.invoiceId !== invoiceId) return false;
    return type !== 'PaymentRecorded' || data.paidOn <= asOf;
  });

const MOST_MONTHS = 119;

const axesOf = (asOf: string, knownAt: number) => `asOf=${asOf}&knownAt=${knownAt}`;

const cumulated = (
  figures: readonly CumulativeFigures[],
  hidden: boolean,
  pathOn: (date: string) => string,
  by: string,
) =>
  figures.map(({ revenueMinor, costMinor, ...rest }) => ({
    ...rest,
    revenueMinor: hidden ? null : revenueMinor,
    costMinor: hidden ? null : costMinor,
    explanation: { operationId: by, path: pathOn(rest.date) },
  }));

const factsWithSources = (
  facts: LoyaltyFacts,
  sources: Sources,
  asked: { hidden: boolean; knownAt: number; clientId: string },
) => {
  const { hidden, knownAt, clientId } = asked;
  const { client, agency, settings, since, contacts, answered, invoices, disputes, satisfaction } = facts;
  const path = `/v1/clients/${encodeURIComponent(clientId)}/explanation`;
  const months = `from=${addMonths(monthOf(facts.asOf), -MOST_MONTHS)}&to=${addMonths(monthOf(facts.asOf), 1)}`;
  return {
    asOf: facts.asOf,
    currency: facts.currency,
    settings,
    settingsFrom: sources.ofType('AgencyConfigured').slice(-1),
    standardMargin: facts.standardMargin,
    clients: facts.clients,
    since,
    sinceFrom: sources.ofType('ClientRegistered'),
    client: cumulated(client, hidden, (date) => `${path}?${axesOf(date, knownAt)}`, 'explainClient'),
    agency: cumulated(
      agency,
      hidden,
      (date) => `/v1/portfolio/explanation?${months}&${axesOf(date, knownAt)}`,
      'explainPortfolio',
    ),
    stages: [...facts.stages],
    contacts: { count: contacts.count, newest: [...contacts.newest], from: sources.contacts },
    firstContactOn: facts.firstContactOn,
    answered: answered.map((payment) => ({
      ...payment,
      from: sources.named('extraPaymentId', payment.extraPaymentId),
    })),
    invoices: invoices.map(({ payments, ...invoice }) => ({
      ...invoice,
      payments: [...payments],
      from: ofInvoice(sources, invoice.invoiceId, facts.asOf),
    })),
    unconvertedInvoices: facts.unconvertedInvoices,
    disputes: disputes.map(({ disputeId, disputedOn }) => ({
      disputeId,
      disputedOn,
      from: sources.named('disputeId', disputeId),
    })),
    satisfaction:
      satisfaction === null
        ? null
        : {
            satisfactionId: satisfaction.satisfactionId,
            score: satisfaction.score,
            statedOn: satisfaction.statedOn,
            from: sources.named('satisfactionId', satisfaction.satisfactionId),
          },
  };
};

type Facts = ReturnType<typeof factsWithSources>;

const positionsIn = (facts: Facts): Set<number> =>
  new Set([
    ...facts.settingsFrom,
    ...facts.sinceFrom,
    ...facts.contacts.from,
    ...[...facts.answered, ...facts.invoices, ...facts.disputes].flatMap(({ from }) => from),
    ...(facts.satisfaction?.from ?? []),
  ]);

export interface AskLoyalty {
  readonly tenantId: string;
  readonly clientId: string;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
}

/**
 * What a client's scores are made of. Who may not see rates gets no sum of any day that would tell one person's rate,
 * and none of what follows from it. Undefined: there is no such client.
 */
export const explainClientLoyalty = async (
  profitability: ProfitabilityQuestions<RowReader>,
  { reader, eventsOf }: Told,
  { tenantId, clientId, asOf: asked, instant, seesRates }: AskLoyalty,
) => {
  const client = await reader.get(clientTable, tenantId, clientId);
  const agency = await profitability.agency(reader, tenantId);
  if (client === undefined || agency === undefined) return undefined;
  const asOf = asked ?? localDate(instant, agency.timeZone);
  const facts = await loyaltyFactsOf(profitability, reader, { agency, client, asOf });
  const events = await eventsOf(await streamsOf(reader, client, facts), TYPES);
  const hidden = !seesRates && [...facts.client, ...facts.agency].some(({ tellsOneRate }) => tellsOneRate);
  const told = factsWithSources(facts, sourcesOf(events, facts), { hidden, knownAt: reader.position, clientId });
  const score = scoreClient(facts);
  const shown = positionsIn(told);
  return {
    clientId,
    name: client.name,
    facts: told,
    components: score.components.map((component) => stepOf(component, hidden)),
    means: meansOf(score).map((mean) =>
      hidden && mean.of === 'value' ? { of: mean.of, numerator: null, denominator: null, inHundredths: null } : mean,
    ),
    lacking: [...score.lacking],
    rules: rulesOf(score, facts.settings).map((rule) => (hidden ? { ...rule, holds: null } : rule)),
    segment: score.segment,
    suppressed: hidden,
    events: events.filter(({ position }) => shown.has(position)).map(referenceOf),
    currency: agency.currency,
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
