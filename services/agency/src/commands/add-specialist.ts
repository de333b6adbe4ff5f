import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { type AddSpecialist, decideAddSpecialist } from '../decisions/specialist.ts';
import { specialistStreamId } from '../events/streams.ts';
import { specialistKind } from './kinds.ts';

export const addSpecialist = (
  commands: Commands,
  context: CommandContext,
  command: Omit<AddSpecialist, 'specialistId'> & { readonly specialistId?: string | undefined },
) => {
  const specialistId = command.specialistId ?? derivedId('specialist', context.tenantId, context.commandKey);
  return commands.execute({
    kind: specialistKind,
    streamId: specialistStreamId(context.tenantId, specialistId),
    context,
    decide: (specialist) => decideAddSpecialist({ ...command, specialistId }, specialist),
  });
};
