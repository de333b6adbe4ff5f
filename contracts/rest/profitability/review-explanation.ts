import { z } from 'zod';
import { currency, date, id, month, serviceType } from '../../events/index.ts';
import { closedStage } from '../../events/review.ts';
import { eventReference, explainedBy, fraction, from, sum } from '../explaining.ts';
import { question } from '../operation.ts';
import { provenance, quality, ratio, timeAxes } from '../values.ts';
import { kpiExplanationExample, reviewExplanationExample } from './review-explanation-examples.ts';

const basis = z.enum(['reported', 'current']);
const basisAsked = basis
  .optional()
  .meta({ description: 'The frozen figures, or those known now; reported when absent and the month is frozen' });

const judgedStage = closedStage.extend({
  from: from.meta({ description: 'Of the event that closed it' }),
  explanation: explainedBy.meta({ description: 'Gives revenue, cost, plan and seconds of the stage' }),
});

const frozen = z
  .object({ on: date, figuresAt: provenance.knownAt, from })
  .nullable()
  .meta({ description: 'When the figures were frozen; null where they are those known now' });

const margin = fraction.omit({ of: true });

const judgement = z.object({
  stageId: id,
  margin: margin.meta({ description: 'profit / revenue' }),
  baselineMargin: margin,
  atLeast: ratio.meta({ description: 'The baseline margin less the tolerance' }),
  profitMinor: z.int(),
  baselineProfitMinor: z.int(),
  marginReached: z.boolean().meta({ description: 'True as well where nothing was to be earned' }),
  profitReached: z.boolean(),
  hit: z.boolean().meta({ description: 'Both were reached' }),
});

const quartile = z.object({
  of: z.enum(['lowerQuartile', 'median', 'upperQuartile']),
  place: z
    .object({ numerator: z.int(), denominator: z.literal(4) })
    .meta({ description: '(n - 1) x k / 4 of the margins in their order, counted from 0' }),
  below: z.object({ stageId: id, margin: ratio }),
  above: z.object({ stageId: id, margin: ratio }),
  ratio: ratio.meta({ description: 'below + the fraction of the place x (above - below), halves away from zero' }),
});

const figures = z.object({
  stages: z.int(),
  stagesWithoutMargin: z.int(),
  revenueMinor: z.int(),
  costMinor: z.int(),
  profitMinor: z.int(),
  weightedMargin: ratio,
  lowerQuartile: ratio,
  median: ratio,
  upperQuartile: ratio,
  seconds: z.int(),
  hits: z.int(),
  baselineRevenueMinor: z.int(),
  baselineCostMinor: z.int(),
  baselineProfitMinor: z.int(),
  baselineMargin: ratio,
  profitDeviationMinor: z.int(),
  marginDeviation: ratio,
});

const WHO = 'Shows what single stages cost, so it is for those alone who may see cost rates.';

const refusals = {
  'agency-not-configured': 'The agency has not been configured yet.',
  'not-frozen': 'The month’s review has not been frozen, so nothing has been reported.',
} as const;

export const explainMonthlyReview = question({
  operationId: 'explainMonthlyReview',
  path: '/v1/reviews/:month/explanation',
  tag: 'profitability',
  summary: 'What a month’s review is made of: its stages, their order, the places of the quartiles, each verdict',
  description: `A stage belongs to the month in which it stands closed as of the day. Recomputed from \`facts\` alone the figures are the same; each stage is explained by \`explainStage\` at the moment that its address names. ${WHO}`,
  permission: 'rates:read',
  params: { month },
  query: { serviceType: serviceType.optional(), basis: basisAsked, ...timeAxes },
  response: z.object({
    month,
    serviceType: serviceType.nullable(),
    basis,
    facts: z.object({ tolerance: z.string(), frozen, stages: z.array(judgedStage) }),
    judgements: z.array(judgement).meta({ description: 'Whether each stage was a hit, by id' }),
    sums: z.array(sum).meta({ description: 'Each figure as the sum over the stages' }),
    ratios: z.array(fraction),
    quartiles: z.array(quartile).meta({ description: 'By type 7; empty where no stage has a margin' }),
    figures,
    quality,
    events: z.array(eventReference).meta({ description: 'That closed the stages, or froze the review; in log order' }),
    currency,
    ...provenance,
  }),
  refusals,
  example: { params: { month: '2026-03' }, response: reviewExplanationExample },
});

const tenure = z.object({ managerId: id, since: date, from });

const split = z.object({
  of: z.enum(['share', 'plannedProfit', 'actualProfit']),
  whole: z.int().meta({ description: 'Minor units; of the share a million' }),
  weightBefore: z.int().meta({ description: 'Seconds of those who managed before; equal weights where nobody worked' }),
  weightUpTo: z.int(),
  weightOfAll: z.int(),
  before: z.int().meta({ description: 'whole x weightBefore / weightOfAll, halves away from zero' }),
  upTo: z.int().meta({ description: 'whole x weightUpTo / weightOfAll, halves away from zero' }),
  part: z.int().meta({ description: 'upTo - before: the parts of all managers add up to the whole' }),
});

export const explainManagerKpi = question({
  operationId: 'explainManagerKpi',
  path: '/v1/reviews/:month/managers/:managerId/explanation',
  tag: 'profitability',
  summary: 'What a manager’s month is made of: stages, who managed them when, the split of each, each verdict',
  description: `A manager’s part of a stage goes by the seconds worked while it was theirs, by running total, so the parts of all managers add up to the stage. Recomputed from \`facts\` alone the figures are the same. ${WHO}`,
  permission: 'rates:read',
  params: { month, managerId: id },
  query: { basis: basisAsked, ...timeAxes },
  response: z.object({
    month,
    managerId: id,
    basis,
    facts: z.object({
      tolerance: z.string(),
      frozen,
      stages: z.array(
        judgedStage.extend({
          tenures: z.array(tenure).meta({ description: 'Who managed the project since when, as known at the moment' }),
        }),
      ),
    }),
    judgements: z.array(judgement),
    splits: z.array(z.object({ stageId: id, parts: z.array(split) })),
    sums: z.array(sum),
    ratios: z.array(fraction),
    figures: z.object({
      stages: z.int(),
      stagesClosed: ratio,
      hits: ratio,
      hitRate: ratio,
      plannedProfitMinor: z.int(),
      actualProfitMinor: z.int(),
      deviationMinor: z.int(),
    }),
    quality,
    events: z.array(eventReference),
    currency,
    ...provenance,
  }),
  refusals,
  example: { params: { month: '2026-03', managerId: 'boris' }, response: kpiExplanationExample },
});
