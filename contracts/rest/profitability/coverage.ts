import { z } from 'zod';
import { date, id, name } from '../../events/index.ts';
import { language } from '../language.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, timeAxes } from '../values.ts';
import { ids } from './examples.ts';

const coverageGap = z.enum(['manager-gone', 'manager-leaving', 'no-backup', 'backup-gone', 'backup-leaving']);

const person = z.object({
  specialistId: id,
  name,
  lastDay: date.nullable().meta({ description: 'Of work at the agency; null while no end is known' }),
});

const asked = { clientId: id.optional(), ...timeAxes };

export const listCoverageGaps = question({
  operationId: 'listCoverageGaps',
  path: '/v1/coverage-gaps',
  tag: 'profitability',
  summary: 'Projects that nobody could take over tomorrow: without a backup manager, or with one who leaves',
  description:
    'Of every project that is not over, by id. A project is over when it has stages and all of them are closed. A backup who manages the project by now is none.',
  permission: ['figures:read', 'projects:write'],
  query: { ...asked, ...page },
  response: z.object({
    items: z.array(
      z.object({
        projectId: id,
        clientId: id,
        name,
        openStages: z.int().min(0),
        manager: person,
        backup: person.nullable(),
        gaps: z.array(coverageGap).min(1),
      }),
    ),
    totals: z.object({
      projects: z.int().min(0).meta({ description: 'Projects that are not over' }),
      covered: z.int().min(0),
      withGaps: z.int().min(0),
    }),
    nextCursor,
    asOf: provenance.asOf,
    knownAt: provenance.knownAt,
  }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    query: { asOf: '2026-03-31' },
    response: {
      items: [
        {
          projectId: ids.projectId,
          clientId: ids.clientId,
          name: 'Landing page',
          openStages: 1,
          manager: { specialistId: 'boris', name: 'Boris', lastDay: '2026-04-30' },
          backup: null,
          gaps: ['manager-leaving', 'no-backup'],
        },
      ],
      totals: { projects: 3, covered: 2, withGaps: 1 },
      nextCursor: null,
      asOf: '2026-03-31',
      knownAt: 128,
    },
  },
});

export const getCoverageGapsPage = question({
  operationId: 'getCoverageGapsPage',
  path: '/v1/coverage-gaps.html',
  tag: 'profitability',
  summary: 'The projects that nobody could take over tomorrow, on a page to print',
  description:
    'The answer of listCoverageGaps, 200 projects a page, as HTML that stands alone. A page says how many projects follow it, and the `cursor` with which they are asked for.',
  permission: ['figures:read', 'projects:write'],
  query: { ...asked, cursor: page.cursor.meta({ description: 'As the page before says at its end' }), lang: language },
  produces: 'text/html',
  response: z.string().meta({ description: 'The page' }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    query: { asOf: '2026-03-31', lang: 'en' },
    response: '<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body>...</body></html>',
  },
});
