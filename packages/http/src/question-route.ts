import type { Question } from '@headroom/contracts/rest';
import type { EventStore } from '@headroom/event-store';
import type { ReadModels } from '@headroom/projecting';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BoundQuestion, QuestionReply, QuestionRequest } from './binding.ts';
import { readCursor } from './cursor.ts';
import { type KeptAnswers, keptBy } from './kept-answers.ts';
import { type KnownAt, resolveKnownAt } from './known-at.ts';
import { type Problem, sendProblem } from './problem.ts';
import { notFound, refusalProblem } from './refusal-problem.ts';
import { type Asked, fail, type Route } from './route.ts';
import { send } from './send.ts';
import type { Validated } from './validate.ts';

export interface QuestionParts {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly clock: () => Date;
  readonly projectionWaitMs: number;
  /** Of all questions together. */
  readonly kept: KeptAnswers;
}

/** An answer, and its text where it is kept. */
type Answer =
  | QuestionReply<Question>
  | { readonly problem: Problem }
  | { readonly kind: 'text'; readonly text: string };

/** A page loads nothing and runs nothing: all that it shows is in it. */
const STANDS_ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox";

const POSITION_FORM = /^\d{1,15}$/;

const minPositionInvalid: Problem = {
  status: 400,
  code: 'min-position-invalid',
  detail: 'Min-Position takes a log position: a whole number, as an earlier Log-Position said.',
};

const cursorInvalid: Problem = {
  status: 400,
  code: 'cursor-invalid',
  detail: 'The cursor was not made for this list with these filters. Begin again without one.',
};

const behind: Problem = {
  status: 503,
  code: 'projection-behind',
  detail: 'The figures do not hold the events up to Min-Position yet.',
  retryable: true,
  retryAfter: 1,
};

/** What keeps a live question from being asked: figures that are older than the caller has seen already. */
const waitForPosition = async (
  { readModels, projectionWaitMs }: QuestionParts,
  projections: readonly string[],
  minPosition: string | readonly string[] | undefined,
): Promise<Problem | undefined> => {
  if (minPosition === undefined) return undefined;
  if (typeof minPosition !== 'string' || !POSITION_FORM.test(minPosition)) return minPositionInvalid;
  return (await readModels.caughtUp(projections, Number(minPosition), projectionWaitMs)) ? undefined : behind;
};

/** The earlier moment that a question compares with, if it does. */
const earlierMoment = async (
  store: EventStore,
  { query }: Asked,
  now: Date,
): Promise<Validated<KnownAt | undefined>> =>
  query.fromKnownAt === undefined ? { value: undefined } : resolveKnownAt(store, String(query.fromKnownAt), now);

const askKnownAt = async (
  { store, readModels }: QuestionParts,
  { projections, answer, past }: BoundQuestion,
  asked: Asked,
  request: FastifyRequest,
  now: Date,
): Promise<Answer> => {
  const known = await resolveKnownAt(store, String(asked.query.knownAt), now);
  if ('problem' in known) return known;
  const from = await earlierMoment(store, asked, now);
  if ('problem' in from) return from;
  const { position, instant } = known.value;
  const { caller } = request.credential;
  const question = { ...asked, caller, instant, from: from.value } as QuestionRequest<Question>;
  const quick = await past?.(question, position, readModels);
  return quick ?? readModels.at(projections, caller.tenantId, position, (reader) => answer(question, reader));
};

type Ask = (bound: BoundQuestion, asked: Asked, request: FastifyRequest, now: Date) => Promise<Answer>;

const requestOf = ({ params, query }: Asked, request: FastifyRequest, now: Date): QuestionRequest<Question> => {
  const { caller } = request.credential;
  return { params, query, caller, instant: now.toISOString() };
};

