import { z } from 'zod';
import { activity, expenseCategory, id, role } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, ratio, shownMoney, timeAxes } from '../values.ts';
import { closingExample, ids, provenanceExample, rub, stageExample, totalsExample } from './examples.ts';
import { clientProfitability, projectProfitability, stageProfitability } from './figures.ts';

const stageLine = {
  ...totalsExample,
  stageId: ids.stageId,
  projectId: ids.projectId,
  name: 'Landing design',
  status: 'started' as const,
};

export const getStageProfitability = question({
  operationId: 'getStageProfitability',
  path: '/v1/stages/:stageId/profitability',
  tag: 'profitability',
  summary: 'Does this stage earn money?',
  permission: 'figures:read',
  params: { stageId: id },
  query: timeAxes,
  response: stageProfitability,
  example: { params: { stageId: ids.stageId }, response: stageExample },
});

export const getProjectProfitability = question({
  operationId: 'getProjectProfitability',
  path: '/v1/projects/:projectId/profitability',
  tag: 'profitability',
  summary: 'Does this project earn money? Its stages, added',
  permission: 'figures:read',
  params: { projectId: id },
  query: timeAxes,
  response: projectProfitability,
  example: {
    params: { projectId: ids.projectId },
    response: {
      projectId: ids.projectId,
      clientId: ids.clientId,
      name: 'Landing page',
      ...totalsExample,
      stages: [stageLine],
      ...closingExample,
    },
  },
});

export const getClientProfitability = question({
  operationId: 'getClientProfitability',
  path: '/v1/clients/:clientId/profitability',
  tag: 'profitability',
  summary: 'Does this client earn us money? All stages of all projects, added',
  permission: 'figures:read',
  params: { clientId: id },
  query: timeAxes,
  response: clientProfitability,
  example: {
    params: { clientId: ids.clientId },
    response: { clientId: ids.clientId, ...totalsExample, stages: [stageLine], ...closingExample },
  },
});

const evidence = z.object({
  kind: z.enum(['time', 'expense']),
  activity: activity.nullable(),
  category: expenseCategory.nullable(),
  title: z.string(),
  seconds: z.int(),
  cost: shownMoney,
  entries: z.array(id).meta({ description: 'Ids of the time entries or expenses behind it' }),
});

export const answerSmallRequest = question({
  operationId: 'answerSmallRequest',
  path: '/v1/stages/:stageId/small-request',
  tag: 'profitability',
  summary: '“Is such a trifle hard for you?”: what it does to the stage, with the evidence',
  description:
    '`fits` when the headroom covers the cost, `exceeds-standard` when the stage still makes no loss, `loses-money` otherwise. Surcharge `= (EAC + c - R (1 - m)) / (1 - m)`.',
  permission: 'figures:read',
  params: { stageId: id },
  query: {
    role: role.optional().meta({ description: 'The role asked for, at the mean rate of its people' }),
    specialistId: id.optional().meta({ description: 'Instead of a role: this specialist' }),
    seconds: z.coerce
      .number()
      .int()
      .positive()
      .max(3_600_000)
      .meta({ examples: [7200] }),
    ...timeAxes,
  },
  response: z.object({
    stageId: id,
    verdict: z.enum(['fits', 'exceeds-standard', 'loses-money']),
    seconds: z.int(),
    requestCost: shownMoney,
    standardMargin: ratio,
    before: z.object({ estimateAtCompletion: shownMoney, forecastMargin: ratio, headroom: shownMoney }),
    after: z.object({ estimateAtCompletion: shownMoney, forecastMargin: ratio, headroom: shownMoney }),
    surcharge: shownMoney.meta({ description: 'The extra payment that keeps the standard; 0 when it fits' }),
    options: z.array(
      z.object({
        option: z.enum(['absorb', 'extra-payment']),
        forecastMargin: ratio,
        payment: shownMoney,
      }),
    ),
    evidence: z.array(evidence).meta({ description: 'Work that the plan did not hold, the dearest first' }),
    internalText: z.string(),
    clientText: z.string().meta({ description: 'Can be sent to the client: no cost, no rate' }),
    currency: z.string(),
    suppressed: z.boolean(),
    ...provenance,
  }),
  refusals: {
    'no-standard': 'No standard margin is in force, so there is nothing to measure the request against.',
    'no-cost-rate': 'Nobody knows what an hour of this role or specialist costs.',
    'stage-closed': 'The stage is closed; what is asked now belongs to another stage or to an extra payment.',
    'role-or-specialist': 'Give either role or specialistId.',
  },
  example: {
    params: { stageId: ids.stageId },
    query: { specialistId: 'anna', seconds: '7200' },
    response: {
      stageId: ids.stageId,
      verdict: 'exceeds-standard',
      seconds: 7_200,
      requestCost: rub(465_600),
      standardMargin: '0.400000',
      before: { estimateAtCompletion: rub(12_841_425), forecastMargin: '0.357929', headroom: rub(-841_425) },
      after: { estimateAtCompletion: rub(13_307_025), forecastMargin: '0.334649', headroom: rub(-1_307_025) },
      surcharge: rub(2_178_375),
      options: [
        { option: 'absorb', forecastMargin: '0.334649', payment: rub(0) },
        { option: 'extra-payment', forecastMargin: '0.400000', payment: rub(2_178_375) },
      ],
      evidence: [
        {
          kind: 'time',
          activity: 'travel',
          category: null,
          title: 'Meeting in Butovo',
          seconds: 14_400,
          cost: rub(1_126_500),
          entries: ['trip', 'meeting'],
        },
      ],
      internalText: 'The stage already lies below its standard.',
      clientText: 'Within this stage the agreed effort is used up.',
      currency: 'RUB',
      suppressed: false,
      ...provenanceExample,
    },
  },
});
