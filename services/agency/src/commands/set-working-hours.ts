import type { CommandContext, Commands } from '@headroom/commanding';
import { decideWorkingHours, type SetWorkingHours } from '../decisions/working-hours.ts';
import { agencyStreamId } from '../events/streams.ts';
import { agencyKind } from './kinds.ts';

export const setWorkingHours = (
  commands: Commands,
  context: CommandContext,
  command: SetWorkingHours & { readonly reason?: string | undefined },
) =>
  commands.execute({
    kind: agencyKind,
    streamId: agencyStreamId(context.tenantId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (agency) => decideWorkingHours(command, agency),
  });
