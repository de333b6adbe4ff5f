import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import type { Bound } from './binding.ts';
import { buildOpenApi } from './openapi/document.ts';
import { JSON_TYPE, send } from './send.ts';

/** The reference loads from here alone: it works without the internet, and tells nobody that it was opened. */
const OWN_ONLY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
].join('; ');

/** `/openapi.json`, made when it is first asked for, and `/docs`, a reference to browse and to try requests in. */
export const serveDocuments = async (
  app: FastifyInstance,
  operations: readonly Bound[],
  version: string | undefined,
): Promise<void> => {
  let made: Promise<string> | undefined;
  const make = async (): Promise<string> =>
    JSON.stringify(
      await buildOpenApi(
        operations.map(({ operation }) => operation),
        version,
      ),
    );
  app.get('/openapi.json', async (_request, reply) => {
    made ??= make();
    send(reply, 200, JSON_TYPE, await made);
    return reply;
  });
  await app.register(async (documents) => {
    documents.addHook('onRequest', (_request, reply, done) => {
      reply.header('content-security-policy', OWN_ONLY);
      done();
    });
    await documents.register(scalar, {
      routePrefix: '/docs',
      configuration: {
        url: '/openapi.json',
        pageTitle: 'Headroom API',
        withDefaultFonts: false,
        telemetry: false,
        agent: { disabled: true },
        mcp: { disabled: true },
        hideClientButton: true,
        showDeveloperTools: 'never',
      },
    });
  });
};
