import { z } from 'zod';
import { currency, date, factSource, id, month, name, serviceType } from '../../events/index.ts';
import { eventReference, explainedBy, fraction, from, integer } from '../explaining.ts';
import { question } from '../operation.ts';
import { provenance, ratio, timeAxes } from '../values.ts';
import { beyondRange } from './stated.ts';

const measured = { measuredFrom: month.nullable(), measuredTo: month.nullable() };
const shareFact = z
  .object({ stated: z.string(), low: z.string(), high: z.string(), source: factSource, ...measured })
  .nullable();
const money = z.object({ minor: z.int(), currency });
const moneyFact = z.object({ stated: money, low: money, high: money, source: factSource, ...measured }).nullable();
const counted = z.int().nullable();

const facts = z.object({
  asOf: date,
  facts: z.array(
    z.object({
      effectiveFrom: month,
      conversion: shareFact,
      closeRate: shareFact,
      averageCheck: moneyFact,
      grossMargin: shareFact,
      from,
    }),
  ),
  sharings: z.array(
    z.object({
      projectId: id,
      effectiveFrom: month,
      shares: z.array(z.object({ projectId: id, share: z.string().nullable() })),
      from,
    }),
  ),
  projects: z.array(
    z.object({
      projectId: id,
      name,
      serviceType: serviceType.nullable(),
      openedOn: date,
      baseline: z
        .object({
          periodFrom: month,
          periodTo: month,
          totalVisitors: counted,
          totalInquiries: counted,
          totalCalls: counted,
          totalForms: counted,
          totalSales: counted,
          totalTurnover: counted,
          totalPromotionCost: counted,
          from,
        })
        .nullable(),
      metrics: z.array(
        z.object({
          month,
          visitors: counted,
          inquiries: counted,
          calls: counted,
          turnoverMinor: counted,
          advertisingSpendMinor: counted,
          from,
        }),
      ),
      earned: z
        .array(z.object({ on: date, revenueMinor: z.int().nullable(), explanation: explainedBy }))
        .meta({ description: 'What had been earned by the end of each month; null where it is suppressed' }),
    }),
  ),
});

const triple = z.object({ low: z.int(), base: z.int(), high: z.int() });

const factor = z.object({
  fact: z.enum(['conversion', 'closeRate', 'averageCheck', 'grossMargin']),
  effectiveFrom: month,
  low: z.string(),
  stated: z.string(),
  high: z.string(),
});

const step = z.object({
  projectId: id,
  month,
  form: z.enum(['inquiries', 'visitors']),
  surplus: z
    .object({ numerator: integer, denominator: integer })
    .meta({ description: 'Counted in the month less the monthly mean of the baseline, as a fraction' }),
  factors: z.array(factor).meta({
    description: 'surplus x all of them, rounded once, at their low, stated and high values; the check in minor units',
  }),
  gain: triple.meta({ description: 'Minor units, before shared effects are cut up; low and high bound it' }),
});

const part = z.object({ projectId: id, month, gain: triple.nullable(), costMinor: z.int().nullable() });

export const explainClientRoi = question({
  operationId: 'explainClientRoi',
  path: '/v1/clients/:clientId/roi/explanation',
  tag: 'roi',
  summary: 'What a client’s return is made of: business facts, baselines, metrics, gains as fractions, costs, events',
  description:
    'Recomputed from `facts` alone gain, cost and ROI are the same. What was earned is explained by `explainProject` on the days named. Whoever may not see cost rates gets the same without revenue that would tell one person’s rate, and without what follows from it.',
  permission: 'business:read',
  params: { clientId: id },
  query: timeAxes,
  response: z.object({
    clientId: id,
    name,
    facts,
    gains: z.array(step).meta({ description: 'Every month of every project whose gain can be told' }),
    months: z.array(part).meta({ description: 'Gain and cost of each project’s months, with shared effects cut up' }),
    figures: z.object({
      gain: triple.nullable(),
      costMinor: z.int().nullable(),
      roi: z.object({ low: ratio, base: ratio, high: ratio }),
    }),
    ratios: z.array(fraction).meta({ description: '(gain - cost) / cost; empty where the gain is unknown or hidden' }),
    suppressed: z.boolean(),
    events: z.array(eventReference).meta({ description: 'The events that the facts come from, in log order' }),
    currency,
    ...provenance,
  }),
  refusals: beyondRange,
  example: {
    params: { clientId: 'flora' },
    query: { asOf: '2026-01-31' },
    response: {
      clientId: 'flora',
      name: 'Flora Garden Centres',
      facts: {
        asOf: '2026-01-31',
        facts: [
          {
            effectiveFrom: '2025-10',
            conversion: null,
            closeRate: {
              stated: '0.25',
              low: '0.2',
              high: '0.3',
              source: 'client',
              measuredFrom: '2025-01',
              measuredTo: '2025-06',
            },
            averageCheck: null,
            grossMargin: null,
            from: [41],
          },
        ],
        sharings: [],
        projects: [
          {
            projectId: 'flora-site',
            name: 'Site of Flora',
            serviceType: 'site',
            openedOn: '2025-10-06',
            baseline: null,
            metrics: [],
            earned: [
              {
                on: '2026-01-31',
                revenueMinor: 5_000_000,
                explanation: {
                  operationId: 'explainProject',
                  path: '/v1/projects/flora-site/explanation?asOf=2026-01-31&knownAt=128',
                },
              },
            ],
          },
        ],
      },
      gains: [
        {
          projectId: 'flora-site',
          month: '2026-01',
          form: 'inquiries',
          surplus: { numerator: '63', denominator: '3' },
          factors: [{ fact: 'closeRate', effectiveFrom: '2025-10', low: '0.2', stated: '0.25', high: '0.3' }],
          gain: { low: 2_520_000, base: 3_150_000, high: 3_780_000 },
        },
      ],
      months: [
        {
          projectId: 'flora-site',
          month: '2026-01',
          gain: { low: 2_520_000, base: 3_150_000, high: 3_780_000 },
          costMinor: 6_500_000,
        },
      ],
      figures: {
        gain: { low: 2_520_000, base: 3_150_000, high: 3_780_000 },
        costMinor: 6_500_000,
        roi: { low: '-0.612308', base: '-0.515385', high: '-0.418462' },
      },
      ratios: [{ of: 'base', numerator: '-3350000', denominator: '6500000', ratio: '-0.515385' }],
      suppressed: false,
      events: [
        {
          position: 41,
          eventId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
          type: 'BusinessFactsRecorded',
          recordedAt: '2026-01-12T16:00:00.000Z',
          actor: 'key:0b7c2f3e',
          reason: null,
        },
      ],
      currency: 'RUB',
      asOf: '2026-01-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
