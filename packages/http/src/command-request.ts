import type { CommandContext } from '@headroom/commanding';
import type { Command } from '@headroom/contracts/rest';
import type { FastifyRequest } from 'fastify';
import type { CommandRequest } from './binding.ts';
import { BeyondLimits, canonicalJson, fingerprintOf } from './canonical-json.ts';
import type { Problem } from './problem.ts';
import { traceparentOf } from './request-id.ts';
import type { Asked, Route } from './route.ts';
import { isUpload, NO_UPLOAD } from './upload.ts';
import { invalidRequest, type Validated, validate } from './validate.ts';

const JSON_ALONE: readonly string[] = ['application/json'];
const KEY_FORM = /^[\x21-\x7e]{1,255}$/;
const REVISION_FORM = /^"(0|[1-9]\d{0,14})"$/;

const keyRequired: Problem = {
  status: 400,
  code: 'idempotency-key-required',
  detail: 'A command needs an Idempotency-Key of 1 to 255 visible ASCII characters.',
};

const ifMatchInvalid: Problem = {
  status: 400,
  code: 'if-match-invalid',
  detail: 'If-Match takes one strong ETag of this API: a revision in double quotes.',
};

const contentTypeUnsupported = ({ contentTypes = JSON_ALONE }: Command): Problem => ({
  status: 415,
  code: 'content-type-unsupported',
  detail: `The body must be of the content type ${contentTypes.join(' or ')}.`,
});

/** Other operations may read content types that this one does not. */
const takesBody = ({ contentTypes = JSON_ALONE }: Command, { body, headers }: FastifyRequest): boolean => {
  const given = headers['content-type'];
  if (body === undefined || given === undefined) return true;
  return contentTypes.includes((given.split(';', 1)[0] as string).trim().toLowerCase());
};

/** The body as text that is alike for alike requests, or what is wrong with its size. */
const canonicalBody = (body: unknown): Validated<string> => {
  if (isUpload(body)) return { value: `sha256:${body.sha256}` };
  try {
    return { value: typeof body === 'string' ? body : canonicalJson(body) };
  } catch (error) {
    if (!(error instanceof BeyondLimits)) throw error;
    return { problem: invalidRequest([{ in: 'body', pointer: '', message: error.message }]) };
  }
};

/** The fingerprint is made of what was sent, not of what a schema makes of it: schemas gain defaults over time. */
const fingerprint = (operationId: string, request: FastifyRequest, { params }: Asked, body: string): string =>
  fingerprintOf(
    operationId,
    canonicalJson(params),
    request.url.includes('?') ? canonicalJson(request.query) : '',
    body,
  );

const contextOf = (
  route: Route,
  request: FastifyRequest,
  asked: Asked,
  body: string,
  now: Date,
): Validated<CommandContext> => {
  const { headers, credential } = request;
  const commandKey = headers['idempotency-key'];
  if (typeof commandKey !== 'string' || !KEY_FORM.test(commandKey)) return { problem: keyRequired };
  const context: { -readonly [Name in keyof CommandContext]: CommandContext[Name] } = {
    tenantId: credential.caller.tenantId,
    actor: credential.caller.actor,
    commandKey,
    fingerprint: fingerprint(route.operation.operationId, request, asked, body),
    correlationId: request.id,
    now: now.toISOString(),
  };
  const traceparent = traceparentOf(headers.traceparent);
  if (traceparent !== undefined) context.traceparent = traceparent;
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    const revision = REVISION_FORM.exec(ifMatch)?.[1];
    if (revision === undefined) return { problem: ifMatchInvalid };
    context.expectedRevision = Number(revision);
  }
  return { value: context };
};

/**
 * What a request asks of a command, checked: path, query, body, key and If-Match, in that order. Its key is made part of
 * the context, together with a fingerprint of everything that was sent.
 */
export const commandRequest = (
  route: Route,
  operation: Command,
  request: FastifyRequest,
  now: Date,
): Validated<CommandRequest<Command>> => {
  if (!takesBody(operation, request)) return { problem: contentTypeUnsupported(operation) };
  const asked = route.ask(request);
  if ('problem' in asked) return asked;
  // A command without a body says as much as one with an empty object.
  const nothing = operation.upload ? NO_UPLOAD : {};
  const sent: unknown = request.body === undefined ? nothing : request.body;
  const canonical = canonicalBody(sent);
  if ('problem' in canonical) return canonical;
  const upload = isUpload(sent) ? sent : NO_UPLOAD;
  const body = validate(operation.body, operation.upload ? '' : sent, 'body');
  if ('problem' in body) return body;
  const context = contextOf(route, request, asked.value, canonical.value, now);
  if ('problem' in context) return context;
  const { params, query } = asked.value;
  const { caller } = request.credential;
  const value = { params, query, body: body.value, upload, caller, context: context.value };
  return { value: value as CommandRequest<Command> };
};
