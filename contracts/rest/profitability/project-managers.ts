import { z } from 'zod';
import { date, id, reason } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';
import { ids } from './examples.ts';

const params = { projectId: id };
const projectNotFound = 'There is no such project.';
const nobody = 'There is no such specialist.';

export const replaceManager = command({
  operationId: 'replaceManager',
  method: 'POST',
  path: '/v1/projects/:projectId/manager',
  tag: 'profitability',
  summary: 'Hand a project over to another manager from a date on',
  description:
    'The date may lie in the past, but not before the last hand-over; on its very date the new hand-over corrects it. Each manager is measured by the share of the seconds worked under them.',
  permission: 'projects:write',
  params,
  body: z.strictObject({ managerId: id, effectiveFrom: date, reason }),
  response: z.object({ projectId: id, managerId: id, previousManagerId: id, effectiveFrom: date, ...receipt }),
  refusals: {
    'project-not-found': projectNotFound,
    'manager-not-found': nobody,
    'manager-leaves-before': 'The last day of this specialist lies before that date.',
    'manager-already': 'This specialist manages the project on that day already.',
    'before-last-handover': 'The project was opened or handed over on a later date; name that date or a later one.',
  },
  example: {
    params: { projectId: ids.projectId },
    body: { managerId: 'galina', effectiveFrom: '2026-03-16', reason: 'The client asked for somebody new' },
    response: {
      projectId: ids.projectId,
      managerId: 'galina',
      previousManagerId: 'boris',
      effectiveFrom: '2026-03-16',
      revision: 2,
      position: 52,
    },
  },
});

export const assignBackupManager = command({
  operationId: 'assignBackupManager',
  method: 'POST',
  path: '/v1/projects/:projectId/backup-manager',
  tag: 'profitability',
  summary: 'Name who would replace the manager of a project, so that the relationship can be reset',
  permission: 'projects:write',
  params,
  body: z.strictObject({
    backupManagerId: id.nullable().meta({ description: 'Null: nobody any more' }),
    effectiveFrom: date,
    reason: optionalReason,
  }),
  response: z.object({ projectId: id, backupManagerId: id.nullable(), effectiveFrom: date, ...receipt }),
  refusals: {
    'project-not-found': projectNotFound,
    'manager-not-found': nobody,
    'backup-leaves-before': 'The last day of this specialist lies before that date.',
    'backup-is-manager': 'Nobody is their own backup: this specialist manages the project on that day.',
    'before-last-assignment':
      'The project was opened or its backup named on a later date; name that date or a later one.',
  },
  example: {
    params: { projectId: ids.projectId },
    body: { backupManagerId: 'galina', effectiveFrom: '2026-03-02' },
    response: {
      projectId: ids.projectId,
      backupManagerId: 'galina',
      effectiveFrom: '2026-03-02',
      revision: 1,
      position: 51,
    },
  },
});
