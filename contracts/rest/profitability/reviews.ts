import { z } from 'zod';
import { currency, date, id, month, name, serviceType } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { optionalReason, provenance, quality, ratio, receipt, revenueBasis, shownMoney, timeAxes } from '../values.ts';
import { reviewExample } from './review-examples.ts';

const reviewStages = z.int().min(0).meta({ description: 'n: stages closed in the month' });

const quartiles = {
  lowerQuartile: ratio,
  median: ratio.meta({
    description: 'Of the margins of the single stages, by type 7; stages without revenue left out',
  }),
  upperQuartile: ratio,
};

export const freezeMonthlyReview = command({
  operationId: 'freezeMonthlyReview',
  method: 'POST',
  path: '/v1/reviews/:month/freeze',
  tag: 'profitability',
  summary: 'Freeze the review of a month that is over: what its closed stages brought, as it is known now',
  description:
    'What comes later never changes the frozen figures: it shows as a restatement beside them. Figures hold everything dated up to the day of the freeze.',
  permission: 'reviews:write',
  status: 201,
  params: { month },
  body: z.strictObject({ reason: optionalReason }),
  response: z.object({
    month,
    stages: reviewStages,
    weightedMargin: ratio.meta({ description: 'sum(profit) / sum(revenue)' }),
    ...quartiles,
    frozenOn: date,
    figuresAt: provenance.knownAt,
    ...receipt,
  }),
  refusals: {
    'month-not-over': 'In the agency’s time zone the month is not over yet.',
    'already-frozen': 'The month was frozen before; what changed since shows as its restatement.',
    'agency-not-configured': 'The agency has not been configured yet.',
  },
  example: {
    params: { month: '2026-03' },
    body: {},
    response: {
      month: '2026-03',
      stages: 1,
      weightedMargin: '0.416514',
      lowerQuartile: '0.416514',
      median: '0.416514',
      upperQuartile: '0.416514',
      frozenOn: '2026-04-02',
      figuresAt: 128,
      revision: 0,
      position: 129,
    },
  },
});

const baseline = {
  revenue: shownMoney,
  cost: shownMoney,
  profit: shownMoney,
  margin: ratio,
};
const deviation = {
  profit: shownMoney.meta({ description: 'Profit less the baseline’s' }),
  margin: ratio.meta({ description: 'Margin less the baseline’s' }),
};

const reviewFigures = z
  .object({
    stages: reviewStages,
    stagesWithoutMargin: z.int().min(0).meta({ description: 'Stages without revenue: they have no margin' }),
    revenue: shownMoney,
    cost: shownMoney,
    profit: shownMoney,
    weightedMargin: ratio.meta({ description: 'sum(profit) / sum(revenue)' }),
    ...quartiles,
    seconds: z.int().min(0),
    hits: z
      .int()
      .min(0)
      .meta({ description: 'Stages that reached margin (less the tolerance) and profit of their baseline' }),
    baseline: z.object(baseline).meta({ description: 'Plans frozen at the start, with the agreed extra payments' }),
    deviation: z.object(deviation),
  })
  .meta({ id: 'ReviewFigures' });

const reviewLine = z.object({
  stageId: id,
  projectId: id,
  clientId: id,
  name,
  serviceType: serviceType.nullable(),
  closedOn: date,
  managers: z
    .array(z.object({ managerId: id, seconds: z.int().min(0) }))
    .meta({ description: 'Seconds worked under each, in the order in which they took over' }),
  revenue: shownMoney,
  cost: shownMoney,
  profit: shownMoney,
  margin: ratio,
  seconds: z.int().min(0),
  hit: z.boolean(),
  baseline: z.object(baseline),
  deviation: z.object(deviation),
});

const brief = z
  .object({ revenue: shownMoney, cost: shownMoney, profit: shownMoney, margin: ratio, seconds: z.int().min(0) })
  .nullable();

const movedStage = z.object({
  stageId: id,
  name,
  change: z.enum(['changed', 'joined', 'left']).meta({
    description:
      '`joined`: closed within the month by a later event; `left`: reopened, and open or closed in another month',
  }),
  reported: brief,
  restated: brief,
  difference: z.object({ revenue: shownMoney, cost: shownMoney, profit: shownMoney, seconds: z.int() }),
});

export const monthlyReview = z
  .object({
    month,
    serviceType: serviceType.nullable().meta({ description: 'The service type asked for; null for all' }),
    monthIsOver: z.boolean(),
    frozen: z
      .object({
        on: date,
        by: z.string().meta({ description: 'The credential that froze it' }),
        figuresAt: provenance.knownAt,
        formulaVersion: z.string(),
      })
      .nullable()
      .meta({ description: 'Null while the review has not been frozen: the figures are then provisional' }),
    figures: reviewFigures.meta({ description: 'As reported when frozen; provisional, as known now, before' }),
    stages: z.array(reviewLine).meta({ description: 'The stages behind the figures, by id' }),
    restatement: z
      .object({ figures: reviewFigures, moved: z.array(movedStage) })
      .nullable()
      .meta({ description: 'What the figures are by now, and which stages moved; null where nothing did' }),
    revenueBasis,
    currency,
    quality,
    suppressed: z.boolean(),
    ...provenance,
  })
  .meta({ id: 'MonthlyReview' });

export const getMonthlyReview = question({
  operationId: 'getMonthlyReview',
  path: '/v1/reviews/:month',
  tag: 'profitability',
  summary: 'All stages that were closed in a month: margins, quartiles, deviation from plan',
  description:
    'The weighted margin is sum(profit) / sum(revenue), never a mean of percentages. After the freeze the reported figures stay; late corrections show in the restatement.',
  permission: 'figures:read',
  params: { month },
  query: { serviceType: serviceType.optional(), ...timeAxes },
  response: monthlyReview,
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: { params: { month: '2026-03' }, response: reviewExample },
});
