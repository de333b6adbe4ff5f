import type { FastifyInstance, HTTPMethods } from 'fastify';
import { sendProblem } from './problem.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies HTTPMethods[];

/** For every path that is served: 405 with `Allow` for the methods that it is not served by. */
export const refuseOtherMethods = (
  app: FastifyInstance,
  served: Iterable<{ readonly method: string; readonly path: string }>,
): void => {
  const byPath = Map.groupBy(served, ({ path }) => path);
  for (const [url, routes] of byPath) {
    const methods = routes.map(({ method }) => method);
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
    app.route({
      method: METHODS.filter((method) => !methods.includes(method)),
      url,
      exposeHeadRoute: false,
      // Before the body is read.
      onRequest: (request, reply) => {
        sendProblem(reply, {
          status: 405,
          code: 'method-not-allowed',
          detail: `${request.method} is not among the methods of this path: ${allow}.`,
          headers: { allow },
        });
      },
      handler: () => undefined,
    });
  }
};
