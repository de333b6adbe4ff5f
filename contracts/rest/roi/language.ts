import { z } from 'zod';

/** The language of texts for people. */
export const language = z
  .enum(['en', 'ru'])
  .default('en')
  .meta({ description: 'Language of the texts', examples: ['ru'] });
