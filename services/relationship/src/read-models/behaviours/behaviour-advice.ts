import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getBehaviourAdvice } from '@headroom/contracts/rest/relationship';
import { localDate } from '@headroom/kernel';
import { formatDecimal, millionths, RATIO_SCALE } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { adviseBehaviour } from '../../decisions/behaviours/advise.ts';
import { shownPoints } from '../../decisions/loyalty/points.ts';
import { tellsOneRate } from '../rate-privacy.ts';
import { requestTable } from '../requests/tables.ts';
import { behaviourFacts } from './facts.ts';
import { Forecasts } from './margins.ts';
import { pastDecisions } from './past-decisions.ts';

export interface AskBehaviour {
  readonly tenantId: string;
  readonly requestId: string;
  readonly role?: string | undefined;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
}

/**
 * How to behave towards a request; undefined when there is no such request. The behaviour is told to everybody who may
 * ask; margins and the amount not to those who could tell one person's rate from them.
 */
export const behaviourAdvice = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { tenantId, requestId, role, instant, seesRates, ...asked }: AskBehaviour,
): Promise<ResponseOf<typeof getBehaviourAdvice> | undefined> => {
  const request = await reader.get(requestTable, tenantId, requestId);
  const agency = await profitability.agency(reader, tenantId);
  if (request === undefined || agency === undefined) return undefined;
  const { clientId } = request;
  const asOf = asked.asOf ?? localDate(instant, agency.timeZone);
  const facts = await behaviourFacts(profitability, reader, agency, request, { asOf, role });
  const { stage, segment, attention, scope } = facts;
  const advice = adviseBehaviour(facts);
  const hidesClient = !seesRates && (await tellsOneRate(profitability, reader, tenantId, clientId, asOf));
  const hidesStage = hidesClient || (!seesRates && stage?.costedPeople === 1);
  const forecasts = new Forecasts(profitability, reader, tenantId);
  const past = await pastDecisions(reader, forecasts, request, { asOf, hidesMargins: hidesClient });
  const [figures] = await profitability.clientUpTo(reader, tenantId, clientId, [asOf]);
  const { extraPaymentMinor: minor } = advice;
  const standard = stage?.standardMargin ?? null;
  return {
    requestId,
    clientId,
    stageId: stage?.stageId ?? null,
    behaviour: advice.behaviour,
    reasons: advice.reasons
      .filter(({ tellsCost }) => !(tellsCost && hidesStage))
      .map(({ code, text }) => ({ code, text })),
    extraPayment: minor === null || hidesStage ? null : { minor, currency: agency.currency },
    forecastMargin: hidesStage ? null : (stage?.forecastMargin ?? null),
    standardMargin: standard === null ? null : formatDecimal(millionths(standard), RATIO_SCALE),
    segment,
    attention: attention === null ? null : shownPoints(attention),
    scope,
    past,
    suppressed: hidesStage,
    revenueBasis: 'earned',
    quality: { uncostedSeconds: figures?.uncostedSeconds ?? 0 },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
