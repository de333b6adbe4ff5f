import type { Commands } from '@headroom/commanding';
import type { ProjectFacts, StageFacts } from '../decisions/surroundings.ts';
import { dayOf } from '../decisions/surroundings.ts';
import { agencyStreamId, projectStreamId, stageStreamId } from '../events/streams.ts';
import { agencyKind, projectKind, stageKind } from './kinds.ts';

// What is read here before a decision never changes once it is there, so nothing can come in between.

/** The agency's day at an instant; undefined as long as the agency is not configured. */
export const agencyDay = async (commands: Commands, tenantId: string, instant: string): Promise<string | undefined> => {
  const agency = await commands.state(agencyKind, agencyStreamId(tenantId));
  return dayOf(instant, agency.state.data);
};

/** A project, when one is named and there is such a one. */
export const namedProject = async (
  commands: Commands,
  tenantId: string,
  projectId: string | undefined,
): Promise<ProjectFacts | undefined> => {
  if (projectId === undefined) return undefined;
  const project = await commands.state(projectKind, projectStreamId(tenantId, projectId));
  return project.state.data;
};

/** A stage, when one is named and there is such a one. */
export const namedStage = async (
  commands: Commands,
  tenantId: string,
  stageId: string | undefined,
): Promise<StageFacts | undefined> => {
  if (stageId === undefined) return undefined;
  const { data } = (await commands.state(stageKind, stageStreamId(tenantId, stageId))).state;
  return data && { projectId: data.projectId, clientId: data.clientId, currency: data.plannedRevenue.currency };
};
