import { z } from 'zod';

/** A score of a client, or the points of one of its components. */
export const score = z
  .number()
  .min(0)
  .max(100)
  .nullable()
  .meta({ description: '0 to 100, to hundredths; null when it cannot be told or not be shown', examples: [44.74] });

/** What a client is to the agency. */
export const segment = z.enum(['exit', 'reprice', 'reduce-contact', 'invest', 'maintain']);
