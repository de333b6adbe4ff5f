import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import type { ReadModels } from '@headroom/projecting';
import { decidePlan, type PlanStage } from '../decisions/plan-stage.ts';
import { agencyStreamId, projectStreamId, stageStreamId } from '../events/streams.ts';
import { agencyKind, projectKind, stageKind } from './kinds.ts';
import { presentRoleRates } from './role-rates.ts';

/** A plan is costed at the rates of its start, or of the day of planning where no start is planned. */
export const planStage = async (
  { commands, readModels }: { readonly commands: Commands; readonly readModels: ReadModels },
  context: CommandContext,
  command: Omit<PlanStage, 'stageId'> & { readonly stageId?: string | undefined },
) => {
  const { tenantId } = context;
  const stageId = command.stageId ?? derivedId('stage', tenantId, context.commandKey);
  const [agency, project, rates] = await Promise.all([
    commands.state(agencyKind, agencyStreamId(tenantId)),
    commands.state(projectKind, projectStreamId(tenantId, command.projectId)),
    presentRoleRates(commands, readModels, tenantId, command.startsOn ?? context.now.slice(0, 10)),
  ]);
  return commands.execute({
    kind: stageKind,
    streamId: stageStreamId(tenantId, stageId),
    context,
    decide: (stage) =>
      decidePlan({ ...command, stageId }, stage, { agency: agency.state, project: project.state, rates }),
  });
};
