import type { RowReader } from '@headroom/projecting';
import type { Directory } from '../imports/index.ts';
import { clientTable, projectTable, specialistTable, stageTable } from './tables.ts';

/** The people, projects and stages that an import may name, as they are now. */
export const importDirectory = async (reader: RowReader, tenantId: string): Promise<Directory> => {
  const all = [tenantId];
  const specialists = await reader.where(specialistTable, 'byTenant', all);
  const clients = await reader.where(clientTable, 'byTenant', all);
  const projects = await reader.where(projectTable, 'byTenant', all);
  const stages = await reader.where(stageTable, 'byTenant', all);
  const clientNames = new Map(clients.map(({ clientId, name }) => [clientId, name]));
  return {
    specialists: specialists.map(({ specialistId: id, name, externalRef }) => ({ id, name, externalRef })),
    clients: clients.map(({ clientId: id, name }) => ({ id, name })),
    projects: projects.map(({ projectId: id, name, clientId, externalRef }) => ({
      id,
      name,
      clientId,
      clientName: clientNames.get(clientId) ?? clientId,
      externalRef,
    })),
    stages: stages.map(({ stageId: id, name, projectId, status, externalRef }) => ({
      id,
      name,
      projectId,
      status,
      externalRef,
    })),
  };
};
