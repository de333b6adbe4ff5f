import type { CommandContext, Commands } from '@headroom/commanding';
import type { Command } from '@headroom/contracts/rest';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BoundCommand, CommandReply, CommandRequest } from './binding.ts';
import { BeyondLimits, canonicalJson, fingerprintOf } from './canonical-json.ts';
import { type Problem, sendProblem } from './problem.ts';
import { notFound, refusalProblem } from './refusal-problem.ts';
import { traceparentOf } from './request-id.ts';
import { type Asked, fail, type Route } from './route.ts';
import { JSON_TYPE, send } from './send.ts';
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

const keyReused: Problem = {
  status: 422,
  code: 'idempotency-key-reused',
  detail: 'This Idempotency-Key was used before for another request.',
};

const inFlight: Problem = {
  status: 409,
  code: 'command-in-flight',
  detail: 'The same command is being carried out right now; ask again in a moment for its outcome.',
  retryable: true,
  retryAfter: 1,
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

const commandRequest = (
  route: Route,
  operation: Command,
  request: FastifyRequest,
  now: Date,
): Validated<CommandRequest<Command>> => {
  if (!takesBody(operation, request)) return { problem: contentTypeUnsupported(operation) };
  const asked = route.ask(request);
  if ('problem' in asked) return asked;
  // A command without a body says as much as one with an empty object.
  const sent: unknown = request.body === undefined ? {} : request.body;
  const canonical = canonicalBody(sent);
  if ('problem' in canonical) return canonical;
  const body = validate(operation.body, sent, 'body');
  if ('problem' in body) return body;
  const context = contextOf(route, request, asked.value, canonical.value, now);
  if ('problem' in context) return context;
  const { params, query } = asked.value;
  const { caller } = request.credential;
  return { value: { params, query, body: body.value, caller, context: context.value } as CommandRequest<Command> };
};

const problemOf = (operation: Command, answer: Exclude<CommandReply<Command>, { kind: 'accepted' }>): Problem => {
  switch (answer.kind) {
    case 'refused':
      return refusalProblem(operation, answer.code, answer.detail);
    case 'not-found':
      return notFound(answer.what);
    case 'revision-mismatch':
      return {
        status: 412,
        code: 'revision-mismatch',
        detail: 'Somebody has changed this since; `currentRevision` is where it stands now.',
        members: { currentRevision: answer.actualRevision },
        ...(answer.actualRevision < 0 ? {} : { headers: { etag: `"${answer.actualRevision}"` } }),
      };
    case 'key-reused':
      return keyReused;
    case 'in-flight':
      return inFlight;
    case 'invalid':
      return invalidRequest(answer.errors.map(({ pointer, message }) => ({ in: 'body', pointer, message })));
  }
};

const sendAnswer = (route: Route, reply: FastifyReply, answer: CommandReply<Command>): void => {
  const operation = route.operation as Command;
  if (answer.kind !== 'accepted') {
    sendProblem(reply, problemOf(operation, answer));
    return;
  }
  if (answer.revision !== undefined) reply.header('etag', `"${answer.revision}"`);
  if (answer.position !== undefined) reply.header('log-position', String(answer.position));
  if (answer.replayed) reply.header('idempotency-replayed', 'true');
  send(reply, operation.status, JSON_TYPE, route.serialise(answer.body));
};

/** Whether what is known of other streams had a part in the answer. */
const mayBeStale = ({ kind }: CommandReply<Command>): boolean =>
  kind === 'refused' || kind === 'not-found' || kind === 'revision-mismatch';

/**
 * Carries a command out. A refusal is told only when it stands with all that other processes have written by now; a
 * refused command left no trace, so it may be asked again.
 */
const carryOut = async (
  commands: CommandParts['commands'],
  handle: BoundCommand['handle'],
  request: CommandRequest<Command>,
): Promise<CommandReply<Command>> => {
  const news = commands.news();
  const answer = await handle(request);
  if (!mayBeStale(answer)) return answer;
  await commands.catchUp();
  return commands.news() === news ? answer : handle(request);
};

export interface CommandParts {
  readonly commands: Pick<Commands, 'catchUp' | 'news'>;
  readonly clock: () => Date;
}

/** Serves a command: checks the request, has it carried out, and says what became of it. */
export const serveCommand =
  (route: Route, { operation, handle }: BoundCommand, { commands, clock }: CommandParts) =>
  (request: FastifyRequest, reply: FastifyReply): void => {
    const checked = commandRequest(route, operation, request, clock());
    if ('problem' in checked) {
      sendProblem(reply, checked.problem);
      return;
    }
    carryOut(commands, handle, checked.value)
      .then((answer) => sendAnswer(route, reply, answer))
      .catch((fault: unknown) => fail(reply, fault));
  };
