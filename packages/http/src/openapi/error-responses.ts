import type { Operation, Question } from '@headroom/contracts/rest';
import { refusalStatus } from '../refusal-problem.ts';

/** Problem codes of an operation by status, each with what it means. */
export type ErrorCodes = Readonly<Record<number, Readonly<Record<string, string>>>>;

const always: ErrorCodes = {
  400: { 'request-invalid': 'Something in path, query or body does not hold; `errors` says where' },
  401: {
    'credentials-missing': 'No API key was sent',
    'credentials-invalid': 'The key is unknown or mistyped',
    'key-expired': 'The key has expired',
    'key-revoked': 'The key was revoked',
  },
  403: { 'permission-missing': 'The key lacks the permission' },
  404: { 'not-found': 'Something named is not there, or is not yours' },
  429: { 'too-many-requests': 'The key’s rate limit is used up; wait for `Retry-After` seconds' },
  500: { 'internal-error': 'A fault on our side' },
  503: {
    'temporarily-unavailable': 'A part cannot be reached; send the request again',
    'took-too-long': 'No answer in time; send the request again',
    'read-model-rebuilding': 'The figures are being computed anew after an upgrade; send the request again',
  },
};

const ofCommands: ErrorCodes = {
  400: {
    'body-malformed': 'The body is not JSON in UTF-8',
    'idempotency-key-required': 'The Idempotency-Key is missing or not 1-255 visible ASCII characters',
    'if-match-invalid': 'If-Match is not one revision in double quotes',
  },
  409: { 'command-in-flight': 'The same command is being carried out right now' },
  412: { 'revision-mismatch': 'If-Match names another revision than `currentRevision`' },
  413: { 'body-too-large': 'The body is larger than the operation takes' },
  415: { 'content-type-unsupported': 'The body has another content type than the operation takes' },
  422: { 'idempotency-key-reused': 'The Idempotency-Key was used before for another request' },
  503: { 'outcome-unknown': 'Send the command again with the same Idempotency-Key to settle it' },
};

const ofQuestions = ({ query }: Question): ErrorCodes => ({
  400: {
    'min-position-invalid': 'Min-Position is not a log position',
    ...('cursor' in query.shape ? { 'cursor-invalid': 'The cursor belongs to another list or other filters' } : {}),
    ...('knownAt' in query.shape || 'fromKnownAt' in query.shape
      ? { 'known-at-in-future': 'knownAt lies beyond the newest event' }
      : {}),
  },
  503: { 'projection-behind': 'The figures do not hold the events up to Min-Position yet' },
});

const ofRefusals = ({ refusals }: Operation): ErrorCodes => {
  const byStatus: Record<number, Record<string, string>> = {};
  for (const [code, meaning] of Object.entries(refusals)) {
    const status = refusalStatus(code);
    byStatus[status] = { ...byStatus[status], [code]: meaning };
  }
  return byStatus;
};

const merged = (parts: readonly ErrorCodes[]): ErrorCodes => {
  const all: Record<number, Record<string, string>> = {};
  for (const part of parts) {
    for (const [status, codes] of Object.entries(part)) all[Number(status)] = { ...all[Number(status)], ...codes };
  }
  return all;
};

/** Every problem that an operation may answer with. */
export const errorCodesOf = (operation: Operation): ErrorCodes =>
  merged([always, operation.kind === 'command' ? ofCommands : ofQuestions(operation), ofRefusals(operation)]);
