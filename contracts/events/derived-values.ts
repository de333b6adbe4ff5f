import { z } from 'zod';

/** A date worked out from others: a caller's dates lie between plausible years, what follows from them may not. */
export const derivedDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ description: 'A calendar date', format: 'date', examples: ['2026-03-16'] });

/** A month worked out from others. */
export const derivedMonth = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .meta({ description: 'A calendar month', examples: ['2026-03'] });
