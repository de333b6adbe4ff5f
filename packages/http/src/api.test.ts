import t from 'tap';
import { NOW, openScene } from '../test-support/scene.ts';
import { createKey, listKeys, revokeKey } from './index.ts';

// For machines that do much else at the same time.
t.setTimeout(240_000);

const parsedProblem = (status: number, code: string, more: Readonly<Record<string, unknown>> = {}) => ({
  status,
  body: { type: `urn:headroom:problem:${code}`, status, code, retryable: false, requestId: String, ...more },
});

t.test('a command answers with revision and position, and again with its first outcome', async (t) => {
  const { send } = await openScene(t);
  const json = { accountId: 'main', owner: ' Boris ' };
  const first = await send('POST', '/v1/accounts', { idempotencyKey: 'open', json });
  t.equal(first.status, 201);
  t.strictSame(first.body, { accountId: 'main', owner: 'Boris', revision: 0, position: 1 });
  t.strictSame(
    ['etag', 'log-position', 'idempotency-replayed'].map((name) => first.headers.get(name)),
    ['"0"', '1', null],
  );
  const reordered = { owner: ' Boris ', accountId: 'main' };
  const again = await send('POST', '/v1/accounts', { idempotencyKey: 'open', json: reordered });
  t.strictSame([again.status, again.body], [201, first.body]);
  t.equal(again.headers.get('idempotency-replayed'), 'true');
  t.match(
    await send('POST', '/v1/accounts', { idempotencyKey: 'open', json: { ...json, owner: 'Anna' } }),
    parsedProblem(422, 'idempotency-key-reused'),
  );
  const made = { idempotencyKey: 'made', json: {} };
  const ids = [await send('POST', '/v1/accounts', made), await send('POST', '/v1/accounts', made)];
  t.equal(ids[0]?.body.accountId, ids[1]?.body.accountId, 'an id of ours is made of the key');
  t.match(
    await send('POST', '/v1/accounts/main/close', { idempotencyKey: 'close' }),
    { status: 200 },
    'without a body',
  );
});

t.test('a command needs an Idempotency-Key of visible ASCII', async (t) => {
  const { send, store } = await openScene(t);
  for (const key of [undefined, '', 'with space', 'é', 'x'.repeat(256)]) {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    const answer = await send('POST', '/v1/accounts', { headers, json: {} });
    t.match(answer, parsedProblem(400, 'idempotency-key-required'), String(key));
  }
  t.equal(await store.head(), 0);
  const longest = `!${'~'.repeat(254)}`;
  t.match(await send('POST', '/v1/accounts', { idempotencyKey: longest, json: {} }), { status: 201 });
});

t.test('the same command twice at once: one is carried out, the other is told so', async (t) => {
  const { send, store } = await openScene(t);
  const open = () => send('POST', '/v1/accounts', { idempotencyKey: 'open', json: { accountId: 'main' } });
  const answers = await Promise.all([open(), open(), open()]);
  t.ok(answers.some(({ status, headers }) => status === 201 && headers.get('idempotency-replayed') === null));
  for (const answer of answers.filter(({ status }) => status !== 201))
    t.match(answer, parsedProblem(409, 'command-in-flight', { retryable: true }));
  t.equal(await store.head(), 1);
});

t.test('refusals come with their code, the contract’s words and the facts', async (t) => {
  const { send } = await openScene(t);
  const deposit = (idempotencyKey: string, amount: number) =>
    send('POST', '/v1/accounts/main/deposits', { idempotencyKey, json: { amount } });
  t.match(await deposit('a', 1), parsedProblem(404, 'account-not-found', { detail: 'There is no such account.' }));
  await send('POST', '/v1/accounts', { idempotencyKey: 'open', json: { accountId: 'main' } });
  t.match(
    await send('POST', '/v1/accounts', { idempotencyKey: 'again', json: { accountId: 'main' } }),
    parsedProblem(409, 'account-exists', { title: 'Account exists', detail: 'The account exists.' }),
  );
  t.match(await deposit('b', 2_000), parsedProblem(403, 'not-permitted', { limit: 1_000 }), 'the status stays ours');
  t.match(await deposit('a', 1), { status: 200 }, 'a refused command may be sent again');
  t.match(
    await send('POST', '/v1/accounts/none/close', { idempotencyKey: 'c', json: {} }),
    parsedProblem(404, 'not-found', { detail: 'There is no such account.' }),
  );
  t.match(
    await send('POST', '/v1/accounts/main/deposits', { idempotencyKey: 'd', json: { amount: 1, note: 'impossible' } }),
    parsedProblem(400, 'request-invalid', { errors: [{ in: 'body', pointer: '/note', message: 'that cannot be' }] }),
  );
  t.match(await send('GET', '/v1/accounts/forgotten'), parsedProblem(409, 'account-forgotten'));
});

