import type { Commands } from '@headroom/commanding';
import * as contract from '@headroom/contracts/rest/roi';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import { monthsBetween } from '@headroom/kernel';
import { defineMetric } from '../commands/define-metric.ts';
import { recordBenchmark } from '../commands/record-benchmark.ts';
import { recordBusinessFacts } from '../commands/record-business-facts.ts';
import { recordMetric } from '../commands/record-metric.ts';
import { setBaseline } from '../commands/set-baseline.ts';
import { shareEffect } from '../commands/share-effect.ts';
import { linkRoiEstimate, shareRoiEstimate } from '../commands/share-roi-estimate.ts';
import { fitnessOf } from '../read-models/metric-fitness.ts';
import { bulkMetrics } from './bulk-metrics.ts';

/** The commands of the roi service, tied to their contracts. */
export const roiCommands = (commands: Commands): Bound[] => [
  bindCommand(contract.recordBusinessFacts, async ({ context, params, body }) =>
    reply(await recordBusinessFacts(commands, context, { ...params, ...body }), (events) =>
      eventOf(events, 'BusinessFactsRecorded'),
    ),
  ),
  bindCommand(contract.setBaseline, async ({ context, params, body }) =>
    reply(await setBaseline(commands, context, { ...params, ...body }), (events) => {
      const baseline = eventOf(events, 'BaselineSet');
      return { ...baseline, months: monthsBetween(baseline.periodFrom, baseline.periodTo) + 1 };
    }),
  ),
  bindCommand(contract.recordMetric, async ({ context, params, body }) =>
    reply(await recordMetric(commands, context, { ...params, ...body }), (events) => eventOf(events, 'MetricRecorded')),
  ),
  bindCommand(contract.shareEffect, async ({ context, params, body }) =>
    reply(await shareEffect(commands, context, { ...params, ...body }), (events) => eventOf(events, 'EffectShared')),
  ),
  bindCommand(contract.shareRoiEstimate, async ({ context, body }) =>
    reply(await shareRoiEstimate(commands, context, body), (events) => eventOf(events, 'RoiEstimateShared')),
  ),
  bindCommand(contract.linkRoiEstimate, async ({ context, params, body }) =>
    reply(await linkRoiEstimate(commands, context, { ...params, ...body }), (events) =>
      eventOf(events, 'RoiEstimateLinked'),
    ),
  ),
  bindCommand(contract.recordBenchmark, async ({ context, params, body }) =>
    reply(await recordBenchmark(commands, context, { ...params, ...body }), (events) =>
      eventOf(events, 'BenchmarkRecorded'),
    ),
  ),
  ...bulkMetrics(commands),
  bindCommand(contract.defineMetric, async ({ context, params, body }) =>
    reply(await defineMetric(commands, context, { ...params, ...body }), (events) => {
      const defined = eventOf(events, 'MetricDefined');
      return { ...defined, fitness: fitnessOf(defined) };
    }),
  ),
];
