import type { CommandContext, Commands } from '@headroom/commanding';
import { decideEndMeasure } from '../../decisions/cost-measures/measure.ts';
import { costMeasureStreamId } from '../../events/streams.ts';
import { costMeasureKind } from '../kinds.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay } from '../surroundings.ts';

export const endCostMeasure = async (
  commands: Commands,
  context: CommandContext,
  command: Reasoned<Parameters<typeof decideEndMeasure>[0]>,
) => {
  const { tenantId, now } = context;
  const today = await agencyDay(commands, tenantId, now);
  return commands.execute({
    kind: costMeasureKind,
    streamId: costMeasureStreamId(tenantId, command.measureId),
    context,
    ...reasonOf(command),
    decide: (measure) => decideEndMeasure(command, measure, today),
  });
};
