import type { Operation } from '@headroom/contracts/rest';
import type { Problem } from './problem.ts';

/** Refusals that say the caller may not, rather than that the state of things forbids it. */
const FORBIDDEN: ReadonlySet<string> = new Set([
  'not-permitted',
  'not-own-time',
  'own-hours',
  'approver-is-proposer',
  'not-the-arbiter',
]);

/** The HTTP status of a refusal: 403 when the caller may not, 404 when something named is not there, else 409. */
export const refusalStatus = (code: string): 403 | 404 | 409 => {
  if (FORBIDDEN.has(code)) return 403;
  return code.endsWith('-not-found') ? 404 : 409;
};

/** The problem of a refusal: in the words of the contract, with the facts of the decision as further members. */
export const refusalProblem = (
  { refusals }: Operation,
  code: string,
  detail: Readonly<Record<string, unknown>> | undefined,
): Problem => ({
  status: refusalStatus(code),
  code,
  detail: refusals[code] ?? 'The request was refused.',
  ...(detail === undefined ? {} : { members: detail }),
});

/** The problem of something that is not there, or that is another tenant's. */
export const notFound = (what: string): Problem => ({
  status: 404,
  code: 'not-found',
  detail: `There is no such ${what}.`,
});
