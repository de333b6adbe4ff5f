import type { FastifyReply } from 'fastify';
import { PROBLEM_TYPE, send } from './send.ts';

/** One thing that is wrong with a request: where (a JSON pointer) and what. */
export interface ProblemError {
  readonly in: 'body' | 'query' | 'path' | 'header';
  readonly pointer: string;
  readonly message: string;
}

/** A refusal or failure on its way to the caller, as a problem document of RFC 9457. */
export interface Problem {
  readonly status: number;
  /** Stable; clients branch on it. */
  readonly code: string;
  /** For people; says nothing of how we are built. */
  readonly detail: string;
  readonly errors?: readonly ProblemError[];
  /** Whether the same request may succeed if it is simply sent again. */
  readonly retryable?: boolean;
  /** Seconds to wait before that. */
  readonly retryAfter?: number;
  /** Further members of the document. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `stage-closed` is titled `Stage closed`. */
const titleOf = (code: string): string => `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`;

/** The document as JSON. Members of the problem itself go before those that a refusal adds. */
export const problemJson = (problem: Problem, requestId: string): string =>
  JSON.stringify({
    ...problem.members,
    type: `urn:headroom:problem:${problem.code}`,
    title: titleOf(problem.code),
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
    retryable: problem.retryable ?? false,
    requestId,
  });

/** Answers with a problem document. */
export const sendProblem = (reply: FastifyReply, problem: Problem): void => {
  if (problem.headers !== undefined) reply.headers(problem.headers);
  if (problem.retryAfter !== undefined) reply.header('retry-after', String(problem.retryAfter));
  send(reply, problem.status, PROBLEM_TYPE, problemJson(problem, reply.request.id));
};
