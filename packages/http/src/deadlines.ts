import type { FastifyReply } from 'fastify';
import { type Problem, sendProblem } from './problem.ts';

const tookTooLong: Problem = {
  status: 503,
  code: 'took-too-long',
  detail: 'The answer took too long. A command may still be carried out: send it again with its key to hear of it.',
  retryable: true,
  retryAfter: 1,
};

const LOOKS_PER_DEADLINE = 4;

/**
 * Answers for requests that nothing else answers in time. One timer looks after all of them, since a timer for each
 * would cost more than the rest of the routing; so an answer may be late by a quarter of the limit.
 */
export class Deadlines {
  readonly #limitMs: number;
  readonly #waiting = new Set<FastifyReply>();
  readonly #timer: NodeJS.Timeout;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
    this.#timer = setInterval(() => this.#look(), limitMs / LOOKS_PER_DEADLINE).unref();
  }

  watch(reply: FastifyReply): void {
    this.#waiting.add(reply);
  }

  /** The request is answered. */
  forget(reply: FastifyReply): void {
    this.#waiting.delete(reply);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const late = performance.now() - this.#limitMs;
    for (const reply of this.#waiting) {
      // In the order in which they came.
      if (reply.request.startedAt > late) return;
      sendProblem(reply, tookTooLong);
    }
  }
}
