import { z } from 'zod';
import {
  benchmarkMetric,
  benchmarkRecorded,
  benchmarkValue,
  currency,
  date,
  id,
  name,
  note,
} from '../../events/index.ts';
import { language } from '../language.ts';
import { command, question } from '../operation.ts';
import { optionalReason, provenance, ratio, receipt, timeAxes } from '../values.ts';

const { kind, percentiles } = benchmarkRecorded.schema.shape;
const value = benchmarkValue.meta({
  description: 'A share as a decimal string, or an amount as an integer of minor units of the agency’s currency',
});

const exampleBenchmark = {
  benchmarkId: 'garden-close-rate',
  kind: 'industry',
  name: 'Garden centres',
  metric: 'close-rate',
  source: 'Yearbook of the trade',
  observedOn: '2025-06-30',
} as const;
const examplePercentiles = [
  { percentile: 25, value: '0.15' },
  { percentile: 50, value: '0.2' },
  { percentile: 75, value: '0.3' },
];

export const recordBenchmark = command({
  operationId: 'recordBenchmark',
  method: 'POST',
  path: '/v1/clients/:clientId/benchmarks',
  tag: 'roi',
  summary: 'Record what is usual in a client’s industry, or what a competitor has',
  description:
    'With the source and the day it was observed. One `value`, or for an industry the values at two or more `percentiles`. Recorded again under its id it is replaced.',
  permission: 'business:write',
  status: 201,
  params: { clientId: id },
  body: z.strictObject({
    benchmarkId: id.optional(),
    kind,
    name: name.meta({ description: 'Of the industry or of the competitor' }),
    metric: benchmarkMetric,
    value: value.optional(),
    percentiles: percentiles.optional(),
    source: note,
    observedOn: date,
    reason: optionalReason,
  }),
  response: z.object({ ...benchmarkRecorded.schema.shape, ...receipt }),
  refusals: {
    'client-not-found': 'There is no such client.',
    'value-or-percentiles': 'State one value, or for an industry the values at two or more percentiles.',
    'value-of-other-kind':
      'conversion, close-rate and gross-margin are shares like "0.25"; the others are integers of minor units.',
    'percentiles-out-of-order': 'Percentiles are stated from the lowest to the highest, and so are their values.',
  },
  example: {
    params: { clientId: 'flora' },
    body: { ...exampleBenchmark, percentiles: examplePercentiles },
    response: {
      ...exampleBenchmark,
      clientId: 'flora',
      value: null,
      percentiles: examplePercentiles,
      revision: 3,
      position: 101,
    },
  },
});

export const compareBenchmarks = question({
  operationId: 'compareBenchmarks',
  path: '/v1/clients/:clientId/benchmarks',
  tag: 'roi',
  summary: 'How competitive a client is, against its industry and its competitors',
  description:
    'Shares and checks are the facts of the client’s business that hold on `asOf`; costs and profit per visitor come from the last three complete months of all its projects. Against percentiles: the per cent of the industry that is worse, by straight lines between them. Against one value: the ratio. A quarter better leads, a fifth worse is far behind; costs are better when lower.',
  permission: 'business:read',
  params: { clientId: id },
  query: { ...timeAxes, lang: language },
  response: z.object({
    clientId: id,
    name,
    currency,
    verdict: z.enum(['strong', 'competitive', 'weak', 'unknown']),
    text: z.string().meta({ description: 'The verdict in words' }),
    items: z.array(
      z.object({
        benchmarkId: id,
        kind,
        name,
        metric: benchmarkMetric,
        source: note,
        observedOn: date,
        value: value.nullable(),
        percentiles,
        own: value.nullable().meta({ description: 'The client’s value; null: not known, or not to be shown' }),
        ratio: ratio.meta({ description: 'own / value; null against percentiles' }),
        betterThan: z.int().min(0).max(100).nullable().meta({ description: 'Per cent of the industry that is worse' }),
        standing: z.enum(['leading', 'ahead', 'behind', 'far-behind']).nullable(),
      }),
    ),
    suppressed: z.boolean().meta({ description: 'Costs that would tell one person’s rate were left out' }),
    asOf: provenance.asOf,
    knownAt: provenance.knownAt,
    formulaVersion: provenance.formulaVersion,
  }),
  example: {
    params: { clientId: 'flora' },
    query: { asOf: '2026-01-31' },
    response: {
      clientId: 'flora',
      name: 'Flora Garden Centres',
      currency: 'RUB',
      verdict: 'strong',
      text: 'Flora Garden Centres is ahead wherever it can be compared. Ahead: close rate (Garden centres).',
      items: [
        {
          ...exampleBenchmark,
          value: null,
          percentiles: examplePercentiles,
          own: '0.250000',
          ratio: null,
          betterThan: 62,
          standing: 'ahead',
        },
      ],
      suppressed: false,
      asOf: '2026-01-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