t.test('If-Match: 412 with the current revision', async (t) => {
  const { send } = await openScene(t);
  await send('POST', '/v1/accounts', { idempotencyKey: 'open', json: { accountId: 'main' } });
  const deposit = (idempotencyKey: string, ifMatch: string) =>
    send('POST', '/v1/accounts/main/deposits', {
      idempotencyKey,
      json: { amount: 1 },
      headers: { 'if-match': ifMatch },
    });
  t.match(await deposit('a', '"0"'), { status: 200 });
  const late = await deposit('b', '"0"');
  t.match(late, parsedProblem(412, 'revision-mismatch', { currentRevision: 1 }));
  t.equal(late.headers.get('etag'), '"1"');
  t.match(await deposit('a', '"0"'), { status: 200 }, 'a replay is a replay');
  for (const bad of ['0', '*', 'W/"0"', '"x"', '"-1"', '"0", "1"'])
    t.match(await deposit('c', bad), parsedProblem(400, 'if-match-invalid'), bad);
});

t.test('a refusal takes into account what another process wrote a moment ago', async (t) => {
  const { send, connectionString } = await openScene(t);
  const other = await openScene(t, {}, {}, connectionString);
  for (let n = 0; n < 10; n += 1) {
    await send('POST', `/v1/accounts/a${n}/close`, { idempotencyKey: `look-${n}` });
    const json = { accountId: `a${n}` };
    t.match(await other.send('POST', '/v1/accounts', { idempotencyKey: `open-${n}`, json }), { status: 201 });
    t.match(await send('POST', `/v1/accounts/a${n}/close`, { idempotencyKey: `close-${n}` }), { status: 200 });
  }
});

t.test('questions: read your writes, and as known earlier', async (t) => {
  const scene = await openScene(t, { projectionWaitMs: 300 });
  const { send, store } = scene;
  await send('POST', '/v1/accounts', { idempotencyKey: 'open', json: { accountId: 'main' } });
  const { headers } = await send('POST', '/v1/accounts/main/deposits', { idempotencyKey: 'a', json: { amount: 7 } });
  const position = headers.get('log-position') ?? '';
  const sales = (await scene.keyOf('sales')).key;
  const get = (query: string, minPosition?: string, key?: string) =>
    send('GET', `/v1/accounts/main${query}`, {
      headers: minPosition === undefined ? {} : { 'min-position': minPosition },
      ...(key === undefined ? {} : { key }),
    });
  t.strictSame((await get('', position)).body, { accountId: 'main', balance: 7, cost: 1, instant: NOW, knownAt: 2 });
  t.strictSame(
    (await get('', position, sales)).body,
    { accountId: 'main', balance: 7, cost: null, instant: NOW, knownAt: 2 },
    'the hot path, and no rates for sales',
  );
  const behind = await get('', '3');
  t.match(behind, parsedProblem(503, 'projection-behind', { retryable: true }));
  t.equal(behind.headers.get('retry-after'), '1');
  for (const bad of ['-1', '1.5', 'x', '1e3', '9'.repeat(16)])
    t.match(await get('', bad), parsedProblem(400, 'min-position-invalid'), bad);

  const opened = await store.recordedAt(1);
  t.match((await get('?knownAt=1')).body, { balance: 0, knownAt: 1, instant: opened });
  t.match((await get('?knownAt=2')).body, { balance: 7, knownAt: 2 });
  t.match(await get('?knownAt=0'), parsedProblem(404, 'not-found'), 'before it was opened');
  t.match(await get('?knownAt=2020-01-01T00:00:00%2B01:00'), parsedProblem(404, 'not-found'));
  t.match(await get('?knownAt=3'), parsedProblem(400, 'known-at-in-future'));
  t.match(await get(`?knownAt=${'9'.repeat(17)}`), parsedProblem(400, 'known-at-in-future'));
  t.match(await get('?knownAt=2099-01-01T00:00:00Z'), parsedProblem(400, 'known-at-in-future'));
});

