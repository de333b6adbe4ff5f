import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { type LogHoursCommand, logHoursWish } from './log-hours.ts';

/** The context of one item of a bulk: its own key and fingerprint, so that a retry finds each item carried out. */
export const itemContext = (context: CommandContext, item: unknown, index: number): CommandContext => {
  const { expectedRevision: _, ...rest } = context;
  return {
    ...rest,
    commandKey: `${context.commandKey}#${index}`,
    fingerprint: derivedId(context.fingerprint, JSON.stringify(item)),
  };
};

/** Logs many entries; one outcome an item, in the order given. */
export const logHoursInBulk = async (
  commands: Commands,
  context: CommandContext,
  items: readonly LogHoursCommand[],
  { mode, dryRun }: { readonly mode: 'atomic' | 'best-effort'; readonly dryRun: boolean },
) => {
  const wishes = await Promise.all(
    items.map((item, index) => logHoursWish(commands, itemContext(context, item, index), item)),
  );
  return commands.executeAll(wishes, mode, { dryRun });
};
