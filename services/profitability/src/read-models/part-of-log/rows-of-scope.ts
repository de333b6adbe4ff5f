import type { RowReader } from '@headroom/projecting';
import { type ProjectRow, projectTable, type StageRow, stageTable } from '../tables.ts';
import type { Concern } from './narrow.ts';

/** A stage, some stages, a project with all its stages, or a client with all projects. */
export type Scope =
  | { readonly stageId: string }
  | { readonly stageIds: readonly string[] }
  | { readonly projectId: string }
  | { readonly clientId: string };

export interface Rows {
  readonly stages: readonly StageRow[];
  readonly projects: readonly ProjectRow[];
}

/** The rows of a scope as a reader sees them; undefined where there is no such thing. */
export const rowsOf = async (reader: RowReader, tenantId: string, scope: Scope): Promise<Rows | undefined> => {
  if ('stageId' in scope) {
    const stage = await reader.get(stageTable, tenantId, scope.stageId);
    return stage && { stages: [stage], projects: [] };
  }
  if ('stageIds' in scope) {
    const stages = await Promise.all(scope.stageIds.map((stageId) => reader.get(stageTable, tenantId, stageId)));
    return { stages: stages.filter((stage) => stage !== undefined), projects: [] };
  }
  if ('projectId' in scope) {
    const project = await reader.get(projectTable, tenantId, scope.projectId);
    const stages = await reader.where(stageTable, 'byProject', [tenantId, scope.projectId]);
    return project && { stages, projects: [project] };
  }
  const projects = await reader.where(projectTable, 'byClient', [tenantId, scope.clientId]);
  const stages = await reader.where(stageTable, 'byClient', [tenantId, scope.clientId]);
  return projects.length === 0 ? undefined : { stages, projects };
};

export const concernOf = ({ stages, projects }: Rows): Concern => ({
  stageIds: new Set(stages.map(({ stageId }) => stageId)),
  projectIds: new Set(projects.map(({ projectId }) => projectId)),
});
