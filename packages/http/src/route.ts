import type { Operation, Permission } from '@headroom/contracts/rest';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkResponse } from './check-response.ts';
import { compileResponse } from './compile-response.ts';
import { preferredLanguage } from './language.ts';
import { JSON_TYPE } from './send.ts';
import { type Validated, validate } from './validate.ts';

/** What a request brings in path and query, checked. */
export interface Asked {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/** An operation made ready to be served. */
export interface Route {
  readonly operation: Operation;
  readonly permissions: readonly Permission[];
  /** Checks path and query. */
  readonly ask: (request: FastifyRequest) => Validated<Asked>;
  /** The content type of its answers. */
  readonly answerType: string;
  /** The name under which its answers are offered to be kept. */
  readonly file: string | undefined;
  /** The answer as a text: JSON, unless it is a finished text of another type. Throws `ResponseDrift` when responses are checked and it is not as the contract says. */
  readonly serialise: (body: unknown) => string;
}

/** Just as it was made: what is signed in it is signed letter by letter. */
const asFile = (body: unknown): string => `${JSON.stringify(body, undefined, 1)}\n`;

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze({});

type Parse = (request: FastifyRequest) => Validated<Readonly<Record<string, unknown>>>;

const parseParams = ({ params }: Operation): Parse => {
  const nothing = { value: NOTHING };
  return Object.keys(params.shape).length === 0 ? () => nothing : (request) => validate(params, request.params, 'path');
};

type Query = Readonly<Record<string, unknown>>;

/** What was asked for, in the language of the caller's `Accept-Language` unless it names one. */
const inLanguage = (asked: Query, request: FastifyRequest): Query =>
  'lang' in asked ? asked : { ...asked, lang: preferredLanguage(request.headers['accept-language'], ['en', 'ru']) };

/** Most requests have no query: what the schema makes of that is known beforehand. */
const parseQuery = ({ query }: Operation): Parse => {
  if ('lang' in query.shape) return (request) => validate(query, inLanguage(request.query as Query, request), 'query');
  const unasked = validate(query, {}, 'query');
  return (request) => (request.url.includes('?') ? validate(query, request.query, 'query') : unasked);
};

const permissionsOf = ({ operationId, permission }: Operation): readonly Permission[] => {
  const asked: readonly (Permission | undefined)[] = Array.isArray(permission) ? permission : [permission];
  const named = asked.filter((one) => one !== undefined);
  if (named.length === 0) throw new Error(`the operation ${operationId} asks for no permission`);
  return named;
};

const writerOf = (operation: Operation): ((body: unknown) => string) => {
  if (operation.kind === 'question' && operation.file !== undefined) return asFile;
  if (operation.kind === 'question' && operation.produces !== undefined) return String;
  return compileResponse(operation.response);
};

/** Prepares an operation. Throws when it asks for no permission: such a route stops the start-up. */
export const prepareRoute = (operation: Operation, checkResponses: boolean): Route => {
  const params = parseParams(operation);
  const query = parseQuery(operation);
  const produces = operation.kind === 'question' ? operation.produces : undefined;
  const file = operation.kind === 'question' ? operation.file : undefined;
  const compiled = writerOf(operation);
  const serialise = (body: unknown): string => {
    const json = compiled(body);
    checkResponse(
      operation.operationId,
      operation.response,
      body,
      produces === undefined ? json : JSON.stringify(json),
    );
    return json;
  };
  return {
    operation,
    permissions: permissionsOf(operation),
    file,
    answerType: produces === undefined ? JSON_TYPE : `${produces}; charset=utf-8`,
    ask: (request) => {
      const path = params(request);
      if ('problem' in path) return path;
      const rest = query(request);
      return 'problem' in rest ? rest : { value: { params: path.value, query: rest.value } };
    },
    serialise: checkResponses ? serialise : compiled,
  };
};

/** Hands a fault to the error handler. */
export const fail = (reply: FastifyReply, fault: unknown): void => {
  reply.send(fault instanceof Error ? fault : new Error('something other than an error was thrown', { cause: fault }));
};
