import { z } from 'zod';
import {
  activity,
  date,
  entrySeconds,
  externalRef,
  id,
  note,
  ratePerHour,
  reason,
  role,
  timeEntry,
} from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, page, provenance, receipt, shownMoney, timeAxes } from '../values.ts';
import { ids, rub } from './examples.ts';

const entryFields = {
  specialistId: id,
  stageId: id.optional(),
  projectId: id
    .optional()
    .meta({ description: 'Instead of stageId when the stage is not known: the minutes count as unattributed' }),
  workDate: date,
  seconds: entrySeconds,
  activity: activity.default('production'),
  billable: z.boolean().optional().meta({ description: 'True when absent, unless the work is goodwill' }),
  goodwill: z.boolean().default(false).meta({ description: 'Done free of charge, on purpose' }),
  requestId: id.optional(),
  note: note.optional(),
  externalRef: externalRef.optional(),
};

const entryBody = z
  .strictObject(entryFields)
  .refine(({ stageId, projectId }) => (stageId === undefined) !== (projectId === undefined), {
    message: 'give either stageId or projectId',
    path: ['stageId'],
  })
  .refine(({ goodwill, billable }) => !(goodwill && billable === true), {
    message: 'goodwill is free of charge, so it is not billable',
    path: ['billable'],
  });

const logRefusals = {
  'specialist-not-found': 'There is no such specialist.',
  'specialist-deactivated': 'The specialist works no more on that day.',
  'stage-not-found': 'There is no such stage.',
  'project-not-found': 'There is no such project.',
  'request-not-found': 'There is no such client request.',
  'stage-not-started': 'The stage has not been started.',
  'stage-closed': 'The stage is closed; reopen it first.',
  'day-over-24-hours': 'The specialist’s day would have more than 24 hours.',
  'not-own-time': 'This credential may only write the time of its own specialist.',
};

const writers = ['time:write', 'time:write-own'] as const;

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

export const correctHours = command({
  operationId: 'correctHours',
  method: 'POST',
  path: '/v1/time-entries/:entryId/correction',
  tag: 'profitability',
  summary: 'Correct a logged entry; what it said before stays in the log',
  description:
    'Only the fields given change. The rate of the (new) work date applies, never today’s. The work date stays within its month: void the entry and log it anew to move it to another.',
  permission: 'time:write',
  params: { entryId: id },
  body: z
    .strictObject({
      stageId: id.optional(),
      workDate: date.optional(),
      seconds: entrySeconds.optional(),
      activity: activity.optional(),
      billable: z.boolean().optional(),
      goodwill: z.boolean().optional(),
      requestId: id.nullable().optional(),
      note: note.nullable().optional(),
      reason,
    })
    .refine((body) => Object.keys(body).length > 1, { message: 'name a field to correct', path: [] }),
  response: z.object({ entryId: id, before: timeEntry, after: timeEntry, ...receipt }),
  refusals: {
    'entry-not-found': 'There is no such entry.',
    'entry-voided': 'The entry has been voided.',
    'stage-not-found': logRefusals['stage-not-found'],
    'stage-not-started': logRefusals['stage-not-started'],
    'stage-closed': logRefusals['stage-closed'],
    'request-not-found': logRefusals['request-not-found'],
    'day-over-24-hours': logRefusals['day-over-24-hours'],
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
        };
        return { before, after: { ...before, seconds: 10_800 } };
      })(),
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
  body: z.strictObject({ reason }),
  response: z.object({ entryId: id, ...receipt }),
  refusals: {
    'entry-not-found': 'There is no such entry.',
    'entry-voided': 'The entry has been voided before.',
    'stage-closed': logRefusals['stage-closed'],
  },
  example: {
    params: { entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e' },
    body: { reason: 'Logged on the wrong client' },
    response: { entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e', revision: 9, position: 44 },
  },
});

export const listTimeEntries = question({
  operationId: 'listTimeEntries',
  path: '/v1/time-entries',
  tag: 'profitability',
  summary: 'Time entries with the rate version and the cost used',
  description:
    'By work date and id, the newest last. The costs of a stage’s entries add up to its labour cost: each is its share by running total, so the sum is never off by a rounding.',
  permission: 'time:read',
  query: {
    stageId: id.optional(),
    projectId: id.optional(),
    clientId: id.optional(),
    specialistId: id.optional(),
    requestId: id.optional(),
    from: date.optional().meta({ description: 'First work date' }),
    to: date.optional().meta({ description: 'Work date up to which, and not with which, entries are listed' }),
    knownAt: timeAxes.knownAt,
    ...page,
  },
  response: z.object({
    items: z.array(
      z.object({
        entryId: id,
        specialistId: id,
        role,
        stageId: id.nullable(),
        projectId: id,
        clientId: id,
        workDate: date,
        seconds: z.int(),
        activity,
        billable: z.boolean(),
        goodwill: z.boolean(),
        late: z.boolean().meta({ description: 'Reached the stage after it was closed' }),
        requestId: id.nullable(),
        note: note.nullable(),
        externalRef: externalRef.nullable(),
        importId: id.nullable(),
        rateId: id
          .nullable()
          .meta({ description: 'The rate version used; null when the work date has none, or hidden' }),
        ratePerHour: ratePerHour.nullable().meta({ description: 'Null when there is none, or hidden for this role' }),
        cost: shownMoney,
        costed: z.boolean(),
      }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    query: { stageId: ids.stageId, limit: '1' },
    response: {
      items: [
        {
          entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
          specialistId: 'anna',
          role: 'designer',
          ...ids,
          workDate: '2026-03-16',
          seconds: 12_600,
          activity: 'rework',
          billable: true,
          goodwill: false,
          late: false,
          requestId: null,
          note: null,
          externalRef: null,
          importId: null,
          rateId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
          ratePerHour: '2328.0000',
          cost: rub(814_800),
          costed: true,
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});
