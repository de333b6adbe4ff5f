import type { CommandContext, Commands, Wish } from '@headroom/commanding';
import type { Stage } from '../decisions/stage.ts';
import { decideClose, decideReopen, decideRevise, decideStart, type ReviseEstimate } from '../decisions/stage-life.ts';
import { type StageEvent, stageStreamId } from '../events/streams.ts';
import { stageKind } from './kinds.ts';
import { presentRates, type ReadingDeps } from './role-rates.ts';

interface OfStage {
  readonly stageId: string;
  readonly reason?: string | undefined;
}

const onStage = <Code extends string>(
  commands: Commands,
  context: CommandContext,
  { stageId, reason }: OfStage,
  decide: Wish<Stage, StageEvent, Code>['decide'],
) =>
  commands.execute({
    kind: stageKind,
    streamId: stageStreamId(context.tenantId, stageId),
    context,
    ...(reason === undefined ? {} : { reason }),
    decide,
  });

export const startStage = async (
  deps: ReadingDeps,
  context: CommandContext,
  command: OfStage & { readonly startedOn: string },
) => {
  const { tenantId } = context;
  const { state } = await deps.commands.state(stageKind, stageStreamId(tenantId, command.stageId));
  const rates = await presentRates(deps, tenantId, command.startedOn, {
    projectId: state.plan?.projectId ?? '',
    clientId: state.plan?.clientId ?? '',
    roles: state.plan?.plannedWork.map(({ role }) => role) ?? [],
  });
  return onStage(deps.commands, context, command, (stage) => decideStart(command, stage, rates));
};

export const reviseEstimate = (commands: Commands, context: CommandContext, command: OfStage & ReviseEstimate) =>
  onStage(commands, context, command, (stage) => decideRevise(command, stage));

export const closeStage = (
  commands: Commands,
  context: CommandContext,
  command: OfStage & { readonly closedOn: string },
) => onStage(commands, context, command, (stage) => decideClose(command, stage));

export const reopenStage = (
  commands: Commands,
  context: CommandContext,
  command: OfStage & { readonly reopenedOn: string },
) => onStage(commands, context, command, (stage) => decideReopen(command, stage));
