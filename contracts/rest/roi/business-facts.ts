import { z } from 'zod';
import { factSource, id, moneyFact, month, share, shareFact, unsignedMoney } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';
import { notConfigured, someOf } from './stated.ts';

const bounds = 'The range within which the true value lies; `stated` where absent';

const statedShare = z
  .strictObject({
    stated: share,
    low: share.optional().meta({ description: bounds }),
    high: share.optional(),
    source: factSource,
  })
  .refine(
    ({ stated, low = stated, high = stated }) => Number(low) <= Number(stated) && Number(stated) <= Number(high),
    'low <= stated <= high',
  );

const statedMoney = z
  .strictObject({
    stated: unsignedMoney,
    low: unsignedMoney.optional().meta({ description: bounds }),
    high: unsignedMoney.optional(),
    source: factSource,
  })
  .refine(
    ({ stated, low = stated, high = stated }) => low.minor <= stated.minor && stated.minor <= high.minor,
    'low <= stated <= high',
  )
  .refine(
    ({ stated, low = stated, high = stated }) => low.currency === stated.currency && high.currency === stated.currency,
    'one currency for all three',
  );

const period = z
  .strictObject({ from: month, to: month })
  .refine(({ from, to }) => from <= to, { message: 'the period ends before it begins', path: ['to'] });

export const recordBusinessFacts = command({
  operationId: 'recordBusinessFacts',
  method: 'POST',
  path: '/v1/clients/:clientId/business-facts',
  tag: 'roi',
  summary: 'Record facts of a client’s business, from a month on',
  description:
    'Each fact holds from its month on until a later one of its kind; the same month supersedes. A fact that is left out says nothing: what was recorded before holds on.',
  permission: 'business:write',
  status: 201,
  params: { clientId: id },
  body: z
    .strictObject({
      effectiveFrom: month,
      measured: period.optional().meta({ description: 'The months over which the figures were counted' }),
      conversion: statedShare.optional().meta({ description: 'Share of site visitors who inquire' }),
      closeRate: statedShare.optional().meta({ description: 'Share of inquiries that become a sale' }),
      averageCheck: statedMoney.optional(),
      grossMargin: statedShare.optional().meta({ description: 'Share of the check left after the cost of goods' }),
      reason: optionalReason,
    })
    .refine(someOf(['conversion', 'closeRate', 'averageCheck', 'grossMargin']), 'state at least one fact'),
  response: z.object({
    clientId: id,
    effectiveFrom: month,
    measuredFrom: month.nullable(),
    measuredTo: month.nullable(),
    conversion: shareFact.nullable(),
    closeRate: shareFact.nullable(),
    averageCheck: moneyFact.nullable(),
    grossMargin: shareFact.nullable(),
    ...receipt,
  }),
  refusals: {
    ...notConfigured,
    'client-not-found': 'There is no such client.',
    'currency-mismatch': 'The average check is in the agency’s currency.',
  },
  example: {
    params: { clientId: 'flora' },
    body: {
      effectiveFrom: '2025-10',
      measured: { from: '2025-01', to: '2025-06' },
      closeRate: { stated: '0.25', low: '0.2', high: '0.3', source: 'client' },
      averageCheck: { stated: { minor: 1200000, currency: 'RUB' }, source: 'client' },
      grossMargin: { stated: '0.5', source: 'estimate' },
    },
    response: {
      clientId: 'flora',
      effectiveFrom: '2025-10',
      measuredFrom: '2025-01',
      measuredTo: '2025-06',
      conversion: null,
      closeRate: { stated: '0.25', low: '0.2', high: '0.3', source: 'client' },
      averageCheck: {
        stated: { minor: 1200000, currency: 'RUB' },
        low: { minor: 1200000, currency: 'RUB' },
        high: { minor: 1200000, currency: 'RUB' },
        source: 'client',
      },
      grossMargin: { stated: '0.5', low: '0.5', high: '0.5', source: 'estimate' },
      revision: 0,
      position: 90,
    },
  },
});
