import { z } from 'zod';
import { date, id, name } from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, shownMoney, timeAxes } from '../values.ts';
import { closingExample, ids, rub } from './examples.ts';
import { closing } from './figures.ts';
import { stageLine, stageLineExample } from './views.ts';

const counted = z.object({ count: z.int().min(0), amount: shownMoney });

/** Whether to sell more to a client, with the reasons as closed codes. */
const nextSale = z.object({
  verdict: z.enum(['sell', 'reprice-first', 'wait', 'do-not-sell', 'unknown']),
  reasons: z.array(
    z.enum([
      'segment-invest',
      'segment-maintain',
      'segment-reprice',
      'segment-reduce-contact',
      'segment-exit',
      'stage-losing-money',
      'stage-below-standard',
      'too-little-known',
    ]),
  ),
});

export const getSalesView = question({
  operationId: 'getSalesView',
  path: '/v1/views/sales',
  tag: 'profitability',
  summary: 'Clients as sales asks: room for a next sale, extra payments, estimates, who has gone quiet',
  description:
    'One line a client with its stages under way, made of the same figures as the production and the finance view; the totals are of all pages. Sell to `invest` and `maintain`; reprice first where the segment says so or a stage loses money; wait with a client that takes too much attention. Quiet: no contact for 30 days.',
  permission: 'figures:read',
  query: { clientId: id.optional(), ...page, ...timeAxes },
  response: z.object({
    items: z.array(
      z.object({
        clientId: id,
        name,
        segment: z.enum(['exit', 'reprice', 'reduce-contact', 'invest', 'maintain']).nullable(),
        nextSale,
        lastContactOn: date.nullable(),
        quietDays: z.int().nullable().meta({ description: 'Since the last contact; null when there was none' }),
        quiet: z.boolean(),
        extraPayments: z.object({
          proposed: counted.meta({ description: 'Awaiting an answer' }),
          agreed: counted,
          declined: counted,
          unconverted: z.int().min(0).meta({ description: 'Left out of the amounts for want of an exchange rate' }),
        }),
        unaskedRequests: z.int().min(0).meta({
          description: 'Beyond the agreement, not done with, and no payment was proposed',
        }),
        estimates: z.object({
          shared: z.int().min(0),
          open: z.int().min(0).meta({ description: 'Shared, and no project came of them yet' }),
          newest: z.object({ estimateId: id, title: z.string(), sharedOn: date }).nullable(),
        }),
        stages: z.array(
          z.object({
            ...stageLine,
            contractRevenue: shownMoney,
            agreedExtra: shownMoney.meta({ description: 'Of the contract revenue: extra payments that were agreed' }),
            headroom: shownMoney,
          }),
        ),
      }),
    ),
    totals: z.object({
      clients: z.int().min(0),
      stages: z.int().min(0),
      seconds: z.int(),
      openAlerts: z.int().min(0),
      contractRevenue: shownMoney,
    }),
    nextCursor,
    ...closing,
  }),
  example: {
    query: { clientId: ids.clientId },
    response: {
      items: [
        {
          clientId: ids.clientId,
          name: 'Butovo Bricks',
          segment: 'maintain',
          nextSale: { verdict: 'sell', reasons: ['segment-maintain'] },
          lastContactOn: '2026-03-17',
          quietDays: 14,
          quiet: false,
          extraPayments: {
            proposed: { count: 1, amount: rub(1_500_000) },
            agreed: { count: 0, amount: rub(0) },
            declined: { count: 0, amount: rub(0) },
            unconverted: 0,
          },
          unaskedRequests: 0,
          estimates: { shared: 0, open: 0, newest: null },
          stages: [
            {
              ...stageLineExample,
              contractRevenue: rub(20_000_000),
              agreedExtra: rub(0),
              headroom: rub(-841_425),
            },
          ],
        },
      ],
      totals: { clients: 1, stages: 1, seconds: 174_600, openAlerts: 1, contractRevenue: rub(20_000_000) },
      nextCursor: null,
      ...closingExample,
    },
  },
});
