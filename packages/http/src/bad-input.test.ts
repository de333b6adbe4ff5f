import { connect } from 'node:net';
import { command } from '@headroom/contracts/rest';
import fc from 'fast-check';
import t from 'tap';
import { z } from 'zod';
import { type Answer, openScene } from '../test-support/scene.ts';
import { bindCommand } from './index.ts';

// For machines that do much else at the same time.
t.setTimeout(240_000);

const problem = (status: number, code: string) => ({ status, body: { status, code, requestId: String } });
const errorsOf = ({ body }: Answer) =>
  body.errors.map((error: { in: string; pointer: string }) => `${error.in} ${error.pointer}`).sort();

t.test('what does not hold is told by place', async (t) => {
  const { send, store } = await openScene(t);
  const post = (json: unknown, path = '/v1/accounts/main/deposits') =>
    send('POST', path, { idempotencyKey: 'x', json });
  const cases: readonly (readonly [unknown, readonly string[]])[] = [
    [{}, ['body /amount']],
    [{ amount: '1' }, ['body /amount']],
    [{ amount: -1 }, ['body /amount']],
    [{ amount: 1.5 }, ['body /amount']],
    [{ amount: 1e300 }, ['body /amount', 'body /amount']],
    [{ amount: null }, ['body /amount']],
    [{ amount: 1, 'x/y~z': 1, more: 2 }, ['body /more', 'body /x~1y~0z']],
    [{ amount: 1, lines: [{ 'a/b': 1 }, { 'a/b': 'x' }] }, ['body /lines/1/a~1b']],
    [[], ['body ']],
    [null, ['body ']],
    ['text', ['body ']],
    [7, ['body ']],
  ];
  for (const [json, errors] of cases) {
    const answer = await post(json);
    t.match(answer, problem(400, 'request-invalid'), JSON.stringify(json));
    t.strictSame(errorsOf(answer), errors);
  }
  t.strictSame(errorsOf(await post({ amount: 1 }, '/v1/accounts/MAIN/deposits')), ['path /accountId']);
  t.strictSame(errorsOf(await post({ amount: 1 }, '/v1/accounts/main/deposits?dry=1&dryRun=yes')).length, 2);
  t.strictSame(errorsOf(await send('GET', '/v1/accounts?limit=201')), ['query /limit']);
  t.strictSame(errorsOf(await send('GET', '/v1/accounts?limit=1&limit=2')), ['query /limit']);
  t.strictSame(errorsOf(await send('GET', '/v1/accounts?sort=owner&__proto__=1')), ['query /__proto__', 'query /sort']);
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}`, n]));
  t.equal(errorsOf(await post(many)).length, 100, 'not more than anybody reads');
  t.equal(await store.head(), 0);
});

t.test('bodies that cannot be read', async (t) => {
  const { send } = await openScene(t, { bodyLimit: 500_000 });
  const post = (body: string | Buffer, contentType = 'application/json', path = '/v1/accounts') =>
    send('POST', path, { idempotencyKey: 'x', body: body as string, headers: { 'content-type': contentType } });
  for (const body of ['{', '{"owner":}', "{'owner':1}", '{"owner":"a"}x', 'NaN', '\u0000'])
    t.match(await post(body), problem(400, 'body-malformed'), body);
  for (const body of ['{"__proto__":{"x":1}}', '{"constructor":{"prototype":{"x":1}}}', '{"a":[{"__proto__":1}]}'])
    t.match(await post(body), problem(400, 'body-malformed'), body);
  t.equal(({} as { x?: unknown }).x, undefined);
  t.match(await post(''), problem(400, 'body-malformed'), 'nothing where JSON was promised');
  t.match(await post(Buffer.from([0x22, 0xc3, 0x28, 0x22])), problem(400, 'body-malformed'), 'no UTF-8');
  t.match(await post(Buffer.from('{"owner":"é"}', 'latin1')), problem(400, 'body-malformed'));
  t.match(await post('{}', 'application/json; charset=utf-16'), problem(415, 'content-type-unsupported'));
  t.match(await post('{"accountId":"a"}', 'Application/JSON; charset="UTF-8"'), { status: 201 });
  for (const type of [
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'json',
  ])
    t.match(await post('{}', type), problem(415, 'content-type-unsupported'), type);
  t.match(await post('main,1', 'text/csv'), problem(415, 'content-type-unsupported'), 'that is for imports alone');
  t.match(await post('{}', 'application/json', '/v1/imports'), problem(415, 'content-type-unsupported'));
  t.match(await post('a,1\nb,2', 'text/csv', '/v1/imports'), { status: 200, body: { lines: 2 } });
  t.match(await post(Buffer.from([0xff]), 'text/csv', '/v1/imports'), problem(400, 'body-malformed'));

  t.match(await post(JSON.stringify({ owner: 'x'.repeat(500_000) })), problem(413, 'body-too-large'));
  t.match(
    await post('x'.repeat(2_001), 'text/csv', '/v1/imports'),
    problem(413, 'body-too-large'),
    'the operation’s own',
  );
  t.match(await post(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), problem(400, 'request-invalid'), 'too deep');
  t.match(await post(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`), problem(400, 'request-invalid'));
  t.match(await post(`[${'1,'.repeat(20_000)}1]`), problem(400, 'request-invalid'), 'too long');
});

