import { z } from 'zod';

/** The languages in which there are texts. */
export const languages = z.enum(['en', 'ru']);

/** The language of texts for people; the server reads `Accept-Language` where it is not asked for by name. */
export const language = languages.default('en').meta({
  description: 'Language of the texts; by `Accept-Language` when absent, English when neither fits',
  examples: ['ru'],
});
