import { z } from 'zod';
import {
  billing,
  date,
  expenseCategory,
  externalRef,
  id,
  name,
  note,
  plannedWork,
  positiveMoney,
  reason,
  serviceType,
  unsignedMoney,
} from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, optionalReason, page, provenance, ratio, receipt, shownMoney } from '../values.ts';
import { ids, rub } from './examples.ts';
import { stageStatus } from './figures.ts';

const stageParams = { stageId: id };
const notFound = 'There is no such stage.';
const closedMeaning = 'The stage is closed; reopen it first.';
const notStarted = 'The stage has not been started.';
const otherCurrency = 'Fees, plans and estimates are in the agency’s currency.';

const work = z
  .array(plannedWork)
  .max(50)
  .refine((lines) => new Set(lines.map((line) => line.role)).size === lines.length, 'a role is named once')
  .meta({ examples: [[{ role: 'designer', seconds: 144_000 }]] });

export const openProject = command({
  operationId: 'openProject',
  method: 'POST',
  path: '/v1/projects',
  tag: 'profitability',
  summary: 'Open a project for a client',
  permission: 'projects:write',
  status: 201,
  body: z.strictObject({
    projectId: id.optional(),
    clientId: id,
    name,
    managerId: id.meta({ description: 'The specialist who manages the project' }),
    serviceType: serviceType.optional(),
    openedOn: date,
    externalRef: externalRef.optional(),
  }),
  response: z.object({ projectId: id, clientId: id, name, managerId: id, ...receipt }),
  refusals: {
    'project-exists': 'A project with this id was opened before.',
    'client-not-found': 'There is no such client.',
    'manager-not-found': 'There is no such specialist to manage the project.',
  },
  example: {
    body: {
      projectId: ids.projectId,
      clientId: ids.clientId,
      name: 'Landing page',
      managerId: 'boris',
      openedOn: '2026-03-01',
    },
    response: {
      projectId: ids.projectId,
      clientId: ids.clientId,
      name: 'Landing page',
      managerId: 'boris',
      revision: 0,
      position: 12,
    },
  },
});

export const planStage = command({
  operationId: 'planStage',
  method: 'POST',
  path: '/v1/stages',
  tag: 'profitability',
  summary: 'Plan a stage of a project: its fee, its work by role, its expenses',
  permission: 'projects:write',
  status: 201,
  body: z
    .strictObject({
      stageId: id.optional(),
      projectId: id,
      name,
      serviceType: serviceType.optional().meta({ description: 'The project’s when absent' }),
      billing: billing.refine(({ fee }) => fee.minor >= 0, {
        message: 'a fee is not negative',
        path: ['fee', 'minor'],
      }),
      plannedWork: work,
      plannedExpenses: unsignedMoney.optional(),
      startsOn: date.optional(),
      endsOn: date.optional(),
      externalRef: externalRef.optional(),
    })
    .refine(({ startsOn, endsOn }) => startsOn === undefined || endsOn === undefined || startsOn <= endsOn, {
      message: 'a stage does not end before it starts',
      path: ['endsOn'],
    }),
  response: z.object({ ...{ stageId: id, projectId: id, clientId: id }, name, ...receipt }),
  refusals: {
    'stage-exists': 'A stage with this id was planned before.',
    'project-not-found': 'There is no such project.',
    'currency-mismatch': otherCurrency,
    'agency-not-configured': 'The agency has not been configured yet.',
  },
  example: {
    body: {
      stageId: ids.stageId,
      projectId: ids.projectId,
      name: 'Landing design',
      billing: { kind: 'fixed', fee: rub(20_000_000) },
      plannedWork: [
        { role: 'designer', seconds: 144_000 },
        { role: 'manager', seconds: 21_600 },
      ],
    },
    response: { ...ids, name: 'Landing design', revision: 0, position: 13 },
  },
});