t.test('lists go on behind a cursor that is bound to the list and its filters', async (t) => {
  const { send } = await openScene(t);
  let position = '';
  for (const accountId of ['a', 'b', 'c', 'd', 'e']) {
    const opened = await send('POST', '/v1/accounts', { idempotencyKey: accountId, json: { accountId } });
    position = opened.headers.get('log-position') ?? '';
  }
  const list = (query: string) => send('GET', `/v1/accounts${query}`, { headers: { 'min-position': position } });
  const seen: string[] = [];
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null; pages += 1) {
    t.ok(pages < 3);
    const { body } = await list(cursor === '' ? '' : `?cursor=${cursor}`);
    seen.push(...body.accounts.map(({ accountId }: { accountId: string }) => accountId));
    cursor = body.nextCursor;
  }
  t.strictSame(seen, ['a', 'b', 'c', 'd', 'e']);
  const next: string = (await list('')).body.nextCursor;
  t.match(await list(`?cursor=${next}&limit=1`), { status: 200, body: { accounts: [{ accountId: 'c' }] } });
  const flipped = next.slice(0, -2) + (next.endsWith('A') ? 'BB' : 'AA');
  for (const bad of ['', 'x', flipped, next.slice(1), `${next}AAAA`, Buffer.from('["a"]').toString('base64url')])
    t.match(await list(`?cursor=${bad}`), parsedProblem(400, 'cursor-invalid'), bad);
  t.match(await list(`?cursor=${next}&atLeast=0`), parsedProblem(400, 'cursor-invalid'), 'other filters');
});

t.test('credentials: who has none, wrong ones, spent ones, or too small ones', async (t) => {
  const scene = await openScene(t, { credentialCacheMs: 50 });
  const { send, pool, owner } = scene;
  const missing = await send('GET', '/v1/accounts', { key: null });
  t.match(missing, parsedProblem(401, 'credentials-missing'));
  t.equal(missing.headers.get('www-authenticate'), 'Bearer');
  const [prefix, env, id, ...secret] = owner.key.split('_');
  const wrongSecret = [prefix, env, id, secret.join('_').replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))].join('_');
  const unknown = [prefix, env, 'f'.repeat(16), ...secret].join('_');
  for (const key of [wrongSecret, unknown, 'x', `${owner.key}x`, 'hdr_live']) {
    const answer = await send('GET', '/v1/accounts', { key });
    t.match(answer, parsedProblem(401, 'credentials-invalid'), key);
    t.equal(answer.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
  }
  const basic = { key: null, headers: { authorization: `Basic ${owner.key}` } };
  t.match(await send('GET', '/v1/accounts', basic), parsedProblem(401, 'credentials-invalid'));
  const small = { key: null, headers: { authorization: `bearer ${owner.key}` } };
  t.match(await send('GET', '/v1/accounts', small), { status: 200 }, 'the scheme has no case');

  const specialist = (await scene.keyOf('specialist')).key;
  const forbidden = await send('POST', '/v1/accounts', { key: specialist, body: '{', idempotencyKey: 'x' });
  t.match(forbidden, parsedProblem(403, 'permission-missing'), 'before the body is looked at');
  await send('POST', '/v1/accounts', { idempotencyKey: 'open', json: { accountId: 'main' } });
  const own = { key: specialist, idempotencyKey: 'own', json: { amount: 1 } };
  t.match(await send('POST', '/v1/accounts/main/deposits', own), { status: 200, body: { by: 'anna' } });

  const foreign = (await scene.keyOf('owner', 'other')).key;
  const onForeign = { key: foreign, idempotencyKey: 'own', json: { amount: 1 } };
  t.match(
    await send('POST', '/v1/accounts/main/deposits', onForeign),
    parsedProblem(404, 'account-not-found'),
    'the tenant comes from the key alone',
  );

  const base = { tenantId: 'acme', name: 'sync', createdBy: 'system:test', now: '2026-01-01T00:00:00Z' };
  const scoped = await createKey(pool, { ...base, role: 'integration', scopes: ['clients:read'], environment: 'test' });
  t.match(scoped.key, /^hdr_test_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/);
  t.match(await send('GET', '/v1/accounts', { key: scoped.key }), { status: 200 });
  t.match(await send('POST', '/v1/accounts', { key: scoped.key }), parsedProblem(403, 'permission-missing'));
  const spent = await createKey(pool, { ...base, role: 'owner', expiresAt: NOW });
  t.match(await send('GET', '/v1/accounts', { key: spent.key }), parsedProblem(401, 'key-expired'));
  t.equal(await revokeKey(pool, { tenantId: 'other', id: scoped.id, revokedBy: 'system:test', now: NOW }), false);
  t.equal(await revokeKey(pool, { tenantId: 'acme', id: scoped.id, revokedBy: 'system:test', now: NOW }), true);
  t.equal(await revokeKey(pool, { tenantId: 'acme', id: scoped.id, revokedBy: 'system:test', now: NOW }), false);
  let revoked = await send('GET', '/v1/accounts', { key: scoped.key });
  while (revoked.status === 200) revoked = await send('GET', '/v1/accounts', { key: scoped.key });
  t.match(revoked, parsedProblem(401, 'key-revoked'));

  const listed = await listKeys(pool, 'acme');
  t.match(
    listed.find(({ id }) => id === scoped.id),
    { name: 'sync', role: 'integration', scopes: ['clients:read'], environment: 'test', revokedAt: NOW },
  );
  t.notMatch(JSON.stringify(listed), owner.key.slice(-43), 'no list shows a secret');
  for (const wish of [
    { ...base, role: 'integration' as const },
    { ...base, role: 'owner' as const, scopes: ['clients:read' as const] },
    { ...base, role: 'specialist' as const },
    { ...base, role: 'king' as never },
    { ...base, role: 'integration' as const, scopes: ['crowns:wear' as never] },
    { ...base, role: 'owner' as const, tenantId: 'a/b' },
    { ...base, role: 'owner' as const, environment: 'Live' },
    { ...base, role: 'owner' as const, expiresAt: '2025-01-01T00:00:00Z' },
  ])
    await t.rejects(createKey(pool, wish), { name: 'InvalidKeyWish' });
});

