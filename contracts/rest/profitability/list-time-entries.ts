import { z } from 'zod';
import {
  activity,
  approvalStatus,
  date,
  externalRef,
  id,
  instant,
  note,
  ratePerHour,
  role,
} from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, shownMoney, timeAxes } from '../values.ts';
import { ids, rub } from './examples.ts';

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
