import { z } from 'zod';
import { date } from '../../events/index.ts';
import { ratio, shownMoney } from '../values.ts';

/** A score of a client, or the points of one of its components. */
export const score = z
  .number()
  .min(0)
  .max(100)
  .nullable()
  .meta({ description: '0 to 100, to hundredths; null when it cannot be told or not be shown', examples: [44.74] });

/** What a client is to the agency. */
export const segment = z.enum(['exit', 'reprice', 'reduce-contact', 'invest', 'maintain']);

/** A value that a score or an estimate was computed from. */
export const input = z
  .object({
    name: z.string().meta({ examples: ['margin'] }),
    money: shownMoney.optional(),
    ratio: ratio.optional(),
    count: z.int().optional(),
    date: date.optional(),
  })
  .meta({ id: 'LoyaltyInput', description: 'A value that went into a score or an estimate, by its kind' });