t.test('limits: so many requests for each key, and for strangers', async (t) => {
  const scene = await openScene(t, {
    rateLimit: { requests: 3, perSeconds: 3_600 },
    strangerLimit: { requests: 2, perSeconds: 60 },
  });
  const { send } = scene;
  const first = await send('GET', '/v1/accounts');
  t.strictSame(
    [first.headers.get('ratelimit-policy'), first.headers.get('ratelimit')],
    ['"key";q=3;w=3600', '"key";r=2;t=3600'],
  );
  await send('GET', '/v1/accounts');
  t.match(await send('GET', '/v1/accounts'), { status: 200 });
  const over = await send('GET', '/v1/accounts');
  t.match(over, parsedProblem(429, 'too-many-requests', { retryable: true }));
  t.match(over.headers.get('retry-after'), /^\d+$/);
  const { key } = await scene.keyOf('sales');
  t.match(await send('GET', '/v1/accounts', { key }), { status: 200 }, 'another key has its own');
  const statuses: number[] = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await send('GET', '/v1/accounts', { key: 'guess' })).status);
  t.strictSame(statuses, [401, 401, 429]);
});

t.test('a request can be followed: its id and its trace reach the events', async (t) => {
  const { send, store } = await openScene(t);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const headers = { 'x-request-id': 'mine-1', traceparent };
  const answer = await send('POST', '/v1/accounts', { idempotencyKey: 'a', json: { accountId: 'a' }, headers });
  t.equal(answer.headers.get('x-request-id'), 'mine-1');
  const bad = {
    'x-request-id': 'no spaces please',
    traceparent: '00-00000000000000000000000000000000-b7ad6b7169203331-01',
  };
  const other = await send('POST', '/v1/accounts', { idempotencyKey: 'b', json: { accountId: 'b' }, headers: bad });
  t.match(other.headers.get('x-request-id'), /^[0-9a-f]{16}-[0-9a-z]+$/);
  const metas: ({ traceparent?: string } | undefined)[] = [];
  for (const name of ['a', 'b']) metas.push((await store.readStream(`account-acme/${name}`))[0]?.meta);
  t.match(metas[0], { correlationId: 'mine-1', traceparent });
  t.equal(metas[1]?.traceparent, undefined);
});

