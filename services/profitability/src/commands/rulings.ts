import type { CommandContext, Outcome, Wish } from '@headroom/commanding';
import type { RulingCommands } from '@headroom/contracts/questions';
import type { DomainEvent } from '@headroom/kernel';
import { timeEntryTable } from '../read-models/tables.ts';
import { goodwillWish } from './correct-hours.ts';
import { type ReadingDeps, readPresent } from './role-rates.ts';
import { writeOffWish } from './write-off.ts';

const codeOf = <Event extends DomainEvent, Code extends string>(outcome: Outcome<Event, Code> | undefined) => {
  if (outcome?.kind === 'accepted') return undefined;
  return outcome?.kind === 'refused' ? outcome.code : (outcome?.kind ?? 'not-carried-out');
};

const carriedOut = async <State, Event extends DomainEvent, Code extends string>(
  { commands }: ReadingDeps,
  wish: Wish<State, Event, Code>,
  dryRun: boolean,
): Promise<string | undefined> =>
  dryRun
    ? codeOf((await commands.executeAll([wish], 'best-effort', { dryRun }))[0])
    : codeOf(await commands.execute(wish));

/** What rulings on disputes do to stages and hours. */
export const rulingCommands = (deps: ReadingDeps): RulingCommands<CommandContext> => ({
  writeOff: async (context, command, dryRun) => carriedOut(deps, await writeOffWish(deps, context, command), dryRun),

  markGoodwill: async (context, { entryId, projectId, reason }, dryRun) => {
    const entry = await readPresent(deps, (reader) => reader.get(timeEntryTable, context.tenantId, entryId));
    if (entry === undefined) return 'entry-not-found';
    if (entry.projectId !== projectId) return 'entry-of-another-project';
    const wish = await goodwillWish(deps, context, { entryId, reason });
    return wish === undefined ? 'entry-not-found' : carriedOut(deps, wish, dryRun);
  },
});
