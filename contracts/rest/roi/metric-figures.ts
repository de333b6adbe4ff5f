import { z } from 'zod';
import { count, month, unsignedMoney } from '../../events/index.ts';
import { notConfigured, someOf } from './stated.ts';

/** What a caller may state of a month. */
export const figures = {
  visitors: count.optional(),
  inquiries: count.optional(),
  calls: count.optional(),
  forms: count.optional(),
  sales: count.optional(),
  turnover: unsignedMoney.optional(),
  advertisingSpend: unsignedMoney.optional(),
};

/** What was recorded of a month; null where nothing was said. */
export const recorded = {
  visitors: count.nullable(),
  inquiries: count.nullable(),
  calls: count.nullable(),
  forms: count.nullable(),
  sales: count.nullable(),
  turnover: unsignedMoney.nullable(),
  advertisingSpend: unsignedMoney.nullable(),
};

export const metricBody = z
  .strictObject({ month, ...figures })
  .refine(someOf(Object.keys(figures)), 'state at least one figure');

export const metricRefusals = {
  ...notConfigured,
  'project-not-found': 'There is no such project.',
  'currency-mismatch': 'Turnover and advertising spend are in the agency’s currency.',
  'month-in-future': 'The month has not begun yet.',
};
