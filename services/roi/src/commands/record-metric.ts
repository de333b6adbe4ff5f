import type { CommandContext, Commands } from '@headroom/commanding';
import { decideRecordMetric, type RecordMetric } from '../decisions/project-metrics.ts';
import { projectMetricsStreamId } from '../events/streams.ts';
import { projectMetricsKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';
import { agencyOf, projectOf } from './surroundings.ts';

export const recordMetric = async (commands: Commands, context: CommandContext, command: Reasoned<RecordMetric>) => {
  const { tenantId, now } = context;
  const [agency, project] = await Promise.all([
    agencyOf(commands, tenantId),
    projectOf(commands, tenantId, command.projectId),
  ]);
  return commands.execute({
    kind: projectMetricsKind,
    streamId: projectMetricsStreamId(tenantId, command.projectId),
    context,
    ...reasonOf(command),
    decide: () => decideRecordMetric(command, { agency, project, now }),
  });
};
