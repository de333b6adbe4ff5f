import { z } from 'zod';
import { derivedDate } from './derived-values.ts';
import { disputeEvents } from './dispute.ts';
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

export const behaviour = z.enum(['do-all', 'delegate', 'teach', 'dissuade']);
export type Behaviour = z.infer<typeof behaviour>;

/** How the agency behaves towards a request; the newest decision holds. */
export const behaviourDecided = event('BehaviourDecided', 1, {
  ...links,
  stageId: id.nullable(),
  behaviour,
  rationale: reason,
  /** What the figures advised when it was decided; `null`: they were not enough for advice. */
  advised: behaviour.nullable(),
  decidedOn: date,
});

export const requestResult = z.enum(['done', 'dropped']);
export type RequestResult = z.infer<typeof requestResult>;

/** Nothing is left to be done for the request. Hours may still arrive late. */
export const requestCompleted = event('RequestCompleted', 1, {
  ...links,
  stageId: id.nullable(),
  result: requestResult,
  completedOn: date,
  note: note.nullable(),
});

export const requestEvents = [
  clientRequestRegistered,
  requestClassified,
  behaviourDecided,
  requestCompleted,
  ...disputeEvents,
] as const;
