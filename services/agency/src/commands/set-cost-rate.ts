import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideSetCostRate, type SetCostRate } from '../decisions/specialist.ts';
import { agencyStreamId, specialistStreamId } from '../events/streams.ts';
import { agencyKind, specialistKind } from './kinds.ts';

/** The agency's currency and basis never change once chosen, so reading them before the append is safe. */
export const setCostRate = async (
  commands: Commands,
  context: CommandContext,
  command: Omit<SetCostRate, 'rateId'> & { readonly reason: string },
) => {
  const agency = await commands.state(agencyKind, agencyStreamId(context.tenantId));
  const rateId = derivedId('rate', context.tenantId, context.commandKey);
  return commands.execute({
    kind: specialistKind,
    streamId: specialistStreamId(context.tenantId, command.specialistId),
    context,
    reason: command.reason,
    decide: (specialist) => decideSetCostRate({ ...command, rateId }, specialist, agency.state),
  });
};
