import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify, type RouteOptions } from 'fastify';
import type { Logger } from 'pino';
import { createAuthenticator } from './access/authenticate.ts';
import { admit, type Gate } from './admit.ts';
import { type Bound, isCommand } from './binding.ts';
import { serveCommand } from './command-route.ts';
import { Deadlines } from './deadlines.ts';
import { problemOfFault } from './fault-problem.ts';
import { serveHealth } from './health.ts';
import { KeptAnswers } from './kept-answers.ts';
import { createMetrics, type Metrics, serveMetrics } from './metrics.ts';
import { refuseOtherMethods } from './other-methods.ts';
import { type Problem, problemJson, sendProblem } from './problem.ts';
import { serveQuestion } from './question-route.ts';
import { RateLimiter } from './rate-limit.ts';
import { readBodies } from './read-body.ts';
import { requestIds } from './request-id.ts';
import { prepareRoute } from './route.ts';
import { PROBLEM_TYPE } from './send.ts';
import { serveDocuments } from './serve-documents.ts';
import { servePages } from './serve-pages.ts';
import type { ApiOptions, ApiSettings } from './settings.ts';
import { takeUploads } from './upload.ts';

const MIB = 1_048_576;
/** A whole request, an upload of the largest size included; anything else is answered at its deadline before. */
const RECEIVE_MS = 300_000;
const HEADERS_MS = 30_000;
const ANSWER_MS = 60_000;
/** Longer than the idle time of usual load balancers, so that they close first. */
const KEEP_ALIVE_MS = 72_000;
const LONGEST_PARAMETER = 200;

const limiter = (name: string, limit: ApiSettings['rateLimit'], usual: { requests: number; perSeconds: number }) =>
  limit === false ? undefined : new RateLimiter(name, limit ?? usual);

/** What cannot be read as HTTP never becomes a request; the answer is written by hand. */
const answerUnreadable = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const problem: Problem = { status, code: 'request-malformed', detail: 'The request could not be read.' };
  const body = problemJson(problem, '');
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${PROBLEM_TYPE}\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
};

const answerFault =
  (logger: Logger) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const problem = problemOfFault(error);
    if (problem.status >= 500)
      logger[problem.status === 500 ? 'error' : 'warn'](
        { err: error, requestId: request.id, method: request.method, path: request.routeOptions.url },
        'a request failed',
      );
    // The rest of the body is not read any more.
    if (problem.status === 413) reply.header('connection', 'close');
    sendProblem(reply, problem);
  };

const createServer = (logger: Logger, settings: ApiSettings): FastifyInstance => {
  const idOf = requestIds();
  const app = fastify({
    logger: false,
    genReqId: ({ headers }) => idOf(headers['x-request-id']),
    bodyLimit: settings.bodyLimit ?? MIB,
    requestTimeout: RECEIVE_MS,
    http: { headersTimeout: HEADERS_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    trustProxy: settings.trustProxy ?? false,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    frameworkErrors: (error, _request, reply) => sendProblem(reply as FastifyReply, problemOfFault(error)),
    clientErrorHandler: answerUnreadable,
  });
  app.decorateRequest('credential');
  app.decorateRequest('startedAt', 0);
  app.decorateRequest('timer');
  app.decorateRequest('deadlines');
  app.setErrorHandler(answerFault(logger));
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: 'route-not-found', detail: 'There is nothing at this path.' }),
  );
  return app;
};

const textTypesOf = (operations: readonly Bound[]): Set<string> =>
  new Set(
    operations
      .filter(isCommand)
      .filter(({ operation }) => !operation.upload)
      .flatMap(({ operation }) => operation.contentTypes ?? [])
      .filter((type) => type !== 'application/json'),
  );

const serveOperations = (app: FastifyInstance, options: ApiOptions, gate: Gate, metrics: Metrics): void => {
  const { operations, store, commands, readModels, spool, clock = () => new Date(), settings = {} } = options;
  const checkResponses = settings.checkResponses ?? process.env.NODE_ENV !== 'production';
  const projectionWaitMs = settings.projectionWaitMs ?? 2_000;
  const parts = { store, readModels, clock, projectionWaitMs, kept: new KeptAnswers() };
  for (const bound of operations) {
    const { operation } = bound;
    const route = prepareRoute(operation, checkResponses);
    const { bodyLimit, upload = false } = isCommand(bound) ? bound.operation : {};
    const handled: RouteOptions = {
      method: operation.method,
      url: operation.path,
      ...(bodyLimit === undefined ? {} : { bodyLimit }),
      onRequest: admit(gate, route.permissions, metrics.timerOf(operation.operationId), { upload }),
      handler: isCommand(bound)
        ? serveCommand(route, bound, { commands, spool, clock })
        : serveQuestion(route, bound, parts),
    };
    if (isCommand(bound) && upload) takeUploads(app, bound.operation, handled, spool);
    else app.route(handled);
  }
  refuseOtherMethods(
    app,
    operations.map(({ operation }) => operation),
  );
};

/**
 * The API over the operations that services bound: routes, credentials, limits, idempotency, problems, health and
 * documents. Not listening yet. Throws when an operation asks for no permission or two share a route.
 */
export const createApi = async (options: ApiOptions): Promise<FastifyInstance> => {
  const { pool, store, logger, clock = () => new Date(), settings = {} } = options;
  const app = createServer(logger, settings);
  readBodies(app, textTypesOf(options.operations));
  const metrics = createMetrics(options.gauges);
  const deadlines = new Deadlines(settings.answerWithinMs ?? ANSWER_MS);
  app.addHook('onClose', async () => deadlines.close());
  const gate: Gate = {
    deadlines,
    authenticator: createAuthenticator(pool, clock, settings.credentialCacheMs),
    keys: limiter('key', settings.rateLimit, { requests: 6_000, perSeconds: 60 }),
    strangers: limiter('stranger', settings.strangerLimit, { requests: 300, perSeconds: 60 }),
  };
  serveOperations(app, options, gate, metrics);
  serveHealth(app, {
    database: async () => void (await pool.query('select')),
    eventStore: async () => ((await store.ping()) ? undefined : 'no answer'),
    ...options.readiness,
  });
  if (settings.metrics ?? true) serveMetrics(app, metrics);
  servePages(app, options.pages ?? {});
  serveDocuments(app, options.operations, settings.version);
  await app.ready();
  return app;
};
