import type { CommandContext, Commands } from '@headroom/commanding';
import { decideApprove } from '../decisions/standard.ts';
import { standardStreamId } from '../events/streams.ts';
import { standardKind } from './kinds.ts';

export const approveStandard = (
  commands: Commands,
  context: CommandContext,
  command: { readonly standardId: string; readonly reason?: string | undefined },
) =>
  commands.execute({
    kind: standardKind,
    streamId: standardStreamId(context.tenantId, command.standardId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (standard) => decideApprove({ approvedBy: context.actor }, standard),
  });
