import { z } from 'zod';
import { activity, expenseCategory, id, ratePerHour, role, specialistKind } from '../../events/index.ts';
import { language } from '../language.ts';
import { question } from '../operation.ts';
import { ratio, shownMoney, timeAxes } from '../values.ts';
import { closingExample, ids, rub } from './examples.ts';
import { closing } from './figures.ts';

const evidence = z.object({
  kind: z
    .enum(['time', 'overrun', 'expense'])
    .meta({ description: '`overrun`: production or management beyond the hours planned for the role' }),
  activity: activity.nullable(),
  role: role.nullable(),
  category: expenseCategory.nullable(),
  title: z.string(),
  seconds: z.int(),
  uncostedSeconds: z.int().meta({ description: 'Of these, seconds without a cost rate: they cost more than is known' }),
  cost: shownMoney,
  from: z.string().meta({ description: 'Date of the first entry' }),
  to: z.string().meta({ description: 'Date of the last entry' }),
  entries: z.array(id).meta({ description: 'Ids of the time entries or expenses behind it' }),
});

const outlook = z.object({ estimateAtCompletion: shownMoney, forecastMargin: ratio, headroom: shownMoney });

/** Why an option is possible, or is not. */
export const optionReason = z.enum([
  'keeps-standard',
  'below-standard',
  'makes-a-loss',
  'restores-standard',
  'not-needed',
  'cheaper',
  'not-cheaper',
  'nobody-else',
  'planned-stage',
  'new-stage',
]);

const option = z.object({
  option: z.enum(['absorb', 'extra-payment', 'delegate', 'defer']),
  possible: z.boolean(),
  reason: optionReason,
  explanation: z.string().meta({ description: 'The reason in words' }),
  cost: shownMoney.meta({ description: 'What the work costs us this way' }),
  payment: shownMoney.meta({ description: 'What the client pays for it; when deferred, in the later stage' }),
  forecastMargin: ratio.meta({ description: 'Of this stage, this way' }),
  marginChange: ratio.meta({ description: 'Against the forecast margin without the request' }),
  delegateTo: z
    .object({
      role,
      kind: specialistKind,
      people: z.int().meta({ description: 'How many people the rate is the mean of' }),
      ratePerHour: ratePerHour.nullable().meta({ description: 'Null for who may not see rates' }),
    })
    .nullable()
    .meta({ description: 'Who would do it, taking as long as the role asked for' }),
  intoStageId: id.nullable().meta({ description: 'The planned stage of the project that it would move into' }),
});

const sameOption = { delegateTo: null, intoStageId: null };

