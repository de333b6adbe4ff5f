import { z } from 'zod';
import { date, id, reason } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';
import { ids } from './examples.ts';
import { notFound, notStarted, stageParams } from './stage-meanings.ts';

export const closeStage = command({
  operationId: 'closeStage',
  method: 'POST',
  path: '/v1/stages/:stageId/close',
  tag: 'profitability',
  summary: 'Close a stage: it takes no more hours and has earned all of its revenue',
  permission: 'projects:write',
  params: stageParams,
  body: z.strictObject({ closedOn: date, reason: optionalReason }),
  response: z.object({ stageId: id, closedOn: date, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'stage-not-started': notStarted,
    'stage-closed': 'The stage is closed already.',
    'closed-before-start': 'A stage is not closed before the day on which it started, or was reopened.',
  },
  example: {
    params: { stageId: ids.stageId },
    body: { closedOn: '2026-03-31' },
    response: { stageId: ids.stageId, closedOn: '2026-03-31', revision: 5, position: 77 },
  },
});

export const reopenStage = command({
  operationId: 'reopenStage',
  method: 'POST',
  path: '/v1/stages/:stageId/reopen',
  tag: 'profitability',
  summary: 'Reopen a closed stage; the closing stays in its history',
  permission: 'projects:write',
  params: stageParams,
  body: z.strictObject({ reopenedOn: date, reason }),
  response: z.object({ stageId: id, reopenedOn: date, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'stage-not-closed': 'Only a closed stage is reopened.',
    'reopened-before-close': 'A stage is not reopened before the day on which it was closed.',
  },
  example: {
    params: { stageId: ids.stageId },
    body: { reopenedOn: '2026-04-02', reason: 'The client found a defect' },
    response: { stageId: ids.stageId, reopenedOn: '2026-04-02', revision: 6, position: 90 },
  },
});
