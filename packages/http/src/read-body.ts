import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import type { Problem } from './problem.ts';

/** A request that cannot be understood, thrown where Fastify wants errors; the error handler sends its problem. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const malformed = (detail: string): BadRequest => new BadRequest({ status: 400, code: 'body-malformed', detail });

/** A charset other than UTF-8 is refused rather than misread. */
const FOREIGN_CHARSET = /;\s*charset=(?!"?utf-?8"?\s*(;|$))/i;

const textOf = (contentType: string | undefined, body: Buffer): string => {
  if (contentType !== undefined && FOREIGN_CHARSET.test(contentType))
    throw new BadRequest({ status: 415, code: 'content-type-unsupported', detail: 'The body must be in UTF-8.' });
  if (!isUtf8(body)) throw malformed('The body is not valid UTF-8.');
  return body.toString('utf8');
};

/**
 * Reads JSON, and the other given content types as text; anything else is 415. Bytes that are no UTF-8 and members
 * that would change an object's prototype are refused.
 */
export const readBodies = (app: FastifyInstance, textTypes: Iterable<string>): void => {
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = textOf(request.headers['content-type'], body as Buffer);
    if (text === '') throw malformed('The body is empty although a content type was named.');
    // It calls back before it returns.
    void parseJson(request, text, (error, value) => {
      if (error === null || error === undefined) done(null, value);
      else done(malformed('The body is not valid JSON.'));
    });
  });
  for (const type of textTypes) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (request, body, done) => {
      done(null, textOf(request.headers['content-type'], body as Buffer));
    });
  }
};
