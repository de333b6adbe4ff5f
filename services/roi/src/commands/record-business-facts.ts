import type { CommandContext, Commands } from '@headroom/commanding';
import { decideRecordFacts, type RecordBusinessFacts } from '../decisions/business-facts.ts';
import { clientBusinessStreamId, clientStreamId } from '../events/streams.ts';
import { businessFactsKind, clientKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';
import { agencyOf } from './surroundings.ts';

export const recordBusinessFacts = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<RecordBusinessFacts>,
) => {
  const { tenantId } = context;
  const [agency, client] = await Promise.all([
    agencyOf(commands, tenantId),
    commands.state(clientKind, clientStreamId(tenantId, command.clientId)),
  ]);
  const around = { agency, clientExists: client.state.data !== undefined };
  return commands.execute({
    kind: businessFactsKind,
    streamId: clientBusinessStreamId(tenantId, command.clientId),
    context,
    ...reasonOf(command),
    decide: () => decideRecordFacts(command, around),
  });
};
