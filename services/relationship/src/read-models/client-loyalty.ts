import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getClientLoyalty } from '@headroom/contracts/rest/relationship';
import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { adviceOn } from '../decisions/loyalty/advice.ts';
import type { Component } from '../decisions/loyalty/component.ts';
import { shownPoints } from '../decisions/loyalty/points.ts';
import { scoreClient } from '../decisions/loyalty/score.ts';
import { loyaltyFacts } from './loyalty-facts.ts';
import { tellsOneRate } from './rate-privacy.ts';
import { clientTable } from './tables.ts';

type Loyalty = ResponseOf<typeof getClientLoyalty>;

const scoreOf = (hundredths: number | null): number | null => (hundredths === null ? null : shownPoints(hundredths));

const shown = ({ tellsCost, points, ...component }: Component, hideCost: boolean): Loyalty['components'][number] =>
  hideCost && tellsCost
    ? { ...component, points: null, inputs: [], suppressed: true }
    : { ...component, points: scoreOf(points), suppressed: false };

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
  const facts = await loyaltyFacts(profitability, reader, agency, client, asOf);
  const score = scoreClient(facts);
  const hideCost = !seesRates && (await tellsOneRate(profitability, reader, tenantId, clientId, asOf));
  const advice = adviceOn(score, facts.settings, hideCost);
  const [now, , yearAgo] = facts.client;
  return {
    clientId,
    name: client.name,
    currency: agency.currency,
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
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
