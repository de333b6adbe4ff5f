import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId, localDate } from '@headroom/kernel';
import {
  decideLinkEstimate,
  decideShareEstimate,
  type LinkRoiEstimate,
  type ShareRoiEstimate,
} from '../decisions/roi-estimate.ts';
import { clientStreamId, roiEstimateStreamId } from '../events/streams.ts';
import { clientKind, roiEstimateKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';
import { agencyOf, projectOf } from './surroundings.ts';

type Share = Reasoned<
  Omit<ShareRoiEstimate, 'estimateId' | 'sharedOn'> & {
    readonly estimateId?: string | undefined;
    readonly sharedOn?: string | undefined;
  }
>;

/** Records an estimate as it was shared; an id that the caller does not name is derived from the command's key. */
export const shareRoiEstimate = async (commands: Commands, context: CommandContext, command: Share) => {
  const { tenantId, commandKey, now } = context;
  const { clientId } = command;
  const estimateId = command.estimateId ?? derivedId('roi-estimate', tenantId, commandKey);
  const [agency, client] = await Promise.all([
    agencyOf(commands, tenantId),
    clientId === undefined ? undefined : commands.state(clientKind, clientStreamId(tenantId, clientId)),
  ]);
  const around = { agency, clientExists: client === undefined || client.state.data !== undefined };
  const sharedOn = command.sharedOn ?? localDate(now, agency?.timeZone ?? 'UTC');
  return commands.execute({
    kind: roiEstimateKind,
    streamId: roiEstimateStreamId(tenantId, estimateId),
    context,
    ...reasonOf(command),
    decide: (state) => decideShareEstimate({ ...command, estimateId, sharedOn }, state, around),
  });
};

/** Says which project an estimate was sold as. */
export const linkRoiEstimate = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<LinkRoiEstimate>,
) => {
  const { tenantId } = context;
  const project = await projectOf(commands, tenantId, command.projectId);
  return commands.execute({
    kind: roiEstimateKind,
    streamId: roiEstimateStreamId(tenantId, command.estimateId),
    context,
    ...reasonOf(command),
    decide: (state) => decideLinkEstimate(command, state, project),
  });
};
