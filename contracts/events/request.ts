import { z } from 'zod';
import { derivedDate } from './derived-values.ts';
import { event } from './event.ts';
import { channel, date, id, instant, name, note, reason } from './values.ts';

const links = { requestId: id, clientId: id, projectId: id };

export const clientRequestRegistered = event('ClientRequestRegistered', 1, {
  ...links,
  /** `null`: it is not known yet which stage it concerns. */
  stageId: id.nullable(),
  askedBy: name,
  channel,
  askedAt: instant,
  /** The date of `askedAt` in the agency's time zone. */
  askedOn: derivedDate,
  /** What was asked, in the words of who asked. */
  words: note,
});

export const requestScope = z.enum(['in-scope', 'out-of-scope', 'unclear']);
export type RequestScope = z.infer<typeof requestScope>;

/** The newest classification holds; the ones before stay in the log. */
export const requestClassified = event('RequestClassified', 1, {
  ...links,
  /** The stage that the request concerns, as known by now. */
  stageId: id.nullable(),
  scope: requestScope,
  rationale: reason,
  /** What the contract says of it, or where. */
  contractClause: note.nullable(),
  /** From this date on the classification holds. */
  classifiedOn: date,
});

export const requestEvents = [clientRequestRegistered, requestClassified] as const;
