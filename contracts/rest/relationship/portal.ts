import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import {
  activity,
  channel,
  date,
  id,
  inFavourOf,
  instant,
  name,
  note,
  requestResult,
  requestScope,
  role,
  side,
} from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, shownMoney, timeAxes } from '../values.ts';

/*
 * What a client sees of its own projects, with a key of the role `client` that names the client (and perhaps one
 * project). Neither rates nor costs, nor margins, nor what the agency says among itself.
 */

const knownAt = provenance.knownAt;

export const listPortalProjects = question({
  operationId: 'listPortalProjects',
  path: '/v1/portal/projects',
  tag: 'relationship',
  summary: 'Client portal: the projects that the key may look at',
  permission: 'portal:read',
  query: { ...page },
  response: z.object({
    items: z.array(z.object({ projectId: id, name, openedOn: date })),
    nextCursor,
    knownAt,
  }),
  example: {
    response: {
      items: [{ projectId: 'flora-site', name: 'Flora: site', openedOn: '2026-02-20' }],
      nextCursor: null,
      knownAt: 128,
    },
  },
});

export const listPortalHours = question({
  operationId: 'listPortalHours',
  path: '/v1/portal/hours',
  tag: 'relationship',
  summary: 'Client portal: hours worked on the client’s projects, by day',
  description:
    'Where the agency asks for approvals only hours that were approved. Without rates, names and notes. A line with seconds below zero sets right what was told for a closed month.',
  permission: 'portal:read',
  query: {
    projectId: id.optional(),
    requestId: id.optional(),
    from: date.optional().meta({ description: 'Worked on this day or later' }),
    to: date.optional().meta({ description: 'Worked before this day' }),
    ...page,
  },
  response: z.object({
    items: z.array(
      z.object({
        entryId: id,
        projectId: id,
        stageId: id.nullable(),
        requestId: id.nullable(),
        role,
        workDate: date,
        seconds: z.int(),
        activity,
        goodwill: z.boolean().meta({ description: 'Done free of charge' }),
      }),
    ),
    nextCursor,
    knownAt,
  }),
  example: {
    query: { projectId: 'flora-site', from: '2026-03-01' },
    response: {
      items: [
        {
          entryId: 'entry-81',
          projectId: 'flora-site',
          stageId: 'landing-design',
          requestId: 'font-change',
          role: 'designer',
          workDate: '2026-03-24',
          seconds: 7200,
          activity: 'production',
          goodwill: false,
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});

const portalPayment = z.object({
  extraPaymentId: id,
  requestId: id.nullable(),
  stageId: id,
  projectId: id,
  status: z.enum(['proposed', 'agreed', 'declined', 'withdrawn']),
  proposed: shownMoney,
  agreed: shownMoney,
  proposedOn: date,
  answeredOn: date.nullable(),
  answeredBy: name.nullable(),
  ruled: z.boolean().meta({ description: 'Made due by the ruling on a dispute' }),
  evidence: z.array(
    z.object({
      kind: z.enum(['time-entry', 'request', 'interaction', 'expense', 'document']),
      ref: z.string(),
      on: derivedDate.nullable(),
      seconds: z.int().min(0).nullable(),
    }),
  ),
});

export const listPortalExtraPayments = question({
  operationId: 'listPortalExtraPayments',
  path: '/v1/portal/extra-payments',
  tag: 'relationship',
  summary: 'Client portal: extra payments proposed to the client, the newest first',
  permission: 'portal:read',
  query: {
    projectId: id.optional(),
    status: z.enum(['proposed', 'agreed', 'declined', 'withdrawn']).optional(),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({ items: z.array(portalPayment), nextCursor, knownAt }),
  example: {
    query: { status: 'proposed' },
    response: {
      items: [
        {
          extraPaymentId: 'font-change-extra',
          requestId: 'font-change',
          stageId: 'landing-design',
          projectId: 'flora-site',
          status: 'proposed',
          proposed: { minor: 1500000, currency: 'RUB' },
          agreed: null,
          proposedOn: '2026-03-23',
          answeredOn: null,
          answeredBy: null,
          ruled: false,
          evidence: [{ kind: 'time-entry', ref: 'entry-81', on: '2026-03-24', seconds: 7200 }],
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});

const portalRequest = {
  requestId: id,
  projectId: id,
  stageId: id.nullable(),
  askedBy: name,
  channel,
  askedAt: instant,
  askedOn: derivedDate,
  words: note,
  scope: requestScope.nullable(),
  result: requestResult.nullable(),
  completedOn: date.nullable(),
  disputed: z.boolean(),
};

const requestExample = {
  requestId: 'font-change',
  projectId: 'flora-site',
  stageId: 'landing-design',
  askedBy: 'Vera Orlova',
  channel: 'chat' as const,
  askedAt: '2026-03-20T08:05:00.000Z',
  askedOn: '2026-03-20',
  words: 'Could you also change the font?',
  scope: 'out-of-scope' as const,
  result: null,
  completedOn: null,
  disputed: false,
};

export const listPortalRequests = question({
  operationId: 'listPortalRequests',
  path: '/v1/portal/requests',
  tag: 'relationship',
  summary: 'Client portal: what the client asked for, the newest first',
  permission: 'portal:read',
  query: { projectId: id.optional(), status: z.enum(['open', 'completed']).optional(), ...page },
  response: z.object({ items: z.array(z.object(portalRequest)), nextCursor, knownAt }),
  example: { query: { status: 'open' }, response: { items: [requestExample], nextCursor: null, knownAt: 128 } },
});

const hours = z
  .object({ entryId: id, role, workDate: date, seconds: z.int(), activity, goodwill: z.boolean() })
  .meta({ id: 'PortalHours', description: 'What a time entry says to the client' });

const step = z.object({
  recordedAt: instant,
  event: z.enum([
    'registered',
    'classified',
    'hours-logged',
    'hours-corrected',
    'extra-payment-proposed',
    'extra-payment-agreed',
    'extra-payment-declined',
    'extra-payment-withdrawn',
    'completed',
    'disputed',
    'arbiter-assigned',
    'dispute-ruled',
    'adjustment-posted',
  ]),
  on: derivedDate.nullable().meta({ description: 'The day on which it holds, where it has one' }),
  scope: requestScope.optional(),
  contractClause: note.nullable().optional(),
  before: hours.optional(),
  after: hours.optional(),
  extraPaymentId: id.optional(),
  disputeId: id.optional(),
  amount: shownMoney.optional(),
  by: name.nullable().optional().meta({ description: 'Who said so, for the client' }),
  side: side.optional(),
  inFavourOf: inFavourOf.optional(),
  adjustment: z.enum(['write-off', 'extra-payment', 'goodwill']).optional(),
  result: requestResult.optional(),
  words: note.nullable().optional().meta({ description: 'Of the dispute, the ruling or the client’s answer' }),
});

export const getPortalTimeline = question({
  operationId: 'getPortalTimeline',
  path: '/v1/portal/requests/:requestId/timeline',
  tag: 'relationship',
  summary: 'Client portal: what came of a request, in the order in which it became known',
  description:
    'Scope, approved hours, extra payments, disputes, rulings and completion. Neither who of the agency recorded it nor why, nor how the agency decided to behave. A page may hold fewer steps than its limit.',
  permission: 'portal:read',
  params: { requestId: id },
  query: { ...page, knownAt: timeAxes.knownAt },
  response: z.object({ ...portalRequest, items: z.array(step), nextCursor, knownAt }),
  example: {
    params: { requestId: 'font-change' },
    response: {
      ...requestExample,
      items: [
        { recordedAt: '2026-03-20T08:10:12.418Z', event: 'registered', on: null },
        {
          recordedAt: '2026-03-20T08:12:40.007Z',
          event: 'classified',
          on: '2026-03-20',
          scope: 'out-of-scope',
          contractClause: 'Annex 1, item 4',
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});
