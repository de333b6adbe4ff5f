import { z } from 'zod';
import { currency } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, ratio } from '../values.ts';

const currencies = new Set(Intl.supportedValuesOf('currency'));
const MAX_AMOUNT = 1_000_000_000_000;
const MAX_MONTHS = 120;

const amount = z.coerce.number().int().min(0).max(MAX_AMOUNT);
const money = z.object({ minor: z.int(), currency });

export const estimateRoi = question({
  operationId: 'estimateRoi',
  path: '/v1/roi/estimate',
  tag: 'roi',
  summary: 'Estimate return and payback of a service before it is sold',
  description:
    'Month by month: `ROI = (sum of gains - sum of costs) / sum of costs`; payback is the first month whose cumulative gain reaches the cumulative cost. The set-up is paid before the first month.',
  permission: 'business:read',
  query: {
    setupMinor: amount.default(0).meta({ description: 'Paid once', examples: [20000000] }),
    monthlyFeeMinor: amount.default(0).meta({ description: 'Paid every month', examples: [5000000] }),
    gainsMinor: z
      .string()
      .regex(
        /^\d{1,12}(,\d{1,12}){0,119}$/,
        'gains are whole minor units of up to 12 digits, with commas between, 120 at most',
      )
      .meta({
        description: 'The client’s gain of each month, separated by commas; the last one repeats',
        examples: ['3000000,6000000,9000000'],
      }),
    currency: currency
      .refine((code) => currencies.has(code), 'not a currency of ISO 4217')
      .meta({ description: 'Of all amounts' }),
    months: z.coerce
      .number()
      .int()
      .min(1)
      .max(MAX_MONTHS)
      .default(12)
      .meta({ description: 'Months to calculate; the payback month is looked for beyond them' }),
  },
  response: z.object({
    setup: money,
    monthlyFee: money,
    totalGain: money,
    totalCost: money,
    roi: ratio.meta({ description: 'Over all the months; null when nothing is paid' }),
    paybackMonth: z
      .int()
      .nullable()
      .meta({ description: 'Counted from 1; null when it is never reached, or not within a hundred years' }),
    months: z.array(
      z.object({ month: z.int(), gain: money, cost: money, cumulativeGain: money, cumulativeCost: money }),
    ),
    formulaVersion: provenance.formulaVersion,
  }),
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
      months: [
        {
          month: 1,
          gain: { minor: 3000000, currency: 'RUB' },
          cost: { minor: 25000000, currency: 'RUB' },
          cumulativeGain: { minor: 3000000, currency: 'RUB' },
          cumulativeCost: { minor: 25000000, currency: 'RUB' },
        },
        {
          month: 2,
          gain: { minor: 6000000, currency: 'RUB' },
          cost: { minor: 5000000, currency: 'RUB' },
          cumulativeGain: { minor: 9000000, currency: 'RUB' },
          cumulativeCost: { minor: 30000000, currency: 'RUB' },
        },
      ],
      formulaVersion: '2026.1',
    },
  },
});
