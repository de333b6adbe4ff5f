import { z } from 'zod';

const problemError = z
  .object({
    in: z.enum(['body', 'query', 'path', 'header']),
    pointer: z.string().meta({ description: 'JSON pointer (RFC 6901) into that part', examples: ['/seconds'] }),
    message: z.string(),
  })
  .meta({ id: 'ProblemError' });

/** The problem document of RFC 9457, for the document of the API. */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ format: 'uri', examples: ['urn:headroom:problem:stage-closed'] }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable; branch on this one' }),
    detail: z.string(),
    errors: z.array(problemError).optional(),
    retryable: z.boolean().meta({ description: 'Whether the same request may succeed if it is simply sent again' }),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457; refusals add members of their own, with the facts behind them' });
