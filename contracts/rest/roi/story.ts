import { z } from 'zod';
import { id } from '../../events/index.ts';
import { language } from '../language.ts';
import { question } from '../operation.ts';
import { timeAxes } from '../values.ts';
import { beyondRange } from './stated.ts';

export const getRoiStory = question({
  operationId: 'getRoiStory',
  path: '/v1/projects/:projectId/roi-story',
  tag: 'roi',
  summary: 'What a client earned from a project, told on a page that can be printed and sent',
  description:
    'HTML that stands alone: charts as SVG, no scripts, nothing loaded from elsewhere. Cumulative gain against cost with the payback month, the range, the five service metrics against the baseline; the figures of getProjectRoi and getServiceMetrics.',
  permission: 'business:read',
  params: { projectId: id },
  query: { ...timeAxes, lang: language },
  produces: 'text/html',
  response: z.string().meta({ description: 'The page' }),
  refusals: {
    ...beyondRange,
    'figures-suppressed': 'The cost would tell one person’s rate; somebody who may see rates can make the page.',
  },
  example: {
    params: { projectId: 'flora-site' },
    query: { asOf: '2026-01-31', lang: 'ru' },
    response:
      '<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Сайт</title></head><body>...</body></html>',
  },
});
