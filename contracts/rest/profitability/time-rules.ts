import { z } from 'zod';
import { activity, date, entrySeconds, externalRef, id, instant, note } from '../../events/index.ts';

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

export const entryBody = z
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

export const entryRefusals = {
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
