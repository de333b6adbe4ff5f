import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import {
  costMeasureStarted,
  costMethod,
  currency,
  date,
  id,
  measureScope,
  note,
  unsignedMoney,
} from '../../events/index.ts';
import { command, question } from '../operation.ts';
import {
  nextCursor,
  optionalReason,
  page,
  provenance,
  quality,
  receipt,
  revenueBasis,
  shownMoney,
  timeAxes,
} from '../values.ts';

const started = costMeasureStarted.schema.shape;
const fewerCalls = {
  measureId: 'fewer-calls',
  method: 'reduce-contact' as const,
  scope: { kind: 'client' as const, clientId: 'flora' },
  startedOn: '2026-04-01',
  expectedMonthlySaving: { minor: 1200000, currency: 'RUB' },
  note: 'One call a week, on Tuesdays',
};

export const startCostMeasure = command({
  operationId: 'startCostMeasure',
  method: 'POST',
  path: '/v1/cost-measures',
  tag: 'relationship',
  summary: 'Record that a way to spend less, or to earn more with what is spent, is applied from a day on',
  description:
    '`reduce-contact`: communicate less often. `mirror-client`: turn to the client no more than it turns to us. `subcontract`: have others do what is not our speciality. `enforce-contract`: read the contract and be principled. `new-sale`: sell more to a client whose attention is paid for already.',
  permission: 'projects:write',
  status: 201,
  body: z.strictObject({
    measureId: id.optional().meta({ description: 'The caller’s own id; one is made when absent' }),
    method: costMethod,
    scope: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('agency') }),
        z.strictObject({ kind: z.literal('client'), clientId: id }),
        z.strictObject({ kind: z.literal('project'), projectId: id }),
      ])
      .meta({ description: 'Where it applies' }),
    startedOn: date.optional().meta({ description: 'The first day on which it applies; today when absent' }),
    expectedMonthlySaving: unsignedMoney
      .optional()
      .meta({ description: 'What it is expected to save or bring each month, in the agency’s currency' }),
    note: note.optional(),
    reason: optionalReason,
  }),
  response: z.object({ ...started, ...receipt }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.',
    'client-not-found': 'There is no such client.',
    'project-not-found': 'There is no such project.',
    'currency-mismatch': 'An expected saving is in the agency’s currency.',
    'cost-measure-exists': 'A cost measure with this id was started before.',
  },
  example: {
    body: fewerCalls,
    response: { ...fewerCalls, revision: 0, position: 140 },
  },
});

export const endCostMeasure = command({
  operationId: 'endCostMeasure',
  method: 'POST',
  path: '/v1/cost-measures/:measureId/end',
  tag: 'relationship',
  summary: 'Record the last day on which a cost measure applied',
  permission: 'projects:write',
  params: { measureId: id },
  body: z.strictObject({
    endedOn: date.optional().meta({ description: 'The last day on which it applied; today when absent' }),
    note: note.optional(),
    reason: optionalReason,
  }),
  response: z.object({ measureId: id, endedOn: date, note: note.nullable(), ...receipt }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet, so its time zone is not known.',
    'cost-measure-not-found': 'No such cost measure was started.',
    'cost-measure-ended': 'The cost measure has ended before.',
    'ends-before-start': 'A cost measure does not end before the day on which it began.',
  },
  example: {
    params: { measureId: 'fewer-calls' },
    body: { endedOn: '2026-06-30' },
    response: { measureId: 'fewer-calls', endedOn: '2026-06-30', note: null, revision: 1, position: 211 },
  },
});

const count = z.int().nullable().meta({ description: 'Null for a project: contacts are counted by client' });

