import type { AgencySettings, ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import type { BehaviourFacts } from '../../decisions/behaviours/advise.ts';
import { scoreClient } from '../../decisions/loyalty/score.ts';
import { loyaltyFactsOf } from '../loyalty/client-loyalty.ts';
import { classificationOn } from '../requests/stage-requests.ts';
import type { RequestRow } from '../requests/tables.ts';
import { clientTable } from '../tables.ts';

/** Everything that advice on a request is made of, as of a day. */
export const behaviourFacts = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  agency: AgencySettings,
  request: RequestRow,
  asked: { readonly asOf: string; readonly role?: string | undefined },
): Promise<BehaviourFacts> => {
  const { tenantId, clientId } = request;
  const { asOf, role } = asked;
  const classification = classificationOn(request, asOf);
  const stageId = classification?.stageId ?? request.stageId;
  const [client, stage, ownRoles] = await Promise.all([
    reader.get(clientTable, tenantId, clientId),
    stageId === null ? undefined : profitability.stage(reader, tenantId, stageId, asOf),
    role === undefined ? undefined : profitability.ownRoles(reader, tenantId, asOf),
  ]);
  const facts = client && (await loyaltyFactsOf(profitability, reader, { agency, client, asOf }));
  const score = facts && scoreClient(facts);
  return {
    stage,
    scope: classification?.scope ?? null,
    segment: score?.segment ?? null,
    attention: score?.attention ?? null,
    highAttentionFrom: agency.loyalty.highAttentionFrom,
    role: role === undefined ? undefined : { name: role, own: ownRoles?.has(role) === true },
  };
};
