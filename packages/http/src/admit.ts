import type { Permission } from '@headroom/contracts/rest';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authentication, Authenticator, CredentialRefusal } from './access/authenticate.ts';
import type { Deadlines } from './deadlines.ts';
import type { Timer } from './metrics.ts';
import { type Problem, sendProblem } from './problem.ts';
import type { Allowance, RateLimiter } from './rate-limit.ts';

export interface Gate {
  readonly authenticator: Authenticator;
  readonly keys: RateLimiter | undefined;
  readonly strangers: RateLimiter | undefined;
  readonly deadlines: Deadlines;
}

type Next = (error?: Error) => void;

const refusals: Readonly<Record<CredentialRefusal, string>> = {
  'credentials-missing': 'Send an API key: `Authorization: Bearer hdr_...`.',
  'credentials-invalid': 'The credentials are not those of any key.',
  'key-expired': 'The API key has expired.',
  'key-revoked': 'The API key was revoked.',
};

const unauthorized = (code: CredentialRefusal): Problem => ({
  status: 401,
  code,
  detail: refusals[code],
  headers: {
    'www-authenticate': code === 'credentials-missing' ? 'Bearer' : 'Bearer error="invalid_token"',
  },
});

const forbidden = (needed: readonly Permission[]): Problem => ({
  status: 403,
  code: 'permission-missing',
  detail: `The credentials lack a permission: ${needed.join(' or ')}.`,
});

const tooMany = (retryAfter: number): Problem => ({
  status: 429,
  code: 'too-many-requests',
  detail: 'More requests came than are taken in this time.',
  retryable: true,
  retryAfter,
});

const told = (reply: FastifyReply, limiter: RateLimiter, { remaining, resetSeconds }: Allowance): void => {
  const name = limiter.policy.slice(0, limiter.policy.indexOf(';'));
  reply.header('ratelimit-policy', limiter.policy);
  reply.header('ratelimit', `${name};r=${remaining};t=${resetSeconds}`);
};

/** Counts a request; false when it was one too many, and has been answered. */
const within = (limiter: RateLimiter | undefined, subject: string, reply: FastifyReply): boolean => {
  if (limiter === undefined) return true;
  const allowance = limiter.take(subject, performance.now());
  told(reply, limiter, allowance);
  if (!allowance.allowed) sendProblem(reply, tooMany(allowance.resetSeconds));
  return allowance.allowed;
};

/**
 * The first thing that happens to a request of an operation, before its body is read: who calls, is it too often, and
 * may they. Runs without a promise when the key is known.
 */
export const admit = (
  gate: Gate,
  needed: readonly Permission[],
  timer: Timer | undefined,
  /** A large file takes as long as its sender's line is slow; how long is up to the limit on receiving. */
  { upload }: { readonly upload: boolean },
) => {
  const enter = (found: Authentication, request: FastifyRequest, reply: FastifyReply, next: Next): void => {
    if (typeof found === 'string') {
      if (within(gate.strangers, request.ip, reply)) sendProblem(reply, unauthorized(found));
      return;
    }
    if (!within(gate.keys, found.keyId, reply)) return;
    request.credential = found;
    if (needed.some((permission) => found.caller.permissions.has(permission))) next();
    else sendProblem(reply, forbidden(needed));
  };
  return (request: FastifyRequest, reply: FastifyReply, next: Next): void => {
    request.startedAt = performance.now();
    request.timer = timer;
    request.deadlines = gate.deadlines;
    if (!upload) gate.deadlines.watch(reply);
    const found = gate.authenticator.authenticate(request.headers.authorization);
    if (found instanceof Promise) found.then((later) => enter(later, request, reply, next)).catch(next);
    else enter(found, request, reply, next);
  };
};