export const startStage = command({
  operationId: 'startStage',
  method: 'POST',
  path: '/v1/stages/:stageId/start',
  tag: 'profitability',
  summary: 'Start a stage; its plan becomes the baseline',
  description: 'The planned work is costed at the mean cost rate of each role’s people on the day of the start.',
  permission: 'projects:write',
  params: stageParams,
  body: z.strictObject({ startedOn: date, reason: optionalReason }),
  response: z.object({ stageId: id, startedOn: date, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'stage-already-started': 'The stage was started before.',
    'stage-closed': closedMeaning,
  },
  example: {
    params: { stageId: ids.stageId },
    body: { startedOn: '2026-03-02' },
    response: { stageId: ids.stageId, startedOn: '2026-03-02', revision: 1, position: 14 },
  },
});

export const reviseEstimate = command({
  operationId: 'reviseEstimate',
  method: 'POST',
  path: '/v1/stages/:stageId/estimate',
  tag: 'profitability',
  summary: 'Say what a stage still needs',
  description: 'Roles that are not named need nothing more.',
  permission: 'projects:write',
  status: 201,
  params: stageParams,
  body: z.strictObject({
    revisedOn: date,
    remainingWork: work,
    remainingExpenses: unsignedMoney.optional(),
    reason: optionalReason,
  }),
  response: z.object({ stageId: id, revisedOn: date, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'stage-not-started': notStarted,
    'stage-closed': closedMeaning,
    'currency-mismatch': otherCurrency,
  },
  example: {
    params: { stageId: ids.stageId },
    body: { revisedOn: '2026-03-27', remainingWork: [{ role: 'designer', seconds: 14_400 }] },
    response: { stageId: ids.stageId, revisedOn: '2026-03-27', revision: 3, position: 40 },
  },
});

export const closeStage = command({
  operationId: 'closeStage',
  method: 'POST',
  path: '/v1/stages/:stageId/close',
  tag: 'profitability',
  summary: 'Close a stage: it takes no more hours and has earned all of its revenue',
  permission: 'projects:write',
  params: stageParams,
  body: z.strictObject({ closedOn: date, reason: optionalReason }),
  response: z.object({ stageId: id, closedOn: date, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'stage-not-started': notStarted,
    'stage-closed': 'The stage is closed already.',
    'closed-before-start': 'A stage is not closed before the day on which it started.',
  },
  example: {
    params: { stageId: ids.stageId },
    body: { closedOn: '2026-03-31' },
    response: { stageId: ids.stageId, closedOn: '2026-03-31', revision: 5, position: 77 },
  },
});

export const reopenStage = command({
  operationId: 'reopenStage',
  method: 'POST',
  path: '/v1/stages/:stageId/reopen',
  tag: 'profitability',
  summary: 'Reopen a closed stage; the closing stays in its history',
  permission: 'projects:write',
  params: stageParams,
  body: z.strictObject({ reopenedOn: date, reason }),
  response: z.object({ stageId: id, reopenedOn: date, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'stage-not-closed': 'Only a closed stage is reopened.',
    'reopened-before-close': 'A stage is not reopened before the day on which it was closed.',
  },
  example: {
    params: { stageId: ids.stageId },
    body: { reopenedOn: '2026-04-02', reason: 'The client found a defect' },
    response: { stageId: ids.stageId, reopenedOn: '2026-04-02', revision: 6, position: 90 },
  },
});

export const recordExpense = command({
  operationId: 'recordExpense',
  method: 'POST',
  path: '/v1/stages/:stageId/expenses',
  tag: 'profitability',
  summary: 'Record money spent on a stage',
  description: 'An amount in a currency without an exchange rate on its day is left out of the figures and counted.',
  permission: 'expenses:write',
  status: 201,
  params: stageParams,
  body: z.strictObject({
    expenseId: id.optional(),
    category: expenseCategory,
    amount: positiveMoney,
    incurredOn: date,
    note: note.optional(),
    externalRef: externalRef.optional(),
    reason: optionalReason,
  }),
  response: z.object({ expenseId: id, stageId: id, category: expenseCategory, amount: positiveMoney, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'stage-closed': closedMeaning,
    'expense-exists': 'An expense with this id was recorded on the stage before.',
    'unknown-currency': 'The amount’s currency is not one of ISO 4217.',
  },
  example: {
    params: { stageId: ids.stageId },
    body: { category: 'travel', amount: rub(180_000), incurredOn: '2026-03-20', note: 'Taxi to Butovo' },
    response: {
      expenseId: '7b0c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      stageId: ids.stageId,
      category: 'travel',
      amount: rub(180_000),
      revision: 2,
      position: 35,
    },
  },
});

export const listProjects = question({
  operationId: 'listProjects',
  path: '/v1/projects',
  tag: 'profitability',
  summary: 'The projects, by id',
  permission: 'projects:read',
  query: { clientId: id.optional(), ...page },
  response: z.object({
    items: z.array(
      z.object({
        projectId: id,
        clientId: id,
        name,
        managerId: id,
        serviceType: serviceType.nullable(),
        openedOn: date,
      }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    query: { clientId: ids.clientId },
    response: {
      items: [
        {
          projectId: ids.projectId,
          clientId: ids.clientId,
          name: 'Landing page',
          managerId: 'boris',
          serviceType: null,
          openedOn: '2026-03-01',
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});

export const listStages = question({
  operationId: 'listStages',
  path: '/v1/stages',
  tag: 'profitability',
  summary: 'The stages, by id',
  permission: 'projects:read',
  query: { projectId: id.optional(), clientId: id.optional(), status: stageStatus.optional(), ...page },
  response: z.object({
    items: z.array(
      z.object({
        stageId: id,
        projectId: id,
        clientId: id,
        name,
        serviceType: serviceType.nullable(),
        status: stageStatus,
        startedOn: date.nullable(),
        closedOn: date.nullable(),
      }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    query: { status: 'started' },
    response: {
      items: [
        {
          ...ids,
          name: 'Landing design',
          serviceType: null,
          status: 'started',
          startedOn: '2026-03-02',
          closedOn: null,
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});

export const quoteService = question({
  operationId: 'quoteService',
  path: '/v1/clients/:clientId/quote',
  tag: 'profitability',
  summary: 'Price a new service for a client from that client’s own history',
  description:
    '`expected cost = planned cost x f`, `f = w f_c + (1 - w) f_a`, `w = n / (n + 3)`; `price = expected cost / (1 - m)`. A factor is actual by baseline seconds over stages closed in the last 24 months.',
  permission: 'figures:read',
  params: { clientId: id },
  query: {
    plannedCostMinor: z.coerce
      .number()
      .int()
      .min(0)
      .max(1_000_000_000_000)
      .meta({ examples: [10_000_000] }),
    serviceType: serviceType.optional(),
    asOf: date.optional(),
  },
  response: z.object({
    clientId: id,
    plannedCost: shownMoney,
    standardMargin: ratio,
    clientFactor: z.object({ factor: ratio, stages: z.int() }),
    agencyFactor: z.object({ factor: ratio, stages: z.int() }),
    weight: ratio.meta({ description: 'w, the weight of the client’s own history' }),
    factor: ratio,
    expectedCost: shownMoney,
    price: shownMoney,
    neutralPrice: shownMoney.meta({ description: 'The price with the agency’s factor alone' }),
    ...provenance,
  }),
  refusals: {
    'no-standard': 'No standard margin is in force on that day.',
    'agency-not-configured': 'The agency has not been configured yet.',
  },
  example: {
    params: { clientId: ids.clientId },
    query: { plannedCostMinor: '10000000' },
    response: {
      clientId: ids.clientId,
      plannedCost: rub(10_000_000),
      standardMargin: '0.400000',
      clientFactor: { factor: '1.400000', stages: 3 },
      agencyFactor: { factor: '1.100000', stages: 12 },
      weight: '0.500000',
      factor: '1.250000',
      expectedCost: rub(12_500_000),
      price: rub(20_833_333),
      neutralPrice: rub(18_333_333),
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
