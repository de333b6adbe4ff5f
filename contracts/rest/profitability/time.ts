import { z } from 'zod';
import {
  activity,
  approvalStatus,
  date,
  entrySeconds,
  externalRef,
  hoursAdjusted,
  id,
  instant,
  note,
  ratePerHour,
  reason,
  role,
  timeEntry,
} from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, page, provenance, receipt, shownMoney, timeAxes } from '../values.ts';
import { ids, rub } from './examples.ts';

/** How to have hours of a closed month counted in an open one. */
export const posting = {
  adjustment: z
    .boolean()
    .optional()
    .meta({ description: 'Should the month be closed: post the difference to an open one instead of being refused' }),
  postOn: date.optional().meta({
    description: 'The day of an open month to post on; today, or the first open day after it, when absent',
  }),
};

const entryFields = {
  specialistId: id,
  stageId: id.optional(),
  projectId: id
    .optional()
    .meta({ description: 'Instead of stageId when the stage is not known: the minutes count as unattributed' }),
  workDate: date,
  seconds: entrySeconds,
  startedAt: instant.optional().meta({
    description:
      'When the work began, on its work date where the agency is; the span from then on is what the agency’s overlap rule looks at',
  }),
  activity: activity.default('production'),
  billable: z.boolean().optional().meta({ description: 'True when absent, unless the work is goodwill' }),
  goodwill: z.boolean().default(false).meta({ description: 'Done free of charge, on purpose' }),
  requestId: id.optional(),
  note: note.optional(),
  externalRef: externalRef.optional(),
  ...posting,
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

export const postingRefusals = {
  'period-closed': 'The month is closed; ask for an adjustment, which posts the difference to an open month.',
  'posted-before-work': 'A difference is posted on the day of the work or after it, never before.',
};

const entryRefusals = {
  'day-over-24-hours': 'The specialist’s day would have more than 24 hours.',
  'overlapping-entry': 'The specialist has another entry for some of these minutes; `overlaps` names it.',
  'started-on-other-day': 'The work began on another day, where the agency is, than its work date.',
};

export const destinationRefusals = {
  'stage-not-found': 'There is no such stage.',
  'project-not-found': 'There is no such project.',
  'request-not-found': 'There is no such client request.',
  'stage-not-started': 'The stage has not been started.',
  'stage-closed': 'The stage is closed; reopen it first.',
};

export const logRefusals = {
  'specialist-not-found': 'There is no such specialist.',
  'specialist-deactivated': 'The specialist works no more on that day.',
  ...destinationRefusals,
  ...entryRefusals,
  ...postingRefusals,
  'not-own-time': 'This credential may only write the time of its own specialist.',
};

export const writers = ['time:write', 'time:write-own'] as const;

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

export const listTimeEntries = question({
  operationId: 'listTimeEntries',
  path: '/v1/time-entries',
  tag: 'profitability',
  summary: 'Time entries with the rate version and the cost used',
  description:
    'By work date and id, the newest last. The costs of a stage’s entries add up to its labour cost: each is its share by running total, so the sum is never off by a rounding. Where the agency asks for approvals, what nobody approved has no cost. A specialist sees their own entries, without rates.',
  permission: ['time:read', 'time:write-own'],
  query: {
    stageId: id.optional(),
    projectId: id.optional(),
    clientId: id.optional(),
    specialistId: id.optional(),
    requestId: id.optional(),
    status: approvalStatus.optional(),
    adjusts: id.optional().meta({ description: 'Lines that post differences to this entry' }),
    from: date.optional().meta({ description: 'First day on which the figures count an entry' }),
    to: date.optional().meta({ description: 'Day up to which, and not with which, entries are listed' }),
    importId: id.optional().meta({ description: 'Entries that this import brought' }),
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
        postedOn: date
          .nullable()
          .meta({ description: 'The day that counts it, when the month of its work date no longer took it' }),
        seconds: z.int().meta({ description: 'Below zero in a line that takes seconds back' }),
        startedAt: instant.nullable(),
        activity,
        billable: z.boolean(),
        goodwill: z.boolean(),
        late: z.boolean().meta({ description: 'Came after its stage or its month was closed' }),
        requestId: id.nullable(),
        note: note.nullable(),
        externalRef: externalRef.nullable(),
        importId: id.nullable(),
        adjusts: id.nullable().meta({ description: 'The entry to which this line posts a difference' }),
        status: approvalStatus,
        rejection: z.string().nullable().meta({ description: 'Why it was rejected' }),
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
  refusals: { 'not-own-time': 'This credential may only see the time of its own specialist.' },
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
          postedOn: null,
          seconds: 12_600,
          startedAt: null,
          activity: 'rework',
          billable: true,
          goodwill: false,
          late: false,
          requestId: null,
          note: null,
          externalRef: null,
          importId: null,
          adjusts: null,
          status: 'approved',
          rejection: null,
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