/** Answers by the rows as they are, or by what was made of them before. */
const askKept =
  ({ readModels, kept }: QuestionParts, route: Route): Ask =>
  async ({ operation, projections, answer }, asked, request, now) => {
    const question = requestOf(asked, request, now);
    const snapshot = await readModels.snapshot(projections);
    const key = keptBy(operation.operationId, question);
    const text = kept.text(key, snapshot);
    if (text !== undefined) return { kind: 'text', text };
    const made = await kept.make(key, snapshot, () =>
      readModels.live(projections, async (reader) => {
        const reply = await answer(question, reader);
        const body = reply.kind === 'answer' ? route.serialise(reply.body) : undefined;
        return { snapshot: reader.snapshot, text: body, reply };
      }),
    );
    return made.text === undefined ? made.reply : { kind: 'text', text: made.text };
  };

const askAnew =
  ({ store, readModels }: QuestionParts): Ask =>
  async (bound, asked, request, now) => {
    const from = await earlierMoment(store, asked, now);
    if ('problem' in from) return from;
    const minPosition = Number(request.headers['min-position'] ?? 0);
    const question = { ...requestOf(asked, request, now), from: from.value, minPosition };
    const quick = await bound.hot?.(question, readModels);
    return quick ?? readModels.live(bound.projections, (reader) => bound.answer(question, reader));
  };

const askLive = async (
  parts: QuestionParts,
  bound: BoundQuestion,
  ask: Ask,
  asked: Asked,
  request: FastifyRequest,
  now: Date,
): Promise<Answer> => {
  const minPosition = request.headers['min-position'];
  if (minPosition !== undefined) {
    const problem = await waitForPosition(parts, bound.projections, minPosition);
    if (problem !== undefined) return { problem };
  }
  return ask(bound, asked, request, now);
};

const problemOf = (operation: Question, answer: Exclude<Answer, { kind: 'answer' | 'text' }>): Problem => {
  if ('problem' in answer) return answer.problem;
  return answer.kind === 'refused' ? refusalProblem(operation, answer.code, answer.detail) : notFound(answer.what);
};

/** Texts of answers that last, by their bodies. */
const texts = new WeakMap<object, string>();

const lastingText = (route: Route, body: object): string => {
  const known = texts.get(body);
  if (known !== undefined) return known;
  const text = route.serialise(body);
  texts.set(body, text);
  return text;
};

const textOf = (route: Route, answer: Answer): string | undefined => {
  if (!('kind' in answer)) return undefined;
  if (answer.kind === 'text') return answer.text;
  if (answer.kind !== 'answer') return undefined;
  return answer.lasting ? lastingText(route, answer.body as object) : route.serialise(answer.body);
};

const sendAnswer = (route: Route, reply: FastifyReply, answer: Answer): void => {
  const text = textOf(route, answer);
  if (text === undefined) {
    sendProblem(reply, problemOf(route.operation as Question, answer as Exclude<Answer, { kind: 'answer' | 'text' }>));
    return;
  }
  if (route.answerType.startsWith('text/html')) reply.header('content-security-policy', STANDS_ALONE);
  if (route.file !== undefined) reply.header('content-disposition', `attachment; filename="${route.file}"`);
  send(reply, 200, route.answerType, text);
};

/** Serves a question: live, or as it was to be answered at an earlier `knownAt`. */
export const serveQuestion = (route: Route, bound: BoundQuestion, parts: QuestionParts) => {
  const anew = bound.hot !== undefined || bound.changesWithTime === true || bound.projections.length === 0;
  const ask = anew ? askAnew(parts) : askKept(parts, route);
  return (request: FastifyRequest, reply: FastifyReply): void => {
    const asked = route.ask(request);
    if ('problem' in asked) {
      sendProblem(reply, asked.problem);
      return;
    }
    const { cursor, knownAt } = asked.value.query;
    if (cursor !== undefined && readCursor(bound.operation, asked.value, String(cursor)) === undefined) {
      sendProblem(reply, cursorInvalid);
      return;
    }
    const now = parts.clock();
    const answering =
      knownAt === undefined
        ? askLive(parts, bound, ask, asked.value, request, now)
        : askKnownAt(parts, bound, asked.value, request, now);
    answering.then((answer) => sendAnswer(route, reply, answer)).catch((fault: unknown) => fail(reply, fault));
  };
};
