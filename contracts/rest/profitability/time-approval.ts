import { z } from 'zod';
import { date, id, month, reason } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';
import { logRefusals, writers } from './time-rules.ts';

const params = { specialistId: id, month };

const entryIds = z
  .array(id)
  .min(1)
  .max(500)
  .optional()
  .meta({ description: 'These entries; an entry and the lines of its adjustments go together' });

const selection = {
  entryIds,
  from: date.optional().meta({ description: 'First work date, when no entries are named' }),
  to: date.optional().meta({ description: 'The day after the last work date, when no entries are named' }),
};

const eitherWay = (body: { readonly entryIds?: unknown; readonly from?: unknown; readonly to?: unknown }): boolean =>
  body.entryIds === undefined || (body.from === undefined && body.to === undefined);
const oneWay = { message: 'name entries or days, not both', path: ['entryIds'] };

const response = z.object({
  specialistId: id,
  month,
  entryIds: z.array(id).meta({ description: 'The entries and lines that the step was taken for' }),
  ...receipt,
});

const answer = (revision: number) => ({
  specialistId: 'anna',
  month: '2026-03',
  entryIds: ['5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e'],
  revision,
  position: 40 + revision,
});

const example = { specialistId: 'anna', month: '2026-03' };

export const submitHours = command({
  operationId: 'submitHours',
  method: 'POST',
  path: '/v1/specialists/:specialistId/timesheets/:month/submission',
  tag: 'profitability',
  summary: 'Submit a specialist’s hours of a month for approval',
  description:
    'All drafts of the month (and what was rejected), those of some of its days, or the entries named. A corrected entry is a draft again.',
  permission: writers,
  params,
  body: z.strictObject(selection).refine(eitherWay, oneWay),
  response,
  refusals: {
    'entry-not-found': 'The timesheet has no such entry; `entryId` names it.',
    'entry-not-a-draft': 'The entry was submitted or approved already; `entryId` names it.',
    'nothing-to-submit': 'None of these hours waits to be submitted.',
    'not-own-time': logRefusals['not-own-time'],
  },
  example: { params: example, body: {}, response: answer(10) },
});

const judgeRefusals = {
  'entry-not-found': 'The timesheet has no such entry; `entryId` names it.',
  'entry-not-submitted': 'The entry was not submitted, or was judged already; `entryId` names it.',
  'nothing-submitted': 'None of these hours was submitted.',
  'own-hours': 'Nobody approves or rejects their own hours.',
};

export const approveHours = command({
  operationId: 'approveHours',
  method: 'POST',
  path: '/v1/specialists/:specialistId/timesheets/:month/approval',
  tag: 'profitability',
  summary: 'Approve a specialist’s submitted hours of a month',
  description:
    'Where the agency asks for approvals, hours count in the figures once they are approved; until then they are counted as unapproved.',
  permission: 'time:approve',
  params,
  body: z.strictObject({ ...selection, reason: optionalReason }).refine(eitherWay, oneWay),
  response,
  refusals: judgeRefusals,
  example: { params: example, body: { from: '2026-03-01', to: '2026-03-16' }, response: answer(11) },
});

export const rejectHours = command({
  operationId: 'rejectHours',
  method: 'POST',
  path: '/v1/specialists/:specialistId/timesheets/:month/rejection',
  tag: 'profitability',
  summary: 'Reject a specialist’s submitted hours, or take an approval back',
  description: 'An approval is taken back only from entries that are named. The reason is shown with the entries.',
  permission: 'time:approve',
  params,
  body: z.strictObject({ ...selection, reason }).refine(eitherWay, oneWay),
  response,
  refusals: judgeRefusals,
  example: {
    params: example,
    body: { entryIds: ['5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e'], reason: 'The trip belongs to another client' },
    response: answer(12),
  },
});
