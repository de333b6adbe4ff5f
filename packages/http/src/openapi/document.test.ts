import { Validator } from '@seriousme/openapi-schema-validator';
import t from 'tap';
import { openScene } from '../../test-support/scene.ts';
import { contracts } from '../../test-support/toy-contracts.ts';
import { buildOpenApi, type OpenApiDocument } from '../index.ts';

// For machines that do much else at the same time.
t.setTimeout(240_000);

// biome-ignore lint/suspicious/noExplicitAny: the tests look at any place of the document
const at = (document: OpenApiDocument, ...path: readonly string[]): any =>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  path.reduce<any>((value, name) => value?.[name], document);

t.test('the document is valid OpenAPI 3.1, and the same whatever the order of the operations', async (t) => {
  const document = await buildOpenApi(contracts, '1.2.3');
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  t.ok(valid, JSON.stringify(errors));
  t.match(document, { openapi: '3.1.0', info: { title: 'Headroom', version: '1.2.3' } });
  const text = JSON.stringify(document);
  t.equal(JSON.stringify(await buildOpenApi(contracts.toReversed(), '1.2.3')), text);
  for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
    t.ok(at(document, 'components', 'schemas', name ?? ''), String(name));
});

t.test('every operation says all there is to know of it', async (t) => {
  const document = await buildOpenApi(contracts);
  for (const { operationId, path, method, status } of contracts) {
    const url = path.replace(/:(\w+)/g, '{$1}');
    const operation = at(document, 'paths', url, method.toLowerCase());
    t.match(operation, { operationId, summary: String, tags: ['agency'] });
    t.ok(operation['x-permission'] && operation['x-roles'].includes('owner'), `${operationId} names its permission`);
    t.ok(operation.responses[status].content['application/json'].example, `${operationId} has an example`);
    for (const error of ['400', '401', '403', '404', '429', '500', '503']) {
      const { content, description } = operation.responses[error];
      t.strictSame(content['application/problem+json'].schema, { $ref: '#/components/schemas/Problem' });
      t.match(description, /\n- `[a-z-]+`: \S/);
    }
  }
  const deposit = at(document, 'paths', '/v1/accounts/{accountId}/deposits', 'post');
  t.strictSame(deposit['x-permission'], ['time:write', 'time:write-own']);
  t.strictSame(deposit['x-refusals'], ['account-closed', 'account-not-found', 'not-permitted']);
  t.match(deposit.responses['409'].description, '- `account-closed`: The account is closed');
  t.match(deposit.responses['403'].description, '- `not-permitted`: That much is not for you to deposit');
  t.match(deposit.responses['404'].description, '- `account-not-found`: There is no such account');
  t.strictSame(
    deposit.parameters.map(({ in: where, name, required }: Record<string, unknown>) => [where, name, required]).sort(),
    [
      ['header', 'Idempotency-Key', true],
      ['header', 'If-Match', false],
      ['path', 'accountId', true],
      ['query', 'dryRun', false],
    ],
  );
  t.strictSame(Object.keys(deposit.responses['200'].headers).sort(), [
    'ETag',
    'Idempotency-Replayed',
    'Log-Position',
    'RateLimit',
    'Receipt',
    'X-Request-Id',
  ]);
  t.strictSame(Object.keys(at(document, 'paths', '/v1/imports', 'post', 'requestBody', 'content')), ['text/csv']);
  const list = at(document, 'paths', '/v1/accounts', 'get');
  t.match(list.responses['400'].description, 'cursor-invalid');
  t.notMatch(list.responses['400'].description, 'known-at-in-future');
  t.ok(list.parameters.some(({ name }: { name: string }) => name === 'Min-Position'));
});

t.test('document and reference are served, and need nothing from elsewhere', async (t) => {
  const { send } = await openScene(t, { version: '1.2.3' });
  const get = (path: string) => send('GET', path, { key: null });
  const served = await get('/openapi.json');
  t.equal(served.status, 200);
  t.strictSame(served.body, await buildOpenApi(contracts, '1.2.3'));
  const page = await get('/docs/');
  t.match(page.headers.get('content-security-policy'), "default-src 'self'");
  t.notMatch(page.body, /https?:\/\//);
  const [, script] = /<script src="([^"]+)"/.exec(page.body) ?? [];
  const code = await get(`/docs/${script}`);
  t.match(code, { status: 200, body: 'createApiReference' });
  t.match(code.headers.get('content-type'), 'application/javascript');
});
