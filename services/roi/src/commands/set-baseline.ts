import type { CommandContext, Commands } from '@headroom/commanding';
import { decideSetBaseline, type SetBaseline } from '../decisions/project-metrics.ts';
import { projectMetricsStreamId } from '../events/streams.ts';
import { projectMetricsKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';
import { aroundProject } from './surroundings.ts';

export const setBaseline = async (commands: Commands, context: CommandContext, command: Reasoned<SetBaseline>) => {
  const { tenantId } = context;
  const around = await aroundProject(commands, tenantId, command.projectId);
  return commands.execute({
    kind: projectMetricsKind,
    streamId: projectMetricsStreamId(tenantId, command.projectId),
    context,
    ...reasonOf(command),
    decide: () => decideSetBaseline(command, around),
  });
};
