import type { TeamTie } from '../../decisions/disputes/pending.ts';
import type { Request } from '../../decisions/requests/request.ts';
import { projectStreamId } from '../../events/streams.ts';
import { decidersOf } from '../../read-models/disputes/deciders.ts';
import { projectKind } from '../kinds.ts';
import { type Deps, readPresent } from '../read-present.ts';

/** How a specialist belongs to the team that a request is about, as far as anything recorded tells. */
export const teamTie = async (
  deps: Deps,
  tenantId: string,
  { registered }: Request,
  specialistId: string,
): Promise<TeamTie> => {
  if (registered === undefined) return undefined;
  const { requestId, projectId } = registered;
  const { commands, profitability, actorsOf } = deps;
  const project = await commands.state(projectKind, projectStreamId(tenantId, projectId));
  if (project.state.managers.has(specialistId)) return 'manager';
  const own = new Set(await actorsOf(tenantId, specialistId));
  return readPresent(deps, async (reader) => {
    if (await profitability.hasWorkedOn(reader, tenantId, projectId, specialistId)) return 'hours';
    if (own.size === 0) return undefined;
    const deciders = await decidersOf(reader, tenantId, requestId);
    return deciders.some((actor) => own.has(actor)) ? 'decision' : undefined;
  });
};
