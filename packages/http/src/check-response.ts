import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';

/** An answer that is not as its contract says: a mistake of ours, found in tests. */
export class ResponseDrift extends Error {
  override readonly name = 'ResponseDrift';
}

/** Throws `ResponseDrift` when an answer does not fit its schema, or when serialising it loses or changes something. */
export const checkResponse = (operationId: string, schema: z.ZodType, body: unknown, serialised: string): void => {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ResponseDrift(`${operationId} answered against its contract: ${parsed.error.message}`);
  const meant: unknown = JSON.parse(JSON.stringify(body));
  if (!isDeepStrictEqual(JSON.parse(serialised), meant))
    throw new ResponseDrift(`${operationId} answered ${JSON.stringify(body)}, of which only ${serialised} is declared`);
};
