import { z } from 'zod';
import { currency } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, ratio } from '../values.ts';
import { estimateInputs, inputRefusals } from './estimate-inputs.ts';

const money = z.object({ minor: z.int(), currency });
const paybackMonth = z
  .int()
  .nullable()
  .meta({ description: 'Counted from 1; null when it is never reached, or not within a hundred years' });
const scenario = z.object({ totalGain: money, roi: ratio, paybackMonth });

const exampleScenario = { totalGain: { minor: 9000000, currency: 'RUB' }, roi: '-0.700000', paybackMonth: 8 };

export const estimateRoi = question({
  operationId: 'estimateRoi',
  path: '/v1/roi/estimate',
  tag: 'roi',
  summary: 'Estimate return and payback of a service before it is sold',
  description:
    'Month by month: `ROI = (sum of gains - sum of costs) / sum of costs`; payback is the first month whose cumulative gain reaches the cumulative cost. The set-up is paid before the first month. The gains are stated, or follow from facts: `extra inquiries x close rate x average check x gross margin`, each as one value or as a range.',
  permission: 'business:read',
  query: estimateInputs,
  response: z.object({
    setup: money,
    monthlyFee: money,
    totalGain: money,
    totalCost: money,
    roi: ratio.meta({ description: 'Over all the months; null when nothing is paid' }),
    paybackMonth,
    range: z.object({ low: scenario, base: scenario, high: scenario }).meta({
      description: 'With all uncertain inputs at their low, stated and high value; the figures above are base',
    }),
    months: z.array(
      z.object({
        month: z.int(),
        gain: money,
        gainLow: money,
        gainHigh: money,
        cost: money,
        cumulativeGain: money,
        cumulativeCost: money,
      }),
    ),
    formulaVersion: provenance.formulaVersion,
  }),
  refusals: inputRefusals,
  example: {
    query: {
      setupMinor: '20000000',
      monthlyFeeMinor: '5000000',
      gainsMinor: '3000000,6000000,9000000',
      currency: 'RUB',
      months: '2',
    },
    response: {
      setup: { minor: 20000000, currency: 'RUB' },
      monthlyFee: { minor: 5000000, currency: 'RUB' },
      totalGain: { minor: 9000000, currency: 'RUB' },
      totalCost: { minor: 30000000, currency: 'RUB' },
      roi: '-0.700000',
      paybackMonth: 8,
      range: { low: exampleScenario, base: exampleScenario, high: exampleScenario },
      months: [
        {
          month: 1,
          gain: { minor: 3000000, currency: 'RUB' },
          gainLow: { minor: 3000000, currency: 'RUB' },
          gainHigh: { minor: 3000000, currency: 'RUB' },
          cost: { minor: 25000000, currency: 'RUB' },
          cumulativeGain: { minor: 3000000, currency: 'RUB' },
          cumulativeCost: { minor: 25000000, currency: 'RUB' },
        },
        {
          month: 2,
          gain: { minor: 6000000, currency: 'RUB' },
          gainLow: { minor: 6000000, currency: 'RUB' },
          gainHigh: { minor: 6000000, currency: 'RUB' },
          cost: { minor: 5000000, currency: 'RUB' },
          cumulativeGain: { minor: 9000000, currency: 'RUB' },
          cumulativeCost: { minor: 30000000, currency: 'RUB' },
        },
      ],
      formulaVersion: '2026.1',
    },
  },
});
