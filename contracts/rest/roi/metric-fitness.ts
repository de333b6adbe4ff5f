import { z } from 'zod';
import { countedFigure, id, name, note } from '../../events/index.ts';
import { language } from '../language.ts';
import { command, question } from '../operation.ts';
import { optionalReason, provenance, receipt, timeAxes } from '../values.ts';

const fitness = z.enum(['suitable', 'bad-for-us', 'bad-for-client', 'unfit']).meta({
  description: 'bad-for-us: we do not control it; bad-for-client: it does not move the business; unfit: both',
});

export const defineMetric = command({
  operationId: 'defineMetric',
  method: 'PUT',
  path: '/v1/metrics/:metricId',
  tag: 'roi',
  summary: 'Say of a metric whether our work moves it, and whether the client’s business moves with it',
  description:
    'The figures that a month counts (`visitors`, `inquiries`, `calls`, `forms`, `sales`, `turnover`) are defined from the beginning; saying it anew replaces that.',
  permission: 'business:write',
  params: { metricId: id },
  body: z.strictObject({
    name,
    counts: countedFigure.optional().meta({ description: 'The figure of a month that this metric is' }),
    controllableByUs: z.boolean(),
    affectsBusiness: z.boolean(),
    rationale: note.optional(),
    reason: optionalReason,
  }),
  response: z.object({
    metricId: id,
    name,
    counts: countedFigure.nullable(),
    controllableByUs: z.boolean(),
    affectsBusiness: z.boolean(),
    rationale: note.nullable(),
    fitness,
    ...receipt,
  }),
  refusals: { 'nothing-changed': 'The metric is defined so already.' },
  example: {
    params: { metricId: 'forms' },
    body: { name: 'Filled-in forms', counts: 'forms', controllableByUs: true, affectsBusiness: true },
    response: {
      metricId: 'forms',
      name: 'Filled-in forms',
      counts: 'forms',
      controllableByUs: true,
      affectsBusiness: true,
      rationale: null,
      fitness: 'suitable',
      revision: 0,
      position: 98,
    },
  },
});

const judged = z.object({
  metricId: id,
  name: z.string(),
  counts: countedFigure.nullable(),
  controllableByUs: z.boolean(),
  affectsBusiness: z.boolean(),
  rationale: note.nullable(),
  fitness,
  text: z.string().meta({ description: 'The verdict with its reason, in words' }),
  definedBy: z.enum(['agency', 'default']),
});

const exampleSales = {
  metricId: 'sales',
  name: 'Sales volume',
  counts: 'sales',
  controllableByUs: false,
  affectsBusiness: true,
  rationale: null,
  fitness: 'bad-for-us',
  text: 'Sales volume: bad for us. It moves the client’s business, but much of it is not in our hands: we would answer for what others do.',
  definedBy: 'default',
};

export const getMetricFitness = question({
  operationId: 'getMetricFitness',
  path: '/v1/metrics/:metricId/fitness',
  tag: 'roi',
  summary: 'Whether a metric is fit to judge our work by, and why',
  permission: 'business:read',
  params: { metricId: id },
  query: { lang: language, knownAt: timeAxes.knownAt },
  response: z.object({ ...judged.shape, knownAt: provenance.knownAt }),
  example: { params: { metricId: 'sales' }, response: { ...exampleSales, knownAt: 128 } },
});

export const listMetricDefinitions = question({
  operationId: 'listMetricDefinitions',
  path: '/v1/metrics',
  tag: 'roi',
  summary: 'Every metric with its verdict: those of the product, and those that the agency defined',
  description: 'By id; an agency defines a few dozen at most, 500 are shown.',
  permission: 'business:read',
  query: { lang: language, knownAt: timeAxes.knownAt },
  response: z.object({ items: z.array(judged), knownAt: provenance.knownAt }),
  example: { response: { items: [exampleSales], knownAt: 128 } },
});
