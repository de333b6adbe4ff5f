import { z } from 'zod';
import { event } from './event.ts';
import { channel, id, instant, name, note, reason } from './values.ts';

export const clientRequestRegistered = event('ClientRequestRegistered', 1, {
  requestId: id,
  clientId: id,
  projectId: id,
  stageId: id.nullable(),
  askedBy: name,
  channel,
  askedAt: instant,
  /** What was asked, in the words of who asked. */
  words: note,
});

export const requestScope = z.enum(['in-scope', 'out-of-scope', 'unclear']);

export const requestClassified = event('RequestClassified', 1, {
  requestId: id,
  clientId: id,
  projectId: id,
  stageId: id.nullable(),
  scope: requestScope,
  rationale: reason,
  contractClause: z.string().nullable(),
});

export const requestEvents = [clientRequestRegistered, requestClassified] as const;