export const answerSmallRequest = question({
  operationId: 'answerSmallRequest',
  path: '/v1/stages/:stageId/small-request',
  tag: 'profitability',
  summary: '“Is such a trifle hard for you?”: what it does to the stage, with the evidence',
  description:
    '`fits` when the headroom covers the cost, `exceeds-standard` when the stage still makes no loss, `loses-money` otherwise. Surcharge `= (EAC + c - R (1 - m)) / (1 - m)`. The full price is what the hours sell for: at their bill rate where there is one, at `c / (1 - m)` otherwise. Delegating rests on the cheapest mean rate of a contractors’ or another employees’ role, for as many hours. For a role that may not see rates, and where one person’s rate stands behind the answer, all is judged by the planned cost of an hour instead (`judgedBy: plan`): otherwise the lengths at which the verdict turns would tell that rate.',
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
    lang: language,
    ...timeAxes,
  },
  response: z.object({
    stageId: id,
    verdict: z.enum(['fits', 'exceeds-standard', 'loses-money']),
    judgedBy: z.enum(['cost-rates', 'plan']).meta({
      description:
        '`plan`: by the planned cost of an hour or, where the plan would tell a rate, by what the planned hours may cost for the stage to keep its standard',
    }),
    seconds: z.int(),
    role,
    requestCost: shownMoney,
    standardMargin: ratio,
    headroom: z.object({
      money: shownMoney,
      seconds: z.int().nullable().meta({ description: 'The same in seconds of the role or specialist asked for' }),
    }),
    before: outlook,
    after: outlook,
    surcharge: shownMoney.meta({ description: 'The extra payment that keeps the standard; 0 when it fits' }),
    fullPrice: z.object({
      money: shownMoney,
      basis: z.enum(['bill-rate', 'cost-and-standard']),
    }),
    options: z.array(option),
    evidence: z.array(evidence).meta({ description: 'Work and money that the plan did not hold, the dearest first' }),
    language: z.enum(['en', 'ru']),
    internalText: z.string().meta({ description: 'For the team' }),
    clientText: z
      .string()
      .meta({ description: 'Can be sent to the client: hours and the notes of entries, no money and no rate' }),
    ...closing,
  }),
  refusals: {
    'no-standard': 'No standard margin is in force, so there is nothing to measure the request against.',
    'no-cost-rate': 'Nobody knows what an hour of this role or specialist costs.',
    'rate-hidden':
      'One person’s rate stands behind the answer, this role may not see rates, and the stage has no planned hours to judge by.',
    'stage-closed': 'The stage is closed; what is asked now belongs to another stage or to an extra payment.',
    'role-or-specialist': 'Give either role or specialistId.',
  },
  example: {
    params: { stageId: ids.stageId },
    query: { specialistId: 'anna', seconds: '7200' },
    response: {
      stageId: ids.stageId,
      verdict: 'exceeds-standard',
      judgedBy: 'cost-rates',
      seconds: 7_200,
      role: 'designer',
      requestCost: rub(465_600),
      standardMargin: '0.400000',
      headroom: { money: rub(-841_425), seconds: -13_011 },
      before: { estimateAtCompletion: rub(12_841_425), forecastMargin: '0.357929', headroom: rub(-841_425) },
      after: { estimateAtCompletion: rub(13_307_025), forecastMargin: '0.334649', headroom: rub(-1_307_025) },
      surcharge: rub(2_178_375),
      fullPrice: { money: rub(776_000), basis: 'cost-and-standard' },
      options: [
        {
          option: 'absorb',
          possible: true,
          reason: 'below-standard',
          explanation: 'The stage makes no loss, but falls below its standard.',
          cost: rub(465_600),
          payment: rub(0),
          forecastMargin: '0.334649',
          marginChange: '-0.023280',
          ...sameOption,
        },
        {
          option: 'extra-payment',
          possible: true,
          reason: 'restores-standard',
          explanation: 'With this payment the stage reaches its standard.',
          cost: rub(465_600),
          payment: rub(2_178_375),
          forecastMargin: '0.400000',
          marginChange: '0.042071',
          ...sameOption,
        },
        {
          option: 'delegate',
          possible: false,
          reason: 'not-cheaper',
          explanation: 'The cheapest others, managers of ours, cost no less.',
          cost: rub(563_250),
          payment: rub(0),
          forecastMargin: '0.329767',
          marginChange: '-0.028162',
          delegateTo: { role: 'manager', kind: 'employee', people: 1, ratePerHour: '2816.2500' },
          intoStageId: null,
        },
        {
          option: 'defer',
          possible: true,
          reason: 'new-stage',
          explanation: 'This stage stays as it is; a later stage, which has yet to be planned, takes the work.',
          cost: rub(465_600),
          payment: rub(776_000),
          forecastMargin: '0.357929',
          marginChange: '0.000000',
          ...sameOption,
        },
      ],
      evidence: [
        {
          kind: 'time',
          activity: 'travel',
          role: null,
          category: null,
          title: 'Meeting in Butovo',
          seconds: 14_400,
          uncostedSeconds: 0,
          cost: rub(1_126_500),
          from: '2026-03-12',
          to: '2026-03-12',
          entries: ['trip', 'meeting'],
        },
      ],
      language: 'en',
      internalText: 'It takes the stage below its standard, though not into a loss.',
      clientText: 'Within this stage the agreed effort is used up.',
      ...closingExample,
    },
  },
});
