import { z } from 'zod';
import { date, externalRef, id, name, serviceType } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, page, provenance, receipt, timeAxes } from '../values.ts';
import { ids } from './examples.ts';

export const openProject = command({
  operationId: 'openProject',
  method: 'POST',
  path: '/v1/projects',
  tag: 'profitability',
  summary: 'Open a project for a client',
  permission: 'projects:write',
  status: 201,
  body: z.strictObject({
    projectId: id.optional(),
    clientId: id,
    name,
    managerId: id.meta({ description: 'The specialist who manages the project' }),
    serviceType: serviceType.optional(),
    openedOn: date,
    externalRef: externalRef.optional(),
  }),
  response: z.object({ projectId: id, clientId: id, name, managerId: id, ...receipt }),
  refusals: {
    'project-exists': 'A project with this id was opened before.',
    'client-not-found': 'There is no such client.',
    'manager-not-found': 'There is no such specialist to manage the project.',
  },
  example: {
    body: {
      projectId: ids.projectId,
      clientId: ids.clientId,
      name: 'Landing page',
      managerId: 'boris',
      openedOn: '2026-03-01',
    },
    response: {
      projectId: ids.projectId,
      clientId: ids.clientId,
      name: 'Landing page',
      managerId: 'boris',
      revision: 0,
      position: 12,
    },
  },
});

export const listProjects = question({
  operationId: 'listProjects',
  path: '/v1/projects',
  tag: 'profitability',
  summary: 'The projects, by id',
  permission: 'projects:read',
  query: {
    clientId: id.optional(),
    asOf: timeAxes.asOf.meta({ description: 'The day whose manager and backup are told; today when absent' }),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({
    items: z.array(
      z.object({
        projectId: id,
        clientId: id,
        name,
        managerId: id.meta({ description: 'Who manages the project on that day' }),
        backupManagerId: id
          .nullable()
          .meta({ description: 'Who would replace the manager; null when nobody is named' }),
        serviceType: serviceType.nullable(),
        openedOn: date,
        managers: z
          .array(z.object({ managerId: id, from: date }))
          .meta({ description: 'All managers by the date they took over' }),
      }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    query: { clientId: ids.clientId },
    response: {
      items: [
        {
          projectId: ids.projectId,
          clientId: ids.clientId,
          name: 'Landing page',
          managerId: 'boris',
          backupManagerId: 'galina',
          serviceType: null,
          openedOn: '2026-03-01',
          managers: [{ managerId: 'boris', from: '2026-03-01' }],
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});
