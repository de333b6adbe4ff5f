import type { CommandContext } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import type { Stage } from '../decisions/stage.ts';
import { decideWriteOff, type WriteOff } from '../decisions/write-off.ts';
import { stageStreamId } from '../events/streams.ts';
import { revenueBeforeWriteOffs } from '../read-models/stage-revenue.ts';
import { stageKind } from './kinds.ts';
import { type ReadingDeps, readPresent } from './role-rates.ts';

type Command = Omit<WriteOff, 'writeOffId'> & {
  readonly stageId: string;
  readonly writeOffId?: string | undefined;
  readonly reason: string;
};

/** What a stage is to bring stands in the read models; what was written off before, in its stream. */
export const writeOffWish = async (deps: ReadingDeps, context: CommandContext, command: Command) => {
  const { tenantId, commandKey } = context;
  const writeOffId = command.writeOffId ?? derivedId('write-off', tenantId, commandKey);
  const revenueMinor = await readPresent(deps, (reader) =>
    revenueBeforeWriteOffs(reader, tenantId, command.stageId, command.writtenOffOn),
  );
  return {
    kind: stageKind,
    streamId: stageStreamId(tenantId, command.stageId),
    context,
    reason: command.reason,
    decide: (stage: Stage) => decideWriteOff({ ...command, writeOffId }, stage, revenueMinor),
  };
};

export const writeOff = async (deps: ReadingDeps, context: CommandContext, command: Command) =>
  deps.commands.execute(await writeOffWish(deps, context, command));
