import type { AgencySettings, ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getClientLoyalty } from '@headroom/contracts/rest/relationship';
import { addDays, localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { adviceOn } from '../../decisions/loyalty/advice.ts';
import { type Component, SHOWN_EVIDENCE } from '../../decisions/loyalty/component.ts';
import type { LoyaltyFacts } from '../../decisions/loyalty/facts.ts';
import { shownPoints } from '../../decisions/loyalty/points.ts';
import { scoreClient } from '../../decisions/loyalty/score.ts';
import { CONTACT_MONTHS, trailingMonths } from '../../decisions/loyalty/windows.ts';
import { type ClientRow, clientTable, interactionTable } from '../tables.ts';
import { clientRecords } from './client-records.ts';
import { figuresOnDays } from './day-figures.ts';
import { factsOn } from './facts.ts';

type Loyalty = ResponseOf<typeof getClientLoyalty>;

/** Hundredths of a point as they are shown. */
export const scoreOf = (hundredths: number | null): number | null =>
  hundredths === null ? null : shownPoints(hundredths);

const shown = (
  { tellsCost, points, fraction: _, ...component }: Component,
  hideCost: boolean,
): Loyalty['components'][number] =>
  hideCost && tellsCost
    ? { ...component, points: null, inputs: [], suppressed: true }
    : { ...component, points: scoreOf(points), suppressed: false };

/** The newest unplanned contacts that the client made in the window that counts, as evidence. */
const newestContacts = async (reader: RowReader, { tenantId, clientId }: ClientRow, asOf: string) => {
  const { from } = trailingMonths(asOf, CONTACT_MONTHS);
  const rows = await reader.list(interactionTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      { column: 'clientId', equals: clientId },
      { column: 'occurredOn', from, to: addDays(asOf, 1) },
      { column: 'planned', equals: false },
      { column: 'direction', equals: 'inbound' },
    ],
    orderBy: [
      { column: 'occurredOn', descending: true },
      { column: 'occurredAt', descending: true },
    ],
    limit: SHOWN_EVIDENCE,
  });
  return rows.map(({ interactionId }) => interactionId);
};

const answerOf = (
  client: ClientRow,
  facts: LoyaltyFacts,
  seesRates: boolean,
): Omit<Loyalty, 'knownAt' | 'formulaVersion'> => {
  const [now, , yearAgo] = facts.client;
  const score = scoreClient(facts);
  const hideCost = !seesRates && now.tellsOneRate;
  const advice = adviceOn(score, facts.settings, hideCost);
  return {
    clientId: client.clientId,
    name: client.name,
    currency: facts.currency,
    value: hideCost ? null : scoreOf(score.value),
    attention: scoreOf(score.attention),
    loyalty: scoreOf(score.loyalty),
    segment: score.segment,
    insufficientData: score.lacking.length > 0,
    components: score.components.map((component) => shown(component, hideCost)),
    advice: { text: advice.text, reasons: [...advice.reasons] },
    settings: facts.settings,
    suppressed: hideCost,
    revenueBasis: 'earned',
    quality: { uncostedSeconds: now.uncostedSeconds - yearAgo.uncostedSeconds },
    asOf: facts.asOf,
  };
};

/** Everything that a client's score of a day is computed from. */
export const loyaltyFactsOf = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { agency, client, asOf }: { readonly agency: AgencySettings; readonly client: ClientRow; readonly asOf: string },
): Promise<LoyaltyFacts> => {
  const { tenantId, clientId } = client;
  const { from } = trailingMonths(asOf, CONTACT_MONTHS);
  const [figures, recordsOf, newest] = await Promise.all([
    figuresOnDays(profitability, reader, tenantId, [asOf]),
    clientRecords(reader, { tenantId, clientId }, from),
    newestContacts(reader, client, asOf),
  ]);
  const [day] = await figures.ofClient(clientId);
  if (day === undefined) throw new Error('a day was asked for and not answered');
  return factsOn(agency, client, recordsOf(clientId), day, newest);
};

/**
 * What a client is worth, how much attention it takes and how loyal it is. Who may not see rates gets neither the
 * value nor its components where they would tell one person's rate; the segment stays.
 */
export const clientLoyalty = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  question: {
    readonly tenantId: string;
    readonly clientId: string;
    readonly asOf?: string | undefined;
    readonly instant: string;
    readonly seesRates: boolean;
  },
): Promise<Loyalty | undefined> => {
  const { tenantId, clientId, instant, seesRates } = question;
  const client = await reader.get(clientTable, tenantId, clientId);
  const agency = await profitability.agency(reader, tenantId);
  if (client === undefined || agency === undefined) return undefined;
  const asOf = question.asOf ?? localDate(instant, agency.timeZone);
  const facts = await loyaltyFactsOf(profitability, reader, { agency, client, asOf });
  return { ...answerOf(client, facts, seesRates), knownAt: reader.position, formulaVersion: FORMULA_VERSION };
};
