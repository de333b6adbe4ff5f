import { z } from 'zod';
import { count, currency, id, month, name } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, ratio, revenueBasis, shownMoney, timeAxes } from '../values.ts';

const compared = z
  .object({
    value: shownMoney.meta({ description: 'Null where the denominator is 0 or something was not counted' }),
    baseline: shownMoney.meta({ description: 'The same before our work' }),
    change: ratio.meta({ description: '(value - baseline) / baseline' }),
    better: z.boolean().nullable().meta({ description: 'Lower costs are better, higher profit and turnover are' }),
  })
  .meta({ id: 'ServiceMetric' });

const five = {
  costPerInquiry: compared,
  costPerVisitor: compared,
  costPerCall: compared,
  profitPerVisitor: compared,
  turnoverFromInquiries: compared,
};

const rub = (minor: number) => ({ minor, currency: 'RUB' });
const unknown = { value: null, baseline: null, change: null, better: null };
const exampleFive = {
  costPerInquiry: { value: rub(158537), baseline: rub(150000), change: '0.056913', better: false },
  costPerVisitor: { value: rub(2653), baseline: rub(1667), change: '0.591482', better: false },
  costPerCall: unknown,
  profitPerVisitor: { value: rub(2510), baseline: rub(1667), change: '0.505699', better: true },
  turnoverFromInquiries: { value: rub(12300000), baseline: rub(6000000), change: '1.050000', better: true },
};

export const getServiceMetrics = question({
  operationId: 'getServiceMetrics',
  path: '/v1/projects/:projectId/service-metrics',
  tag: 'roi',
  summary: 'Cost of an inquiry, a visitor and a call, profit per visitor, turnover: by month, against the baseline',
  description:
    'Cost of an inquiry = (our fee + advertising) / inquiries, likewise of a visitor and a call; profit per visitor = turnover x gross margin / visitors; turnover as it was recorded, else inquiries x close rate x average check. The fee is what the agency earned in the month from all projects that share the effect. `total` is sums over sums, never a mean of months. (A slide of the talk prints the cost of an inquiry upside down, as inquiries / budget.)',
  permission: 'business:read',
  params: { projectId: id },
  query: {
    from: month.optional().meta({ description: 'First month' }),
    to: month.optional().meta({ description: 'Last month' }),
    ...timeAxes,
  },
  response: z.object({
    projectId: id,
    clientId: id,
    name,
    currency,
    months: z.array(
      z.object({
        month,
        complete: z.boolean(),
        fee: shownMoney,
        advertisingSpend: shownMoney,
        visitors: count.nullable(),
        inquiries: count.nullable(),
        calls: count.nullable(),
        turnoverBasis: z.enum(['recorded', 'derived']).nullable(),
        ...five,
      }),
    ),
    total: z.object(five),
    baseline: z.object({ periodFrom: month, periodTo: month }).nullable(),
    suppressed: z.boolean().meta({ description: 'The fee, and what follows from it, would tell one person’s rate' }),
    revenueBasis,
    ...provenance,
  }),
  example: {
    params: { projectId: 'flora-site' },
    query: { asOf: '2026-01-31' },
    response: {
      projectId: 'flora-site',
      clientId: 'flora',
      name: 'Site of Flora',
      currency: 'RUB',
      months: [
        {
          month: '2026-01',
          complete: true,
          fee: rub(5000000),
          advertisingSpend: rub(1500000),
          visitors: 2450,
          inquiries: 41,
          calls: null,
          turnoverBasis: 'derived',
          ...exampleFive,
        },
      ],
      total: exampleFive,
      baseline: { periodFrom: '2025-07', periodTo: '2025-09' },
      suppressed: false,
      revenueBasis: 'earned',
      asOf: '2026-01-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
