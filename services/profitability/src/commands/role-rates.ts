import type { Commands } from '@headroom/commanding';
import { projectionNames } from '@headroom/contracts/questions';
import { Unavailable } from '@headroom/event-store';
import type { ReadModels } from '@headroom/projecting';
import type { RoleRates } from '../decisions/stage.ts';
import { roleRates } from '../read-models/directory.ts';

const WAIT_MS = 2_000;

/** The roles' rates on a day, from read models that have caught up with everything recorded until now. */
export const presentRoleRates = async (
  commands: Commands,
  readModels: ReadModels,
  tenantId: string,
  day: string,
): Promise<RoleRates> => {
  const projections = [projectionNames.profitability];
  if (!(await readModels.caughtUp(projections, await commands.head(), WAIT_MS))) {
    throw new Unavailable('the read models lag behind the log');
  }
  return readModels.live(projections, (reader) => roleRates(reader, tenantId, day));
};
