import { z } from 'zod';
import {
  activity,
  date,
  entrySeconds,
  hoursAdjusted,
  id,
  instant,
  note,
  reason,
  timeEntry,
} from '../../events/index.ts';
import { command } from '../operation.ts';
import { receipt } from '../values.ts';
import { ids } from './examples.ts';
import { entryRefusals, logRefusals, posting, postingRefusals } from './time-rules.ts';

const adjustment = z
  .object({ adjustmentId: id, postedOn: date, lines: hoursAdjusted.schema.shape.lines })
  .nullable()
  .meta({ description: 'The lines that post the difference to an open month; null when the entry itself changed' });

const standingRefusals = {
  ...postingRefusals,
  'entry-adjusted': 'The entry was adjusted while its month was closed; only a further adjustment sets it right.',
};

export const correctHours = command({
  operationId: 'correctHours',
  method: 'POST',
  path: '/v1/time-entries/:entryId/correction',
  tag: 'profitability',
  summary: 'Correct a logged entry; what it said before stays in the log',
  description:
    'Only the fields given change. The rate of the (new) work date applies, never today’s. The work date stays within its month: void the entry and log it anew to move it to another. In a closed month the entry stays as it was reported; asked for an adjustment, the difference is posted to an open month, in lines that name the entry and have the rate of the day of the work. A corrected entry needs approval anew.',
  permission: 'time:write',
  params: { entryId: id },
  body: z
    .strictObject({
      stageId: id.optional(),
      workDate: date.optional(),
      seconds: entrySeconds.optional(),
      startedAt: instant.nullable().optional(),
      activity: activity.optional(),
      billable: z.boolean().optional(),
      goodwill: z.boolean().optional(),
      requestId: id.nullable().optional(),
      note: note.nullable().optional(),
      ...posting,
      reason,
    })
    .refine((body) => Object.keys(body).some((field) => field !== 'reason' && !(field in posting)), {
      message: 'name a field to correct',
      path: [],
    }),
  response: z.object({ entryId: id, before: timeEntry, after: timeEntry, adjustment, ...receipt }),
  refusals: {
    'entry-not-found': 'There is no such entry.',
    'entry-voided': 'The entry has been voided.',
    'stage-not-found': logRefusals['stage-not-found'],
    'stage-not-started': logRefusals['stage-not-started'],
    'stage-closed': logRefusals['stage-closed'],
    'request-not-found': logRefusals['request-not-found'],
    ...entryRefusals,
    ...standingRefusals,
    'other-month': 'The work date stays within its month; void the entry and log it anew.',
    'goodwill-billable': 'Goodwill is free of charge, so it is not billable.',
    'nothing-changed': 'The entry says this already.',
  },
  example: {
    params: { entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e' },
    body: { seconds: 10_800, reason: 'The break was counted as work' },
    response: {
      entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      ...(() => {
        const before = {
          entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
          specialistId: 'anna',
          role: 'designer',
          ...ids,
          workDate: '2026-03-16',
          seconds: 12_600,
          activity: 'rework' as const,
          billable: true,
          goodwill: false,
          requestId: null,
          note: null,
          externalRef: null,
          importId: null,
          startedAt: null,
          timerId: null,
          postedOn: null,
        };
        return { before, after: { ...before, seconds: 10_800 } };
      })(),
      adjustment: null,
      revision: 8,
      position: 43,
    },
  },
});

export const voidHours = command({
  operationId: 'voidHours',
  method: 'POST',
  path: '/v1/time-entries/:entryId/void',
  tag: 'profitability',
  summary: 'Void a logged entry; it stays in the log and leaves the figures',
  permission: 'time:write',
  params: { entryId: id },
  body: z.strictObject({ ...posting, reason }),
  response: z.object({ entryId: id, adjustment, ...receipt }),
  refusals: {
    'entry-not-found': 'There is no such entry.',
    'entry-voided': 'The entry has been voided before.',
    'stage-closed': logRefusals['stage-closed'],
    ...standingRefusals,
  },
  example: {
    params: { entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e' },
    body: { reason: 'Logged on the wrong client' },
    response: { entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e', adjustment: null, revision: 9, position: 44 },
  },
});
