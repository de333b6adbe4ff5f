import swagger from '@fastify/swagger';
import { type Operation, tags } from '@headroom/contracts/rest';
import { type FastifySchema, fastify } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { tidyComponents } from './components.ts';
import { answerHeaders, finishOperation, type Json, type JsonObject } from './finish-operation.ts';
import { routeSchema } from './route-schema.ts';

export type OpenApiDocument = JsonObject;

const description = `Client relationships managed by their profitability: from logged hours to a margin, a loyalty score and an ROI that can be believed.

**Commands** need an \`Idempotency-Key\`. The same key and request again give the first outcome again, for ever; a refused command leaves no trace and is decided anew.
A command answers with an \`ETag\` (for \`If-Match\`) and a \`Log-Position\` (for \`Min-Position\`, so that a question sees what was just written).

**Money** is an integer in minor units, **rates** and **ratios** are decimal strings, **durations** are seconds. Every figure says as of which day and which
log position it holds, and what was left out of it.

**Errors** are problem documents (RFC 9457) with a stable \`code\`.`;

const shell = (operations: readonly Operation[], version: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Headroom',
    version,
    description,
    license: { name: 'UNLICENSED', identifier: 'LicenseRef-UNLICENSED' },
  },
  servers: [{ url: '/', description: 'This server' }],
  tags: tags.filter((name) => operations.some(({ tag }) => tag === name)).map((name) => ({ name })),
  security: [{ apiKey: [] }],
  components: {
    securitySchemes: {
      apiKey: { type: 'http' as const, scheme: 'bearer', description: 'An API key: `hdr_<env>_<id>_<secret>`' },
    },
  },
});

/** The document as the routes' schemas make it. */
const generate = async (operations: readonly Operation[], version: string): Promise<JsonObject> => {
  const app = fastify({ exposeHeadRoutes: false, routerOptions: { maxParamLength: 200 } });
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(swagger, {
    openapi: shell(operations, version),
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  for (const operation of operations) {
    const schema = routeSchema(operation) as FastifySchema;
    app.route({ method: operation.method, url: operation.path, schema, handler: () => undefined });
  }
  await app.ready();
  const document = app.swagger();
  await app.close();
  return JSON.parse(JSON.stringify(document)) as JsonObject;
};

const finishPaths = (operations: readonly Operation[], paths: JsonObject): JsonObject => {
  const byId = new Map(operations.map((operation) => [operation.operationId, operation]));
  const finishItem = (item: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.keys(item)
        .sort()
        .map((method) => {
          const generated = item[method] as JsonObject;
          const operation = byId.get(String(generated.operationId)) as Operation;
          return [method, finishOperation(operation, generated)];
        }),
    );
  return Object.fromEntries(
    Object.keys(paths)
      .sort()
      .map((path) => [path, finishItem(paths[path] as JsonObject) as Json]),
  );
};

/**
 * The OpenAPI 3.1 document of operations. The same operations give the same document, byte for byte, in whatever order
 * they are named.
 */
export const buildOpenApi = async (operations: readonly Operation[], version = '0.0.0'): Promise<OpenApiDocument> => {
  const inOrder = operations.toSorted((a, b) => (a.operationId < b.operationId ? -1 : 1));
  const generated = await generate(inOrder, version);
  const components = { ...(generated.components as JsonObject), headers: answerHeaders };
  return tidyComponents({ ...generated, components, paths: finishPaths(inOrder, generated.paths as JsonObject) });
};
