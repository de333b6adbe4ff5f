import type { CommandContext, Commands } from '@headroom/commanding';
import { type DeactivateSpecialist, decideDeactivate } from '../decisions/specialist.ts';
import { specialistStreamId } from '../events/streams.ts';
import { specialistKind } from './kinds.ts';

export const deactivateSpecialist = (
  commands: Commands,
  context: CommandContext,
  command: DeactivateSpecialist & { readonly reason?: string | undefined },
) =>
  commands.execute({
    kind: specialistKind,
    streamId: specialistStreamId(context.tenantId, command.specialistId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (specialist) => decideDeactivate(command, specialist),
  });
