import type { CommandContext, Commands } from '@headroom/commanding';
import { type AcknowledgeAlert, decideAcknowledge, decideThresholds } from '../decisions/alerts.ts';
import { stageStreamId } from '../events/streams.ts';
import { alertTable } from '../read-models/alerts/tables.ts';
import { stageKind } from './kinds.ts';
import { type ReadingDeps, readPresent } from './role-rates.ts';

export const setStageThresholds = (
  commands: Commands,
  context: CommandContext,
  command: {
    readonly stageId: string;
    readonly thresholds: readonly string[] | null;
    readonly reason?: string | undefined;
  },
) =>
  commands.execute({
    kind: stageKind,
    streamId: stageStreamId(context.tenantId, command.stageId),
    context,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    decide: (stage) => decideThresholds(command, stage),
  });

/** An alert is made by the read models, so they know its stage; undefined where there is no such alert. */
export const acknowledgeAlert = async (
  deps: ReadingDeps,
  context: CommandContext,
  command: Pick<AcknowledgeAlert, 'alertId' | 'note'>,
) => {
  const { tenantId } = context;
  const alert = await readPresent(deps, (reader) => reader.get(alertTable, tenantId, command.alertId));
  if (alert === undefined) return undefined;
  return deps.commands.execute({
    kind: stageKind,
    streamId: stageStreamId(tenantId, alert.stageId),
    context,
    decide: (stage) => decideAcknowledge({ ...command, threshold: alert.threshold }, stage),
  });
};
