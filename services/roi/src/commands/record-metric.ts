import type { CommandContext, Commands } from '@headroom/commanding';
import { decideRecordMetric, type RecordMetric } from '../decisions/project-metrics.ts';
import { projectMetricsStreamId } from '../events/streams.ts';
import { projectMetricsKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';
import { aroundProject } from './surroundings.ts';

export const recordMetric = async (commands: Commands, context: CommandContext, command: Reasoned<RecordMetric>) => {
  const { tenantId, now } = context;
  const around = await aroundProject(commands, tenantId, command.projectId);
  return commands.execute({
    kind: projectMetricsKind,
    streamId: projectMetricsStreamId(tenantId, command.projectId),
    context,
    ...reasonOf(command),
    decide: () => decideRecordMetric(command, { ...around, now }),
  });
};
