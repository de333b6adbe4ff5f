import { Contended } from '@headroom/commanding';
import { TooLarge, Unavailable, UnknownOutcome } from '@headroom/event-store';
import { isConnectionLoss } from '@headroom/postgres';
import { NotProjected, Rebuilding } from '@headroom/projecting';
import type { Problem } from './problem.ts';
import { BadRequest } from './read-body.ts';

/** What Fastify itself complains of, by its code. */
const FROM_FASTIFY: Readonly<Record<string, Problem>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'content-type-unsupported',
    detail: 'The operation does not take a body of this content type.',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'body-too-large', detail: 'The body is larger than is taken here.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'body-malformed',
    detail: 'The body has another length than its Content-Length says.',
  },
  FST_ERR_BAD_URL: { status: 400, code: 'url-malformed', detail: 'The URL is not well-formed.' },
};

const busy: Problem = {
  status: 503,
  code: 'temporarily-unavailable',
  detail: 'A part of the service cannot be reached just now. Nothing is wrong with the request.',
  retryable: true,
  retryAfter: 1,
};

const rebuilding: Problem = {
  status: 503,
  code: 'read-model-rebuilding',
  detail: 'The figures are being computed anew after an upgrade, and cannot be read yet. Commands are taken as ever.',
  retryable: true,
  retryAfter: 5,
};

const uncertain: Problem = {
  status: 503,
  code: 'outcome-unknown',
  detail:
    'It is not known whether the command was carried out. Send it again with the same Idempotency-Key to settle it.',
  retryable: true,
  retryAfter: 1,
};

const internal: Problem = {
  status: 500,
  code: 'internal-error',
  detail: 'Something went wrong on our side. Name the requestId when you report it.',
};

/** Statement time-out, and too many connections. */
const OVERLOADED: ReadonlySet<unknown> = new Set(['57014', '53300', '53400']);

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown } | null | undefined)?.code;

const clientError = (error: unknown): Problem | undefined => {
  const status = (error as { readonly statusCode?: unknown } | null | undefined)?.statusCode;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  return { status, code: 'request-malformed', detail: 'The request could not be read.' };
};

/** What the caller is told of an error: never its message, unless it was meant for the caller. */
export const problemOfFault = (error: unknown): Problem => {
  if (error instanceof BadRequest) return error.problem;
  if (error instanceof TooLarge)
    return { status: 413, code: 'body-too-large', detail: 'The command holds more than one event of the log may.' };
  if (error instanceof Rebuilding) return rebuilding;
  if (error instanceof UnknownOutcome) return uncertain;
  if ([Unavailable, Contended, NotProjected].some((kind) => error instanceof kind) || isConnectionLoss(error))
    return busy;
  const code = codeOf(error);
  if (OVERLOADED.has(code)) return busy;
  return (typeof code === 'string' ? FROM_FASTIFY[code] : undefined) ?? clientError(error) ?? internal;
};
