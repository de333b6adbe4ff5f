import type { CommandContext, Commands } from '@headroom/commanding';
import { type ProfitabilityQuestions, projectionNames, type RulingCommands } from '@headroom/contracts/questions';
import { Unavailable } from '@headroom/event-store';
import type { ReadModels, RowReader } from '@headroom/projecting';

/** What the commands stand on that look beyond their own streams. */
export interface Deps {
  readonly commands: Commands;
  readonly readModels: ReadModels;
  readonly profitability: ProfitabilityQuestions<RowReader>;
  readonly rulings: RulingCommands<CommandContext>;
  /** The actors that a specialist's credentials appear as in the log. */
  readonly actorsOf: (tenantId: string, specialistId: string) => Promise<readonly string[]>;
}

export type Reading = Pick<Deps, 'commands' | 'readModels'>;

const WAIT_MS = 2_000;
const BOTH = [projectionNames.relationship, projectionNames.profitability];

/** Reads rows that have caught up with everything recorded until now. Throws `Unavailable` when they lag behind. */
export const readPresent = async <T>(
  { commands, readModels }: Reading,
  question: (reader: RowReader) => Promise<T>,
): Promise<T> => {
  if (!(await readModels.caughtUp(BOTH, await commands.head(), WAIT_MS))) {
    throw new Unavailable('the read models lag behind the log');
  }
  return readModels.live(BOTH, question);
};
