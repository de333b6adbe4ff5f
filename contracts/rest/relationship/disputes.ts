import { z } from 'zod';
import { channel, date, id, inFavourOf, name, note, positiveMoney, side, unsignedMoney } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';

const dispute = { disputeId: id, requestId: id, clientId: id, projectId: id, stageId: id.nullable() };
const linksExample = {
  disputeId: 'font-dispute',
  requestId: 'font-change',
  clientId: 'flora',
  projectId: 'flora-site',
  stageId: 'landing-design',
};

const notConfigured = 'The agency has not been configured yet, so its time zone is not known.';
const undisputed = {
  'agency-not-configured': notConfigured,
  'request-not-found': 'There is no such request.',
  'dispute-not-found': 'The request has no such dispute.',
  'dispute-ruled': 'The dispute has been ruled on already.',
  'before-dispute': 'Nothing can be done about a dispute before the day on which it was raised.',
} as const;

const arbiterOnTeam =
  'The arbiter belongs to the team: manages or has managed the project, stands in for its manager, has hours on it, or decided something about the request.';

export const disputeRequest = command({
  operationId: 'disputeRequest',
  method: 'POST',
  path: '/v1/requests/:requestId/disputes',
  tag: 'relationship',
  summary: 'Record that a request, its scope or its price is disputed',
  description:
    'A request has one open dispute at most. It stays open until an arbiter from outside the team has ruled.',
  permission: 'requests:write',
  status: 201,
  params: { requestId: id },
  body: z.strictObject({
    disputeId: id.optional().meta({ description: 'The caller’s own id; one is made when absent' }),
    side: side.default('client').meta({ description: 'Who raises it' }),
    raisedBy: name.meta({ examples: ['Vera Orlova'] }),
    channel,
    disputedOn: date.optional().meta({ description: 'Today when absent' }),
    words: note.meta({ examples: ['The brief asked for two fonts from the start'] }),
    reason: optionalReason,
  }),
  response: z.object({ ...dispute, side, raisedBy: name, channel, disputedOn: date, words: note, ...receipt }),
  refusals: {
    'agency-not-configured': notConfigured,
    'request-not-found': 'There is no such request.',
    'dispute-open': 'The request is disputed already; that dispute must be ruled on first.',
    'dispute-exists': 'The request had a dispute with this id before.',
    'before-request': 'A request cannot be disputed before the day on which it was made.',
  },
  example: {
    params: { requestId: 'font-change' },
    body: {
      disputeId: 'font-dispute',
      side: 'client',
      raisedBy: 'Vera Orlova',
      channel: 'email',
      disputedOn: '2026-03-27',
      words: 'The brief asked for two fonts from the start',
    },
    response: {
      ...linksExample,
      side: 'client',
      raisedBy: 'Vera Orlova',
      channel: 'email',
      disputedOn: '2026-03-27',
      words: 'The brief asked for two fonts from the start',
      revision: 2,
      position: 96,
    },
  },
});

const params = { requestId: id, disputeId: id };
const paramsExample = { requestId: 'font-change', disputeId: 'font-dispute' };

export const assignArbiter = command({
  operationId: 'assignArbiter',
  method: 'POST',
  path: '/v1/requests/:requestId/disputes/:disputeId/arbiter',
  tag: 'relationship',
  summary: 'Name who rules on a dispute: a specialist from outside the project’s team',
  description:
    'Neither a manager of the project, present or past, nor the backup, nor anybody with hours on the project, nor whose key classified the request, decided the behaviour, or proposed, agreed, declined or withdrew a payment for it.',
  permission: 'disputes:rule',
  params,
  body: z.strictObject({
    arbiterId: id.meta({ examples: ['clara'] }),
    assignedOn: date.optional().meta({ description: 'Today when absent' }),
    reason: optionalReason,
  }),
  response: z.object({ ...dispute, arbiterId: id, assignedOn: date, ...receipt }),
  refusals: {
    ...undisputed,
    'arbiter-not-found': 'There is no such specialist.',
    'arbiter-left': 'The specialist has left the agency.',
    'arbiter-on-team': arbiterOnTeam,
    'arbiter-already': 'This specialist is the arbiter already.',
  },
  example: {
    params: paramsExample,
    body: { arbiterId: 'clara', assignedOn: '2026-03-30' },
    response: { ...linksExample, arbiterId: 'clara', assignedOn: '2026-03-30', revision: 3, position: 97 },
  },
});

