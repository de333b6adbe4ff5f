import { NotLeaderError, WrongExpectedVersionError } from '@eventstore/db-client';

const CANCELLED = 1;
const UNKNOWN = 2;
const INVALID_ARGUMENT = 3;
const DEADLINE_EXCEEDED = 4;
const ABORTED = 10;
const INTERNAL = 13;
const UNAVAILABLE = 14;

/** gRPC codes of failures that may pass: the connection or the server, not the request, is at fault. */
const PASSING = new Set<unknown>([CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, ABORTED, INTERNAL, UNAVAILABLE]);

/** Of these, the codes of calls that were cut off. */
const BREAKING = new Set<unknown>([CANCELLED, INTERNAL, UNAVAILABLE]);

/** Words with which a call fails that never reached a server which would have carried it out. */
const NEVER_SENT =
  /No connection established|Failed to discover|Name resolution failed|Channel closed before call started|Channel has been shut down|Server Is (Not Ready|Too Busy)|No leader info/;

/** No answer came in time; nobody knows whether one is still to come. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** No server takes a connection now. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The server ended a subscription, which has no end of its own. */
export class SubscriptionEnded extends Error {
  override readonly name = 'SubscriptionEnded';
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Whether the same request may succeed later, on this connection or on a new one. */
export const mayPass = (error: unknown): boolean =>
  !(error instanceof WrongExpectedVersionError) &&
  (error instanceof NoAnswer ||
    error instanceof SubscriptionEnded ||
    error instanceof NotLeaderError ||
    wasNeverSent(error) ||
    PASSING.has(codeOf(error)));

/** Whether a request that failed has certainly had no effect. */
export const wasNeverSent = (error: unknown): boolean =>
  error instanceof Unreachable ||
  error instanceof NotLeaderError ||
  (error instanceof Error && NEVER_SENT.test(error.message));

/**
 * What a failure says about the connection. Of a server that took too long, or did not know what to say, it says
 * little; of a follower that refers to the leader the client itself knows where to go next.
 */
export const connectionAfter = (error: unknown): 'broken' | 'doubtful' | 'sound' => {
  if (error instanceof NotLeaderError || error instanceof Unreachable || !mayPass(error)) return 'sound';
  if (error instanceof SubscriptionEnded || wasNeverSent(error)) return 'broken';
  return BREAKING.has(codeOf(error)) ? 'broken' : 'doubtful';
};

/** Whether the position asked for is not one at which a record of the log begins. */
export const isInvalidPosition = (error: unknown): boolean =>
  codeOf(error) === INVALID_ARGUMENT && error instanceof Error && /invalid position/i.test(error.message);
