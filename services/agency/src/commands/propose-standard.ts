import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decidePropose, type ProposeStandard } from '../decisions/propose-standard.ts';
import { reviewStreamId, standardStreamId } from '../events/streams.ts';
import { reviewKind, standardKind } from './kinds.ts';

/** A frozen review never changes, so reading it before the append is safe. */
export const proposeStandard = async (
  commands: Commands,
  context: CommandContext,
  command: Omit<ProposeStandard, 'standardId' | 'proposedBy'> & { readonly standardId?: string | undefined },
) => {
  const { tenantId, actor: proposedBy } = context;
  const standardId = command.standardId ?? derivedId('standard', tenantId, context.commandKey);
  const review =
    command.review === undefined
      ? { data: undefined }
      : (await commands.state(reviewKind, reviewStreamId(tenantId, command.review.month))).state;
  return commands.execute({
    kind: standardKind,
    streamId: standardStreamId(tenantId, standardId),
    context,
    decide: (standard) => decidePropose({ ...command, standardId, proposedBy }, standard, review),
  });
};