const wantedAdjustment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('write-off'), stageId: id, amount: positiveMoney }),
  z.strictObject({
    kind: z.literal('extra-payment'),
    stageId: id,
    amount: positiveMoney,
    estimatedCost: unsignedMoney.optional().meta({ description: 'What is still to be done for it; zero when absent' }),
  }),
  z.strictObject({ kind: z.literal('goodwill'), entryId: id }),
]);

const ruledAdjustment = z.object({
  adjustmentId: id,
  kind: z.enum(['write-off', 'extra-payment', 'goodwill']),
  outcome: z
    .enum(['posted', 'refused'])
    .meta({ description: 'Refused: something came in between since it was checked' }),
  ref: id.meta({ description: 'The write-off, the extra payment or the time entry' }),
  refusedWith: z.string().nullable(),
});

export const ruleOnDispute = command({
  operationId: 'ruleOnDispute',
  method: 'POST',
  path: '/v1/requests/:requestId/disputes/:disputeId/ruling',
  tag: 'relationship',
  summary: 'Record the arbiter’s ruling, and post what it orders',
  description:
    'Each adjustment is checked before the ruling is taken down, and posted as an event of its own afterwards: a write-off or an extra payment on a stage of the project, or a time entry that becomes goodwill. What a crash interrupts is posted when the command is repeated, or within a minute by any running process. With a key of a specialist only the arbiter may rule; a key of nobody in particular needs `disputes:rule`.',
  permission: ['disputes:rule', 'requests:write'],
  params,
  body: z.strictObject({
    inFavourOf,
    ruling: note.meta({ examples: ['The brief names a headline font and a text font: half of the work was owed'] }),
    ruledOn: date.optional().meta({ description: 'Today when absent' }),
    adjustments: z.array(wantedAdjustment).max(20).default([]),
    reason: optionalReason,
  }),
  response: z.object({
    ...dispute,
    arbiterId: id,
    ruledOn: date,
    inFavourOf,
    ruling: note,
    adjustments: z.array(ruledAdjustment),
    ...receipt,
  }),
  refusals: {
    ...undisputed,
    'arbiter-missing': 'Nobody has been named to rule on the dispute yet.',
    'not-the-arbiter':
      'Only the arbiter may rule, or a key of nobody in particular with the permission `disputes:rule`.',
    'arbiter-on-team': arbiterOnTeam,
    'adjustment-repeated': 'A ruling has one write-off a stage, and names a time entry once.',
    'adjustment-impossible': 'An adjustment could not be posted; `adjustment` counts from 0, `because` says why.',
  },
  example: {
    params: paramsExample,
    body: {
      inFavourOf: 'both',
      ruling: 'The brief names a headline font and a text font: half of the work was owed',
      ruledOn: '2026-04-02',
      adjustments: [{ kind: 'write-off', stageId: 'landing-design', amount: { minor: 500000, currency: 'RUB' } }],
    },
    response: {
      ...linksExample,
      arbiterId: 'clara',
      ruledOn: '2026-04-02',
      inFavourOf: 'both',
      ruling: 'The brief names a headline font and a text font: half of the work was owed',
      adjustments: [
        {
          adjustmentId: '5b8e7d64-3f0f-8f0e-9a6e-0d6e0c0a9b11',
          kind: 'write-off',
          outcome: 'posted',
          ref: '5b8e7d64-3f0f-8f0e-9a6e-0d6e0c0a9b11',
          refusedWith: null,
        },
      ],
      revision: 5,
      position: 100,
    },
  },
});
