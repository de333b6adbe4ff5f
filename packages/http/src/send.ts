import type { FastifyReply } from 'fastify';
import type { Credential } from './access/authenticate.ts';
import type { Deadlines } from './deadlines.ts';
import type { Timer } from './metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of an operation runs. */
    credential: Credential;
    /** `performance.now()` when the request came. */
    startedAt: number;
    /** Measures requests of the operation; undefined outside of operations. */
    timer: Timer | undefined;
    /** Watches over requests of operations. */
    deadlines: Deadlines | undefined;
  }
}

export const JSON_TYPE = 'application/json; charset=utf-8';
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Sends a text that is ready to go out, and notes how long the request took; nothing when it was answered before. */
export const send = (reply: FastifyReply, status: number, contentType: string, text: string): void => {
  const { request } = reply;
  if (reply.sent) return;
  request.deadlines?.forget(reply);
  request.timer?.(status, performance.now() - request.startedAt);
  reply
    .code(status)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .header('content-type', contentType)
    .send(text);
};
