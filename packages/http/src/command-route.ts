import type { Commands } from '@headroom/commanding';
import type { Command } from '@headroom/contracts/rest';
import type { Spool } from '@headroom/operations';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BoundCommand, CommandReply, CommandRequest } from './binding.ts';
import { commandRequest } from './command-request.ts';
import { operationAnswer } from './operations/operation-answer.ts';
import { type Problem, sendProblem } from './problem.ts';
import { notFound, refusalProblem } from './refusal-problem.ts';
import { fail, type Route } from './route.ts';
import { JSON_TYPE, send } from './send.ts';
import { isUpload } from './upload.ts';
import { invalidRequest } from './validate.ts';

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

const problemOf = (
  operation: Command,
  answer: Exclude<CommandReply<Command>, { kind: 'accepted' | 'started' }>,
): Problem => {
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
  if (answer.kind === 'started') {
    reply.header('location', `/v1/operations/${encodeURIComponent(answer.operation.operationId)}`);
    if (answer.replayed) reply.header('idempotency-replayed', 'true');
    send(reply, 202, JSON_TYPE, operationAnswer(answer.operation));
    return;
  }
  if (answer.kind !== 'accepted') {
    sendProblem(reply, problemOf(operation, answer));
    return;
  }
  if (answer.revision !== undefined) reply.header('etag', `"${answer.revision}"`);
  if (answer.position !== undefined) {
    reply.header('log-position', String(answer.position));
    reply.header('receipt', `/v1/receipts?position=${answer.position}`);
  }
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
  readonly spool: Pick<Spool, 'remove'> | undefined;
  readonly clock: () => Date;
}

/** A spooled upload that no operation has taken over is read by nobody any more. */
const letGo = async ({ spool }: CommandParts, body: unknown, answer?: CommandReply<Command>): Promise<void> => {
  if (!isUpload(body) || body.spoolId === undefined) return;
  if (answer?.kind === 'started' && !answer.replayed) return;
  // What stays behind is swept away a day later.
  await spool?.remove(body.spoolId).catch(() => undefined);
};

/** Serves a command: checks the request, has it carried out, and says what became of it. */
export const serveCommand =
  (route: Route, { operation, handle }: BoundCommand, parts: CommandParts) =>
  (request: FastifyRequest, reply: FastifyReply): void => {
    const { body } = request;
    const checked = commandRequest(route, operation, request, parts.clock());
    if ('problem' in checked) {
      void letGo(parts, body);
      sendProblem(reply, checked.problem);
      return;
    }
    carryOut(parts.commands, handle, checked.value)
      .then((answer) => {
        void letGo(parts, body, answer);
        sendAnswer(route, reply, answer);
      })
      .catch((fault: unknown) => {
        void letGo(parts, body);
        fail(reply, fault);
      });
  };
