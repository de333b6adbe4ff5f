import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import type { LogHoursCommand } from './log-hours.ts';
import { hoursWishes } from './log-many-hours.ts';

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
  const wishes = await hoursWishes(
    commands,
    context,
    items.map((command, index) => ({ context: itemContext(context, command, index), command })),
  );
  return commands.executeAll(wishes, mode, { dryRun });
};