const observed = z
  .object({
    from: derivedDate,
    to: derivedDate.meta({ description: 'The day behind the last one' }),
    revenue: shownMoney,
    cost: shownMoney,
    contactCost: shownMoney.meta({ description: 'Of communication and travel that is not billed' }),
    favourCost: shownMoney.meta({ description: 'Of rework and goodwill that is not billed' }),
    agreedExtraPayments: shownMoney,
    seconds: z.int(),
    contactSeconds: z.int(),
    favourSeconds: z.int(),
    unplannedContacts: count,
    inboundContacts: count,
    outboundContacts: count,
  })
  .meta({ id: 'ObservedWindow', description: 'What was earned and spent within a window, and on what' });

const effect = z.object({
  saving: shownMoney.meta({ description: 'Over the days since the start; below zero when it became worse' }),
  monthlySaving: shownMoney.meta({ description: 'The same for a month of 365 / 12 days' }),
  days: z.int().meta({ description: 'The length of both windows' }),
  formula: z.string(),
  before: observed,
  after: observed,
  tooEarly: z.boolean().meta({ description: 'Fewer than 28 days have passed: chance weighs more than the measure' }),
  missing: z.string().nullable().meta({ description: 'Why there is no saving to tell' }),
});

const status = z.enum(['planned', 'running', 'ended']);
const shownMeasure = z.object({
  ...started,
  scope: measureScope,
  status,
  endedOn: date.nullable(),
  endNote: note.nullable(),
  effect: effect.nullable().meta({ description: 'Null before the measure has begun' }),
  suppressed: z.boolean(),
});

const window = {
  revenue: { minor: 30000000, currency: 'RUB' },
  cost: { minor: 19000000, currency: 'RUB' },
  favourCost: { minor: 800000, currency: 'RUB' },
  agreedExtraPayments: { minor: 0, currency: 'RUB' },
  seconds: 720000,
  favourSeconds: 28800,
  inboundContacts: 60,
  outboundContacts: 20,
};

export const listCostMeasures = question({
  operationId: 'listCostMeasures',
  path: '/v1/cost-measures',
  tag: 'relationship',
  summary: 'Cost measures with what they have brought, the newest first',
  description:
    'The days since the start (up to the end, or to the day asked about) are compared with as many days before it. `reduce-contact`, `mirror-client`: unpaid contact cost before - after. `enforce-contract`: unpaid favours before - after, and extra payments agreed after - before. `subcontract`: (cost / revenue before - after) x revenue after. `new-sale`: (contact cost / revenue before - after) x revenue after. Money is for who may see rates: costs by kind of work would tell them.',
  permission: 'figures:read',
  query: {
    status: status.optional(),
    method: costMethod.optional(),
    clientId: id.optional().meta({ description: 'Measures for this client or one of its projects' }),
    ...page,
    ...timeAxes,
  },
  response: z.object({
    items: z.array(shownMeasure),
    nextCursor,
    currency,
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true }),
    ...provenance,
  }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    query: { asOf: '2026-06-30' },
    response: {
      items: [
        {
          ...fewerCalls,
          status: 'running',
          endedOn: null,
          endNote: null,
          effect: {
            saving: { minor: 3300000, currency: 'RUB' },
            monthlySaving: { minor: 1103022, currency: 'RUB' },
            days: 91,
            formula: 'unpaid contact cost before - after',
            before: {
              ...window,
              from: '2025-12-31',
              to: '2026-04-01',
              contactCost: { minor: 4500000, currency: 'RUB' },
              contactSeconds: 72000,
              unplannedContacts: 48,
            },
            after: {
              ...window,
              from: '2026-04-01',
              to: '2026-07-01',
              contactCost: { minor: 1200000, currency: 'RUB' },
              contactSeconds: 18000,
              unplannedContacts: 9,
            },
            tooEarly: false,
            missing: null,
          },
          suppressed: false,
        },
      ],
      nextCursor: null,
      currency: 'RUB',
      revenueBasis: 'earned',
      quality: { uncostedSeconds: 0 },
      asOf: '2026-06-30',
      knownAt: 205,
      formulaVersion: '2026.1',
    },
  },
});
