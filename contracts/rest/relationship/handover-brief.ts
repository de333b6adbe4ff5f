import { z } from 'zod';
import { behaviour, channel, currency, date, id, name, requestScope, serviceType } from '../../events/index.ts';
import { language } from '../language.ts';
import { question } from '../operation.ts';
import { provenance, quality, ratio, revenueBasis, shownMoney, timeAxes } from '../values.ts';
import { handoverExample } from './handover-example.ts';

const person = z.object({
  specialistId: id,
  name,
  lastDay: date.nullable().meta({ description: 'Of work at the agency; null while no end is known' }),
});

const tenure = z.object({ managerId: id, name, from: date, to: date.nullable() });

const stage = z.object({
  stageId: id,
  name,
  serviceType: serviceType.nullable(),
  status: z.enum(['planned', 'started', 'closed']),
  dueOn: date.nullable(),
  startedOn: date.nullable(),
  closedOn: date.nullable(),
  overdue: z.boolean(),
  plannedSeconds: z.int(),
  seconds: z.int(),
  remainingSeconds: z.int(),
  contractRevenue: shownMoney,
  forecastMargin: ratio,
  standardMargin: ratio,
  headroom: shownMoney,
  outlook: z.enum(['above-standard', 'below-standard', 'losing-money']).nullable().meta({
    description: 'Where the forecast stands to the standard; null without a standard, or when nothing is charged',
  }),
  alerts: z
    .array(z.object({ threshold: ratio, raisedOn: date, acknowledged: z.boolean() }))
    .meta({ description: 'Budget thresholds that were crossed, also those that somebody before took note of' }),
  suppressed: z.boolean(),
});

const request = z.object({
  requestId: id,
  stageId: id.nullable(),
  askedBy: z.string(),
  askedOn: date,
  channel,
  words: z.string(),
  scope: requestScope.nullable(),
  contractClause: z.string().nullable(),
  behaviour: behaviour.nullable(),
  disputed: z.boolean(),
  loggedSeconds: z.int(),
});

const agreement = z.object({
  extraPaymentId: id,
  stageId: id,
  requestId: id.nullable(),
  state: z.enum(['proposed', 'agreed', 'declined', 'withdrawn']),
  amount: shownMoney,
  proposedOn: date,
  answeredOn: date.nullable(),
});

const clause = z.object({
  requestId: id,
  words: z.string(),
  scope: requestScope,
  contractClause: z.string().nullable(),
  rationale: z.string(),
  classifiedOn: date,
});

const dispute = z.object({
  disputeId: id,
  requestId: id,
  side: z.enum(['client', 'agency']),
  raisedBy: z.string(),
  words: z.string(),
  disputedOn: date,
  arbiterId: id.nullable(),
  ruledOn: date.nullable(),
  inFavourOf: z.enum(['client', 'agency', 'both']).nullable(),
  ruling: z.string().nullable(),
});

const share = ratio.meta({ description: 'Of the contacts of the window' });

const habits = z.object({
  window: z.object({ from: date, to: date }).meta({ description: 'Three months, `[from, to)`' }),
  contacts: z.int().min(0),
  seconds: z.int().min(0),
  inboundShare: share,
  unplannedShare: share,
  perWorkingDay: ratio.meta({ description: 'Unplanned inbound contacts a working day' }),
  byChannel: z.array(z.object({ channel, contacts: z.int(), seconds: z.int() })),
  usualWeekday: z.int().min(1).max(7).nullable().meta({ description: 'On which most come: 1 is Monday' }),
  usualHour: z.int().min(0).max(23).nullable().meta({ description: 'In which most come, in the agency’s time zone' }),
  lastContactOn: date.nullable(),
  sinceHandover: z.int().min(0).meta({ description: 'Contacts of the window under the manager of the day' }),
});

const promise = z.enum([
  'no-extras-for-free',
  'nothing-for-free-losing',
  'no-earlier-date',
  'payment-unanswered',
  'payment-declined',
  'disputed',
  'out-of-scope',
  'not-decided',
  'behaviour-decided',
]);

const handoverBrief = z
  .object({
    agencyName: name,
    projectId: id,
    name,
    serviceType: serviceType.nullable(),
    openedOn: date,
    client: z.object({ clientId: id, name, since: date }),
    manager: person,
    managedSince: date,
    backup: person.nullable(),
    managers: z.array(tenure).meta({ description: 'Everybody who managed the project, by date' }),
    relationship: z.object({
      segment: z.enum(['exit', 'reprice', 'reduce-contact', 'invest', 'maintain']).nullable(),
      insufficientData: z.boolean(),
    }),
    stages: z.array(stage),
    requests: z.array(request).meta({ description: 'Not done with, the oldest first' }),
    agreements: z.array(agreement).meta({ description: 'Extra payments, the newest first' }),
    scope: z
      .array(clause)
      .meta({ description: 'What was held to be within or beyond the agreement, the newest first' }),
    disputes: z.array(dispute).meta({ description: 'The newest first' }),
    habits,
    team: z.array(z.object({ ...person.shape, role: z.string(), seconds: z.int() })),
    clientPeople: z.array(z.object({ name: z.string(), times: z.int(), lastOn: date })),
    notToPromise: z.array(
      z.object({ code: promise, stageId: id.nullable(), requestId: id.nullable(), text: z.string() }),
    ),
    currency,
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true, unapprovedSeconds: true }),
    suppressed: z.boolean(),
    ...provenance,
  })
  .meta({ id: 'HandoverBrief' });

export const getHandoverBrief = question({
  operationId: 'getHandoverBrief',
  path: '/v1/projects/:projectId/handover-brief',
  tag: 'relationship',
  summary:
    'What a new manager of a project must know: stages, requests, agreements, disputes, habits, what not to promise',
  description:
    'Of the stages, open requests, extra payments and disputes of one project; habits of contact are the client’s. History stays as it is when a manager is replaced: this is what the next one starts from.',
  permission: 'figures:read',
  params: { projectId: id },
  query: { ...timeAxes, lang: language },
  response: handoverBrief,
  example: { params: { projectId: 'flora-site' }, query: { asOf: '2026-03-31' }, response: handoverExample },
});

export const getHandoverBriefPage = question({
  operationId: 'getHandoverBriefPage',
  path: '/v1/projects/:projectId/handover-brief.html',
  tag: 'relationship',
  summary: 'What a new manager of a project must know, on a page to print',
  description: 'The answer of getHandoverBrief as HTML that stands alone: no scripts, nothing loaded from elsewhere.',
  permission: 'figures:read',
  params: { projectId: id },
  query: { ...timeAxes, lang: language },
  produces: 'text/html',
  response: z.string().meta({ description: 'The page' }),
  example: {
    params: { projectId: 'flora-site' },
    query: { asOf: '2026-03-31', lang: 'ru' },
    response: '<!doctype html><html lang="ru"><head><meta charset="utf-8"></head><body>...</body></html>',
  },
});
