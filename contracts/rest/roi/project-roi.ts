import { z } from 'zod';
import { currency, id, name, serviceType } from '../../events/index.ts';
import { question } from '../operation.ts';
import { provenance, quality, revenueBasis, timeAxes } from '../values.ts';
import { exampleOutcome, outcome } from './outcome.ts';
import { beyondRange } from './stated.ts';

const figure = {
  suppressed: z.boolean().meta({ description: 'Figures that would tell one person’s rate were left out' }),
  revenueBasis,
  quality: quality.pick({ uncostedSeconds: true }),
  ...provenance,
};
const exampleFigure = {
  suppressed: false,
  revenueBasis: 'earned',
  quality: { uncostedSeconds: 0 },
  asOf: '2026-01-31',
  knownAt: 128,
  formulaVersion: '2026.1',
};

export const getProjectRoi = question({
  operationId: 'getProjectRoi',
  path: '/v1/projects/:projectId/roi',
  tag: 'roi',
  summary: 'What a client earned from one project, against what was paid for it',
  description: 'By the formula of getClientRoi; where an effect is shared, with the project’s part of it.',
  permission: 'business:read',
  params: { projectId: id },
  query: timeAxes,
  response: z.object({
    projectId: id,
    clientId: id,
    name,
    serviceType: serviceType.nullable(),
    currency,
    forms: z.array(z.enum(['inquiries', 'visitors'])),
    ...outcome,
    ...figure,
  }),
  refusals: beyondRange,
  example: {
    params: { projectId: 'flora-site' },
    query: { asOf: '2026-01-31' },
    response: {
      projectId: 'flora-site',
      clientId: 'flora',
      name: 'Site of Flora',
      serviceType: 'site',
      currency: 'RUB',
      forms: ['inquiries'],
      ...exampleOutcome,
      ...exampleFigure,
    },
  },
});

export const getServiceTypeRoi = question({
  operationId: 'getServiceTypeRoi',
  path: '/v1/roi/service-types',
  tag: 'roi',
  summary: 'What clients earned from each kind of service, all clients together',
  description:
    'Sums of the projects of a service type, month by month: `ROI = (sum of gains - sum of costs) / sum of costs`, never a mean of percentages. Projects whose gain is not known are counted apart and left out, with their cost.',
  permission: 'business:read',
  query: { serviceType: serviceType.optional(), ...timeAxes },
  response: z.object({
    currency,
    items: z.array(
      z.object({
        serviceType: serviceType.nullable(),
        projects: z.int().min(0).meta({ description: 'Projects whose gain is known' }),
        projectsUnknown: z.int().min(0).meta({ description: 'Projects left out, whose gain is not known' }),
        clients: z.int().min(0),
        ...outcome,
      }),
    ),
    ...figure,
  }),
  refusals: { ...beyondRange, 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    query: { asOf: '2026-01-31' },
    response: {
      currency: 'RUB',
      items: [{ serviceType: 'site', projects: 1, projectsUnknown: 0, clients: 1, ...exampleOutcome }],
      ...exampleFigure,
    },
  },
});
