import type { z } from 'zod';
import type { Problem, ProblemError } from './problem.ts';

type Part = ProblemError['in'];

const escaped = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');
const pointerOf = (path: readonly PropertyKey[]): string => path.map((part) => `/${escaped(part)}`).join('');

const MOST_ERRORS = 100;

const errorsOf = (issue: z.core.$ZodIssue, part: Part): ProblemError[] => {
  if (issue.code !== 'unrecognized_keys') return [{ in: part, pointer: pointerOf(issue.path), message: issue.message }];
  const message = part === 'query' ? 'there is no such parameter' : 'there is no such field';
  return issue.keys.map((key) => ({ in: part, pointer: pointerOf([...issue.path, key]), message }));
};

/** The problem of a request whose fields do not hold; at most a hundred of its errors are told. */
export const invalidRequest = (errors: readonly ProblemError[]): Problem => ({
  status: 400,
  code: 'request-invalid',
  detail: 'The request does not fit its description; `errors` says where.',
  errors: errors.slice(0, MOST_ERRORS),
});

export type Validated<T> = { readonly value: T } | { readonly problem: Problem };

/** Checks a part of a request against its schema; the value is as the schema parses it (defaults, trimmed texts). */
export const validate = <T>(schema: z.ZodType<T>, value: unknown, part: Part): Validated<T> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const errors: ProblemError[] = [];
  for (const issue of parsed.error.issues) {
    errors.push(...errorsOf(issue, part));
    if (errors.length >= MOST_ERRORS) break;
  }
  return { problem: invalidRequest(errors) };
};
