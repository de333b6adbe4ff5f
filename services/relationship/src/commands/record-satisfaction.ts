import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideRecordSatisfaction, type RecordSatisfaction } from '../decisions/satisfaction.ts';
import { clientStreamId, satisfactionStreamId } from '../events/streams.ts';
import { clientKind, satisfactionKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';
import { agencyDay, namedProject } from './surroundings.ts';

export const recordSatisfaction = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<Omit<RecordSatisfaction, 'satisfactionId'> & { readonly satisfactionId?: string | undefined }>,
) => {
  const { tenantId, commandKey, now } = context;
  const satisfactionId = command.satisfactionId ?? derivedId('satisfaction', tenantId, commandKey);
  const [today, client, project] = await Promise.all([
    agencyDay(commands, tenantId, now),
    commands.state(clientKind, clientStreamId(tenantId, command.clientId)),
    namedProject(commands, tenantId, command.projectId),
  ]);
  const around = { today, client: client.state, project };
  return commands.execute({
    kind: satisfactionKind,
    streamId: satisfactionStreamId(tenantId, command.clientId),
    context,
    ...reasonOf(command),
    decide: (satisfaction) => decideRecordSatisfaction({ ...command, satisfactionId }, satisfaction, around),
  });
};
