import type { Commands } from '@headroom/commanding';
import { projectionNames } from '@headroom/contracts/questions';
import { Unavailable } from '@headroom/event-store';
import type { ReadModels, RowReader } from '@headroom/projecting';
import type { RoleRates } from '../decisions/stage.ts';
import { roleRates } from '../read-models/directory.ts';
import { rolePrices } from '../read-models/role-prices.ts';

export interface ReadingDeps {
  readonly commands: Commands;
  readonly readModels: ReadModels;
}

const WAIT_MS = 2_000;

/** Reads rows that have caught up with everything recorded until now. */
export const readPresent = async <T>(
  { commands, readModels }: ReadingDeps,
  question: (reader: RowReader) => Promise<T>,
): Promise<T> => {
  const projections = [projectionNames.profitability];
  if (!(await readModels.caughtUp(projections, await commands.head(), WAIT_MS))) {
    throw new Unavailable('the read models lag behind the log');
  }
  return readModels.live(projections, question);
};

export interface PlannedFor {
  readonly projectId: string;
  readonly clientId: string;
  readonly roles: readonly string[];
}

/** What an hour of the roles costs and is sold for on a day. */
export const presentRates = (
  deps: ReadingDeps,
  tenantId: string,
  day: string,
  planned: PlannedFor,
): Promise<{ readonly rates: RoleRates; readonly prices: RoleRates }> =>
  readPresent(deps, async (reader) => ({
    rates: await roleRates(reader, tenantId, day),
    prices: await rolePrices(reader, tenantId, day, planned),
  }));
