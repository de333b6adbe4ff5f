import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decidePropose, type ProposeStandard } from '../decisions/standard.ts';
import { standardStreamId } from '../events/streams.ts';
import { standardKind } from './kinds.ts';

export const proposeStandard = (
  commands: Commands,
  context: CommandContext,
  command: Omit<ProposeStandard, 'standardId' | 'proposedBy'> & { readonly standardId?: string | undefined },
) => {
  const standardId = command.standardId ?? derivedId('standard', context.tenantId, context.commandKey);
  return commands.execute({
    kind: standardKind,
    streamId: standardStreamId(context.tenantId, standardId),
    context,
    decide: (standard) => decidePropose({ ...command, standardId, proposedBy: context.actor }, standard),
  });
};