t.test('paths and methods that are not there', async (t) => {
  const { send } = await openScene(t);
  t.match(await send('GET', '/'), problem(404, 'route-not-found'));
  t.match(await send('POST', '/v2/accounts', { json: {} }), problem(404, 'route-not-found'));
  t.match(await send('GET', `/v1/accounts/${'a'.repeat(65)}`), problem(400, 'request-invalid'));
  t.match(await send('GET', '/v1/accounts/%E0%A4%A'), problem(400, 'url-malformed'));
  t.match(await send('GET', '/v1/accounts/a%2Fb'), problem(400, 'request-invalid'));
  const wrong = await send('DELETE', '/v1/accounts', { json: { any: 'thing' } });
  t.match(wrong, problem(405, 'method-not-allowed'));
  t.equal(wrong.headers.get('allow'), 'POST, GET, HEAD');
  t.match(await send('GET', '/v1/imports'), problem(405, 'method-not-allowed'));
  t.match(await send('HEAD', '/v1/accounts'), { status: 200, body: '' });
});

/** Sends bytes that no client would send, and gives what comes back. */
const raw = (base: string, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.end(bytes);
  });

t.test('what is not even HTTP', async (t) => {
  const { base } = await openScene(t);
  t.match(
    await raw(base, 'hello there\r\n\r\n'),
    /^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*request-malformed/,
  );
  const endless = `GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`;
  t.match(await raw(base, endless), /^HTTP\/1\.1 431 [\s\S]*request-malformed/);
});

t.test('an operation without a permission, or two with one route, stop the start', async (t) => {
  const scene = await openScene(t);
  const bound = (operationId: string, permission: unknown) =>
    bindCommand(
      command({
        operationId,
        method: 'POST',
        path: '/v1/open-door',
        tag: 'agency',
        summary: 'Open to everybody',
        permission: permission as 'agency:read',
        body: z.strictObject({}),
        response: z.object({}),
        refusals: {},
        example: { response: {} },
      }),
      async () => ({ kind: 'accepted', body: {}, replayed: false }),
    );
  const start = (...operations: ReturnType<typeof bound>[]) => scene.start(operations);
  await t.rejects(start(bound('openDoor', undefined)), /openDoor asks for no permission/);
  await t.rejects(start(bound('openDoor', [])), /openDoor asks for no permission/);
  await t.rejects(start(bound('openDoor', 'agency:read'), bound('otherDoor', 'agency:read')), /already declared/);
});

t.test('whatever is sent, the answer is a clear one and never a fault of ours', async (t) => {
  const { send, lines } = await openScene(t);
  await send('POST', '/v1/accounts', { idempotencyKey: 'open', json: { accountId: 'main' } });
  const paths = [
    '/v1/accounts',
    '/v1/accounts/main/deposits',
    '/v1/accounts/main/close',
    '/v1/accounts/main',
    '/v1/imports',
  ];
  const awkward = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('\u0000', '\ud800', '__proto__', '%', '../..'),
  );
  const asHeader = awkward.map((text) => text.replace(/[^\x20-\x7e]/g, '?').trim());
  const body = fc.oneof(
    fc.json({ maxDepth: 4 }),
    fc
      .record({ accountId: fc.jsonValue(), owner: fc.jsonValue(), amount: fc.jsonValue() }, { requiredKeys: [] })
      .map((v) => JSON.stringify(v)),
    fc.uint8Array({ maxLength: 40 }),
  );
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
    path: fc.oneof(
      fc.constantFrom(...paths),
      awkward.map((text) => `/v1/accounts/${encodeURIComponent(text.toWellFormed())}`),
    ),
    query: fc.oneof(
      fc.constant(''),
      fc
        .array(fc.tuple(fc.constantFrom('limit', 'cursor', 'atLeast', 'knownAt', 'dryRun', 'x'), awkward), {
          maxLength: 3,
        })
        .map(
          (pairs) => `?${pairs.map(([name, text]) => `${name}=${encodeURIComponent(text.toWellFormed())}`).join('&')}`,
        ),
      asHeader.map((text) => `?${text.replaceAll(/[\s#]/g, '')}`),
    ),
    contentType: fc.constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'text/csv',
      'text/plain',
      ';',
      'a/b; c',
    ),
    idempotencyKey: asHeader,
    ifMatch: fc.option(asHeader, { nil: undefined }),
    minPosition: fc.option(fc.constantFrom('0', '1', '-1', 'x', ''), { nil: undefined }),
    body: fc.option(body, { nil: undefined }),
  });
  const property = fc.asyncProperty(request, async (wish) => {
    const headers: Record<string, string> = {
      'content-type': wish.contentType,
      'idempotency-key': wish.idempotencyKey,
    };
    if (wish.ifMatch !== undefined) headers['if-match'] = wish.ifMatch;
    if (wish.minPosition !== undefined) headers['min-position'] = wish.minPosition;
    const sent = wish.method === 'GET' || wish.body === undefined ? {} : { body: wish.body as string };
    const answer = await send(wish.method, wish.path + wish.query, { headers, ...sent });
    if (answer.status >= 500) return false;
    return answer.status < 400 || (answer.body.status === answer.status && typeof answer.body.code === 'string');
  });
  await t.resolves(fc.assert(property, { numRuns: 400 }));
  t.strictSame(
    lines.filter((line) => line.includes('a request failed')),
    [],
  );
});
