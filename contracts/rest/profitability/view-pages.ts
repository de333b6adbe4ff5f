import { z } from 'zod';
import { id } from '../../events/index.ts';
import { language } from '../language.ts';
import { question } from '../operation.ts';
import { timeAxes } from '../values.ts';
import { ids } from './examples.ts';

const html = z.string().meta({ description: 'The page' });
const description =
  'The facts of the view on a page to print, 200 lines at most: HTML that stands alone. The three pages are made of the same figures.';
const scope = { projectId: id.optional(), clientId: id.optional(), ...timeAxes, lang: language };
const example = {
  query: { clientId: ids.clientId, lang: 'ru' },
  response: '<!doctype html><html lang="ru"><head><meta charset="utf-8"></head><body>...</body></html>',
};

export const getProductionViewPage = question({
  operationId: 'getProductionViewPage',
  path: '/v1/views/production.html',
  tag: 'profitability',
  summary: 'What production asks of the stages under way, on a page to print',
  description,
  permission: ['figures:read', 'projects:write'],
  query: scope,
  produces: 'text/html',
  response: html,
  example,
});

export const getFinanceViewPage = question({
  operationId: 'getFinanceViewPage',
  path: '/v1/views/finance.html',
  tag: 'profitability',
  summary: 'What finance asks of the stages under way, on a page to print',
  description,
  permission: 'figures:read',
  query: scope,
  produces: 'text/html',
  response: html,
  example,
});

export const getSalesViewPage = question({
  operationId: 'getSalesViewPage',
  path: '/v1/views/sales.html',
  tag: 'profitability',
  summary: 'What sales asks of the clients, on a page to print',
  description,
  permission: 'figures:read',
  query: { clientId: id.optional(), ...timeAxes, lang: language },
  produces: 'text/html',
  response: html,
  example,
});
