import { z } from 'zod';
import { date, entrySeconds, id } from '../../events/index.ts';
import { command } from '../operation.ts';
import { receipt } from '../values.ts';
import { ids } from './examples.ts';
import { entryBody, logRefusals, writers } from './time-rules.ts';

export const logHours = command({
  operationId: 'logHours',
  method: 'POST',
  path: '/v1/time-entries',
  tag: 'profitability',
  summary: 'Log hours of a specialist on a stage',
  description:
    'All time costs, billable or not. Hours that reach a stage while it is being closed are not lost: they land and are marked late.',
  permission: writers,
  status: 201,
  body: entryBody,
  response: z.object({
    entryId: id,
    specialistId: id,
    stageId: id.nullable(),
    projectId: id,
    workDate: date,
    seconds: entrySeconds,
    postedOn: date.nullable().meta({ description: 'The day that counts it, when its month is closed' }),
    ...receipt,
  }),
  refusals: logRefusals,
  example: {
    body: { specialistId: 'anna', stageId: ids.stageId, workDate: '2026-03-16', seconds: 12_600, activity: 'rework' },
    response: {
      entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      specialistId: 'anna',
      stageId: ids.stageId,
      projectId: ids.projectId,
      workDate: '2026-03-16',
      seconds: 12_600,
      postedOn: null,
      revision: 7,
      position: 41,
    },
  },
});

const bulkResult = z.object({
  index: z.int().min(0),
  outcome: z.enum(['accepted', 'replayed', 'refused', 'not-carried-out']),
  entryId: id.nullable(),
  code: z.string().nullable().meta({ description: 'Why it was refused' }),
  detail: z.string().nullable(),
});

export const logHoursInBulk = command({
  operationId: 'logHoursInBulk',
  method: 'POST',
  path: '/v1/time-entries/bulk',
  tag: 'profitability',
  summary: 'Log up to 500 entries at once',
  description:
    '`atomic`: all or none. `best-effort`: each on its own. A repeated call with the same key and body logs nothing twice. On EventStoreDB an atomic call must stay within one specialist and month.',
  permission: writers,
  body: z.strictObject({
    mode: z.enum(['atomic', 'best-effort']).default('best-effort'),
    dryRun: z.boolean().default(false),
    items: z.array(entryBody).min(1).max(500),
  }),
  response: z.object({
    mode: z.enum(['atomic', 'best-effort']),
    dryRun: z.boolean(),
    accepted: z.int(),
    refused: z.int(),
    results: z.array(bulkResult).meta({ description: 'One an item, in the order given' }),
    position: z.int().nullable(),
  }),
  refusals: {
    'atomic-needs-one-timesheet': 'This event store appends atomically within one specialist and month only.',
  },
  example: {
    body: {
      items: [{ specialistId: 'anna', stageId: ids.stageId, workDate: '2026-03-17', seconds: 28_800 }],
    },
    response: {
      mode: 'best-effort',
      dryRun: false,
      accepted: 1,
      refused: 0,
      results: [
        { index: 0, outcome: 'accepted', entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e', code: null, detail: null },
      ],
      position: 42,
    },
  },
});
