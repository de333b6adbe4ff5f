import { STATUS_CODES } from 'node:http';
import { type Operation, operationState } from '@headroom/contracts/rest';
import { z } from 'zod';
import { errorCodesOf } from './error-responses.ts';
import { problemSchema } from './problem-schema.ts';

const commandHeaders = z.object({
  'Idempotency-Key': z
    .string()
    .min(1)
    .max(255)
    .meta({
      description:
        'Yours to choose, one for each command, of visible ASCII characters. The same key and request again give the first outcome again, for ever',
      examples: ['log-2026-03-16-anna-1'],
    }),
  'If-Match': z.string().optional().meta({
    description: 'An `ETag` of this API: the command is refused with 412 when it is no longer the current one',
  }),
});

const questionHeaders = z.object({
  'Min-Position': z
    .string()
    .optional()
    .meta({ description: 'A `Log-Position`: the answer holds at least the events up to there', examples: ['128'] }),
});

/** What a code means, as one line of a list. */
const bullet = ([code, meaning]: readonly [string, string]): string => `- \`${code}\`: ${meaning.replace(/\.$/, '')}`;

const errorResponses = (operation: Operation) =>
  Object.fromEntries(
    Object.entries(errorCodesOf(operation)).map(([status, codes]) => [
      status,
      {
        description: [`${STATUS_CODES[status]}`, '', ...Object.entries(codes).map(bullet)].join('\n'),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );

const LONG = 'Begun: it takes long. `Location` names the operation that tells how far it is, and in the end its result';

const filled = (schema: z.ZodObject): boolean => Object.keys(schema.shape).length > 0;

const producedBy = (operation: Operation): string =>
  (operation.kind === 'question' ? operation.produces : undefined) ?? 'application/json';

/** An operation as `@fastify/swagger` wants its routes described. */
export const routeSchema = (operation: Operation) => ({
  operationId: operation.operationId,
  tags: [operation.tag],
  summary: operation.summary,
  ...(operation.description === undefined ? {} : { description: operation.description }),
  ...(filled(operation.params) ? { params: operation.params } : {}),
  ...(filled(operation.query) ? { querystring: operation.query } : {}),
  headers: operation.kind === 'command' ? commandHeaders : questionHeaders,
  ...(operation.kind === 'command'
    ? { body: operation.body, consumes: [...(operation.contentTypes ?? ['application/json'])] }
    : {}),
  response: {
    [operation.status]: {
      description: operation.kind === 'command' ? 'Carried out, or carried out before' : 'The answer',
      content: { [producedBy(operation)]: { schema: operation.response } },
    },
    ...(operation.kind === 'command' && operation.mayTakeLong
      ? { 202: { description: LONG, content: { 'application/json': { schema: operationState } } } }
      : {}),
    ...errorResponses(operation),
  },
});