t.test('faults of ours: no word of how we are built, and a line in the log', async (t) => {
  const { send, lines } = await openScene(t);
  const misbehave = (how: string) => send('PUT', '/v1/misbehaviour', { idempotencyKey: 'x', json: { how } });
  const thrown = await misbehave('throw');
  t.match(thrown, parsedProblem(500, 'internal-error'));
  t.notMatch(JSON.stringify(thrown.body), /salaries|select|\.ts/);
  t.match(await misbehave('unknown'), parsedProblem(503, 'outcome-unknown', { retryable: true }));
  t.match(await misbehave('unreachable'), parsedProblem(503, 'temporarily-unavailable', { retryable: true }));
  t.match(await misbehave('undeclared member'), parsedProblem(500, 'internal-error'), 'drift is found in tests');
  t.match(await misbehave('wrong type'), parsedProblem(500, 'internal-error'));
  const logged = lines.filter((line) => line.includes('a request failed')).map((line) => JSON.parse(line));
  t.match(
    logged.map(({ err, requestId, path }) => [err.type, requestId, path]),
    [
      ['Error', String, '/v1/misbehaviour'],
      ['UnknownOutcome', String, '/v1/misbehaviour'],
      ['Error', String, '/v1/misbehaviour'],
      ['ResponseDrift', String, '/v1/misbehaviour'],
      ['ResponseDrift', String, '/v1/misbehaviour'],
    ],
  );
});

t.test('a request that takes too long is answered nevertheless', async (t) => {
  const { send, lines } = await openScene(t, { answerWithinMs: 100 });
  const hang = () => send('PUT', '/v1/misbehaviour', { idempotencyKey: 'hang', json: { how: 'hang' } });
  t.match(await hang(), parsedProblem(503, 'took-too-long', { retryable: true }));
  t.match(await send('PUT', '/v1/misbehaviour', { idempotencyKey: 'a', json: { how: 'be fine' } }), { status: 200 });
  await new Promise((resolve) => setTimeout(resolve, 700));
  t.strictSame(
    lines.filter((line) => line.includes('a request failed')),
    [],
    'what comes of it later disturbs nobody',
  );
});

t.test('in production what a contract does not declare is not sent, and not checked', async (t) => {
  const { send } = await openScene(t, { checkResponses: false });
  const json = { how: 'undeclared member' };
  t.match(await send('PUT', '/v1/misbehaviour', { idempotencyKey: 'a', json }), { status: 200, body: { fine: true } });
});

t.test('health and metrics need no key', async (t) => {
  let unwell: string | undefined;
  const scene = await openScene(t, {}, { readiness: { projections: async () => unwell } });
  const get = (path: string) => scene.send('GET', path, { key: null });
  t.match(await get('/livez'), { status: 200, body: { status: 'ok' } });
  const parts = { database: 'ok', eventStore: 'ok', projections: 'ok' };
  t.match(await get('/readyz'), { status: 200, body: { status: 'ok', parts } });
  unwell = 'an hour behind';
  t.match(await get('/readyz'), { status: 503, body: { parts: { ...parts, projections: 'an hour behind' } } });
  await scene.send('GET', '/v1/accounts');
  await get('/v1/accounts');
  const { body } = await get('/metrics');
  for (const status of [200, 401])
    t.match(body, `headroom_http_request_duration_seconds_count{operation="listAccounts",status="${status}"} 1`);
});

t.test('secrets do not reach the logs', async (t) => {
  const { app, lines, owner } = await openScene(t);
  t.ok(app.hasRoute({ method: 'GET', url: '/livez' }));
  const { createLogger } = await import('./logger.ts');
  const written: string[] = [];
  const logger = createLogger({ destination: { write: (line) => void written.push(line) } });
  const url = 'postgresql://headroom:swordfish@db.internal/headroom';
  logger.info({ headers: { authorization: owner.key }, password: 'swordfish' }, `called with ${owner.key} on ${url}`);
  logger.error({ err: Object.assign(new Error(`no way to ${url}`), { detail: 'swordfish', code: '08006' }) });
  t.notMatch(written.join(), 'swordfish');
  t.notMatch(written.join(), owner.key.slice(-43));
  t.match(JSON.parse(written[1] ?? '').err, { type: 'Error', code: '08006', stack: String });
  t.notMatch(lines.join(), owner.key.slice(-43));
});
