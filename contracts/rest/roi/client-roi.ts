import { z } from 'zod';
import { currency, factSource, id, month, name, serviceType } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, quality, revenueBasis, timeAxes } from '../values.ts';
import { exampleOutcome, outcome } from './outcome.ts';
import { beyondRange } from './stated.ts';

const usedFact = z.object({
  fact: z.enum(['conversion', 'close-rate', 'average-check', 'gross-margin']),
  effectiveFrom: month,
  source: factSource,
  stated: z.string().meta({ description: 'A share; of the average check its minor units' }),
  low: z.string(),
  high: z.string(),
  measuredFrom: month.nullable(),
  measuredTo: month.nullable(),
});

const missing = z.object({
  fact: z.enum([
    'project',
    'baseline',
    'metric',
    'inquiries',
    'conversion',
    'close-rate',
    'average-check',
    'gross-margin',
  ]),
  projectId: id.nullable(),
  months: z.array(month).meta({ description: 'The months that cannot be calculated without it' }),
  ask: z.string().meta({ description: 'What to ask the client' }),
});

export const getClientRoi = question({
  operationId: 'getClientRoi',
  path: '/v1/clients/:clientId/roi',
  tag: 'roi',
  summary: 'What a client earned from our work, against what the client paid for it',
  description:
    'Gain of a month = `(inquiries - baseline inquiries) x close rate x average check x gross margin`, or `(visitors - baseline visitors) x conversion x ...` where inquiries were not counted. Cost = our revenue from the client’s projects and the advertising spend. A month without a recorded metric, baseline or fact has no gain: what is missing is listed, never guessed. Low and high bound the gain: where there were fewer inquiries than before, a dearer check makes the loss larger.',
  permission: 'business:read',
  params: { clientId: id },
  query: timeAxes,
  response: z.object({
    clientId: id,
    name,
    currency,
    ...outcome,
    projects: z.array(
      z.object({
        projectId: id,
        name,
        serviceType: serviceType.nullable(),
        forms: z
          .array(z.enum(['inquiries', 'visitors']))
          .meta({ description: 'The forms of the formula that were applied to its months' }),
        ...outcome,
      }),
    ),
    facts: z.array(usedFact).meta({ description: 'The facts of the client’s business that were applied' }),
    missing: z.array(missing),
    suppressed: z.boolean().meta({ description: 'Figures that would tell one person’s rate were left out' }),
    revenueBasis,
    quality: quality.pick({ uncostedSeconds: true }),
    ...provenance,
  }),
  refusals: { ...beyondRange },
  example: {
    params: { clientId: 'flora' },
    query: { asOf: '2026-01-31' },
    response: {
      clientId: 'flora',
      name: 'Flora Garden Centres',
      currency: 'RUB',
      ...exampleOutcome,
      projects: [
        {
          projectId: 'flora-site',
          name: 'Site of Flora',
          serviceType: 'site',
          forms: ['inquiries'],
          ...exampleOutcome,
        },
      ],
      facts: [
        {
          fact: 'close-rate',
          effectiveFrom: '2025-10',
          source: 'client',
          stated: '0.25',
          low: '0.2',
          high: '0.3',
          measuredFrom: '2025-01',
          measuredTo: '2025-06',
        },
      ],
      missing: [
        {
          fact: 'metric',
          projectId: 'flora-site',
          months: ['2025-12'],
          ask: 'How many inquiries and visitors did the site bring in 2025-12?',
        },
      ],
      suppressed: false,
      revenueBasis: 'earned',
      quality: { uncostedSeconds: 0 },
      asOf: '2026-01-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
