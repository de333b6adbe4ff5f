import type { CommandContext, Commands } from '@headroom/commanding';
import type { RateChangeDesk } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';
import { planRates } from '../decisions/plan-rates.ts';
import { decideApply } from '../decisions/rate-change.ts';
import { rateChangeStreamId } from '../events/streams.ts';
import { agencyTable, specialistTable } from '../read-models/tables.ts';
import { rateChangeKind } from './kinds.ts';

/** How another service has cost rates planned and changed. What people there are, and the basis, never change once told. */
export const rateChangeDesk = (commands: Commands): RateChangeDesk<RowReader, CommandContext> => ({
  projections: ['agency'],
  plan: async (reader, tenantId, rateChangeId, wish) => {
    const agency = await reader.get(agencyTable, tenantId);
    if (agency?.settings == null) return 'agency-not-configured';
    const everybody = await reader.where(specialistTable, 'byTenant', [tenantId]);
    return planRates(wish, everybody, agency.settings, { tenantId, rateChangeId });
  },
  apply: async (context, change, reason) => {
    const outcome = await commands.execute({
      kind: rateChangeKind,
      streamId: rateChangeStreamId(context.tenantId, change.rateChangeId),
      context,
      reason,
      decide: (recorded) => decideApply(change, recorded),
    });
    if (outcome.kind === 'accepted') return { position: outcome.position };
    return { refused: outcome.kind === 'refused' ? outcome.code : outcome.kind };
  },
  isApplied: async (tenantId, rateChangeId) => {
    await commands.catchUp();
    return (await commands.state(rateChangeKind, rateChangeStreamId(tenantId, rateChangeId))).state.applied;
  },
});
