import type { Commands } from '@headroom/commanding';
import type { AgencyFacts, ProjectFacts } from '../decisions/surroundings.ts';
import { agencyStreamId, projectStreamId } from '../events/streams.ts';
import { agencyKind, projectKind } from './kinds.ts';

/** The agency; undefined as long as it is not configured. Its currency never changes. */
export const agencyOf = async (commands: Commands, tenantId: string): Promise<AgencyFacts | undefined> =>
  (await commands.state(agencyKind, agencyStreamId(tenantId))).state.data;

/** What the decisions on a project's metrics need to know of others. */
export const aroundProject = async (commands: Commands, tenantId: string, projectId: string) => {
  const [agency, project] = await Promise.all([agencyOf(commands, tenantId), projectOf(commands, tenantId, projectId)]);
  return { agency, project };
};

/** A project; undefined when there is no such one. Its client never changes. */
export const projectOf = async (
  commands: Commands,
  tenantId: string,
  projectId: string,
): Promise<ProjectFacts | undefined> =>
  (await commands.state(projectKind, projectStreamId(tenantId, projectId))).state.data;
