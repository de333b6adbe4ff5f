import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
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

/** The reference as an application of its own, loaded when it is first opened: its script is several megabytes. */
const openReference = async (): Promise<FastifyInstance> => {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const reference = fastify();
  await reference.register(scalar, {
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
  await reference.ready();
  return reference;
};

/** `/openapi.json`, made when it is first asked for, and `/docs`, a reference to browse and to try requests in. */
export const serveDocuments = (
  app: FastifyInstance,
  operations: readonly Bound[],
  version: string | undefined,
): void => {
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

  let opened: Promise<FastifyInstance> | undefined;
  const serve = async ({ url, headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    opened ??= openReference();
    const { host } = headers;
    const page = await (await opened).inject({ method: 'GET', url, headers: host === undefined ? {} : { host } });
    const { 'content-type': type, location } = page.headers;
    if (location !== undefined) reply.header('location', location);
    return reply
      .code(page.statusCode)
      .header('content-security-policy', OWN_ONLY)
      .header('content-type', type ?? JSON_TYPE)
      .send(page.rawPayload);
  };
  app.get('/docs', serve);
  app.get('/docs/', serve);
  app.get('/docs/js/scalar.js', serve);
};
