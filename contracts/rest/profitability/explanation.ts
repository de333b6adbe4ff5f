import { z } from 'zod';
import {
  activity,
  baseline,
  billing,
  billRateScope,
  costedWork,
  currency,
  date,
  expenseCategory,
  id,
  name,
  plannedWork,
  ratePerHour,
  role,
  serviceType,
} from '../../events/index.ts';
import { eventReference, from, integer, rounding, sum } from '../explaining.ts';
import { question } from '../operation.ts';
import { provenance, quality, ratio, timeAxes } from '../values.ts';
import { ids, provenanceExample, rub } from './examples.ts';
import { explanationExample } from './explanation-example.ts';
import { stageStatus } from './figures.ts';

const money = z.object({ minor: z.int(), currency });
const dated = { id: z.string(), on: date, amount: money, from };
const rated = { ...dated, ratedOn: date.meta({ description: 'The day whose rate of exchange applies' }) };
const scopeKind = z.enum(billRateScope.options.map(({ shape }) => shape.kind.value));

const entry = z.object({
  entryId: id,
  specialistId: id,
  role,
  workDate: date.meta({ description: 'The day on which the figures count it' }),
  workedOn: date.meta({ description: 'The day of the work, whose rate applies' }),
  seconds: z.int(),
  activity,
  billable: z.boolean(),
  goodwill: z.boolean(),
  late: z.boolean(),
  approved: z.boolean(),
  counted: z.boolean().meta({ description: 'False for what nobody has approved, where that is asked for' }),
  rateId: z.string().nullable(),
  ratePerHour: ratePerHour.nullable(),
  exact: integer.meta({ description: 'seconds x rate: the numerator over the denominator of `labourCost`' }),
  cumulated: integer.meta({ description: 'The numerators of all entries up to this one, added' }),
  cumulatedMinor: z.int().meta({ description: 'That sum, rounded' }),
  shareMinor: z.int().meta({ description: 'By how much the rounded sum grew: shares add up to the labour cost' }),
  from,
});

const figures = z.object({
  contractRevenueMinor: z.int(),
  revenueMinor: z.int(),
  invoicedMinor: z.int(),
  paidMinor: z.int(),
  costMinor: z.int(),
  labourCostMinor: z.int(),
  expensesMinor: z.int(),
  profitMinor: z.int(),
  margin: ratio,
  estimateAtCompletionMinor: z.int(),
  forecastProfitMinor: z.int(),
  forecastMargin: ratio,
  planRevenueMinor: z.int(),
  planCostMinor: z.int(),
  headroomMinor: z.int().nullable(),
  seconds: z.int(),
});

const facts = z.object({
  projectId: id,
  clientId: id,
  serviceType: serviceType.nullable(),
  currency,
  asOf: date,
  plan: z.object({ billing, revenueMinor: z.int(), work: z.array(costedWork), expensesMinor: z.int(), from }),
  baseline: baseline.nullable(),
  lifecycle: z.array(z.object({ to: z.enum(['started', 'closed']), on: date, from })),
  estimates: z.array(z.object({ on: date, work: z.array(plannedWork), expensesMinor: z.int(), from })),
  extraPayments: z.array(z.object({ ...dated, estimatedCost: money })),
  expenses: z.array(z.object({ ...rated, category: expenseCategory })),
  writeOffs: z.array(z.object(dated)),
  invoiced: z.array(z.object(rated)),
  paid: z.array(z.object(rated)),
  entries: z.array(entry).meta({ description: 'In the order in which the labour cost is allocated' }),
  lastWorkDate: z.string().meta({ description: 'Of any entry the stage ever had; empty before the first' }),
  rates: z.array(z.object({ specialistId: id, rateId: z.string(), effectiveFrom: date, ratePerHour, from })),
  billRates: z.array(z.object({ scope: scopeKind, key: z.string(), effectiveFrom: date, ratePerHour, from })),
  exchangeRates: z.array(z.object({ currency, rate: z.string(), effectiveFrom: date, from })),
  standards: z.array(z.object({ margin: z.string(), effectiveFrom: date, serviceType: serviceType.nullable(), from })),
  approvalRequired: z.boolean(),
});

const WHO = 'Shows cost rates, so it is for those alone who may see them.';

export const explainStage = question({
  operationId: 'explainStage',
  path: '/v1/stages/:stageId/explanation',
  tag: 'profitability',
  summary: 'What exactly a stage’s figures are made of: facts, rates, roundings and events',
  description: `All that the figures depend on stands in \`facts\`: recomputed from them alone, by the published formulas, they are the same to the cent. ${WHO}`,
  permission: 'rates:read',
  params: { stageId: id },
  query: timeAxes,
  response: z.object({
    stageId: id,
    name,
    status: stageStatus,
    facts,
    roundings: z.array(rounding).meta({ description: 'Every place where an exact figure became money' }),
    sums: z.array(sum).meta({ description: 'How figures are put together from rounded ones' }),
    figures,
    quality,
    events: z.array(eventReference).meta({ description: 'The events that the facts come from, in log order' }),
    currency,
    ...provenance,
  }),
  example: { params: { stageId: ids.stageId }, response: explanationExample },
});

const line = z.object({ stageId: id, projectId: id, name, status: stageStatus, figures });

const level = {
  stages: z.array(line).meta({ description: 'Rounded stages; each is explained by `explainStage` on the same axes' }),
  sums: z.array(sum).meta({ description: 'Each figure of the level as the sum over its stages' }),
  margin: ratio,
  forecastMargin: ratio,
  currency,
  ...provenance,
};

const lineExample = {
  stageId: ids.stageId,
  projectId: ids.projectId,
  name: 'Landing design',
  status: 'started' as const,
  figures: explanationExample.figures,
};

const levelExample = {
  stages: [lineExample],
  sums: [{ of: 'cost', terms: [{ of: ids.stageId, minor: 11_910_225 }], minor: 11_910_225 }],
  margin: '0.357929',
  forecastMargin: '0.357929',
  currency: rub(0).currency,
  ...provenanceExample,
};

export const explainProject = question({
  operationId: 'explainProject',
  path: '/v1/projects/:projectId/explanation',
  tag: 'profitability',
  summary: 'What a project’s figures are made of: its stages, rounded, and added',
  description: WHO,
  permission: 'rates:read',
  params: { projectId: id },
  query: timeAxes,
  response: z.object({ projectId: id, ...level }),
  example: { params: { projectId: ids.projectId }, response: { projectId: ids.projectId, ...levelExample } },
});

export const explainClient = question({
  operationId: 'explainClient',
  path: '/v1/clients/:clientId/explanation',
  tag: 'profitability',
  summary: 'What a client’s figures are made of: all stages of all projects, rounded, and added',
  description: WHO,
  permission: 'rates:read',
  params: { clientId: id },
  query: timeAxes,
  response: z.object({ clientId: id, ...level }),
  example: { params: { clientId: ids.clientId }, response: { clientId: ids.clientId, ...levelExample } },
});
