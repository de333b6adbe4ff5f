import type { CommandContext, Commands } from '@headroom/commanding';
import { type DefineMetric, decideDefineMetric } from '../decisions/metric-definition.ts';
import { metricDefinitionStreamId } from '../events/streams.ts';
import { metricDefinitionKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';

export const defineMetric = (commands: Commands, context: CommandContext, command: Reasoned<DefineMetric>) =>
  commands.execute({
    kind: metricDefinitionKind,
    streamId: metricDefinitionStreamId(context.tenantId, command.metricId),
    context,
    ...reasonOf(command),
    decide: (definition) => decideDefineMetric(command, definition),
  });
