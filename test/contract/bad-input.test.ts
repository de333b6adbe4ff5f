/**
 * Bad input on every route of the document, against a running server: always a clear problem, never a 500, and
 * nothing is written.
 */

import type { Operation } from '@headroom/contracts/rest';
import { describedOperations } from '@headroom/host/operations';
import t from 'tap';
import { type Answer, startHeadroom } from '../support/running-headroom.ts';

const operations: readonly Operation[] = describedOperations().map(({ operation }) => operation);
const commands = operations.filter((operation) => operation.kind === 'command');

const filled = ({ path, example }: Operation, id?: string): string =>
  path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(id ?? example.params?.[name] ?? 'absent'));

const withQuery = (operation: Operation, id?: string): string => {
  const query = new URLSearchParams(operation.example.query ?? {}).toString();
  return query === '' ? filled(operation, id) : `${filled(operation, id)}?${query}`;
};

/** Every body with one thing wrong in it. */
const brokenBodies = (example: unknown): unknown[] => {
  const object = typeof example === 'object' && example !== null ? (example as Record<string, unknown>) : {};
  const wrong: unknown[] = [null, 17, true, -1, 1e300, '', 'x'.repeat(5_000), [], {}, '2026-02-30', ['\u0000']];
  return [
    [],
    'text',
    42,
    null,
    { ...object, unknownField: 1 },
    ...Object.keys(object).flatMap((field) => wrong.map((value) => ({ ...object, [field]: value }))),
  ];
};

const JUNK_IDS = ['..', '%00', 'a'.repeat(180), "'; drop table log.events; --", '__proto__', 'ünïcode', '-1'];

// The file as a whole, on a busy machine.
t.setTimeout(300_000);

t.test('bad input is told from good, on every route', { timeout: 300_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner', 'victim');
  const authorization = `Bearer ${await headroom.keyFor('owner', 'victim')}`;

  /** A problem as the API promises it; refusals and validation errors alike. */
  const isProblem = (answer: Answer, what: string): boolean => {
    const told =
      answer.status >= 400 &&
      answer.status < 500 &&
      answer.headers.get('content-type')?.startsWith('application/problem+json') === true &&
      typeof answer.body.code === 'string' &&
      typeof answer.body.requestId === 'string' &&
      !/\bat \/|node_modules|select |insert |pg_|stack/i.test(JSON.stringify(answer.body));
    if (!told) t.fail(`${what}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
    return told;
  };

  const raw = async (
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    headers: Record<string, string>,
  ) => {
    const response = await fetch(`${headroom.url}${path}`, {
      method,
      headers: { authorization, 'idempotency-key': crypto.randomUUID(), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  };

  const head = async () => (await owner.get('/v1/clients')).body.knownAt as number;
  const before = await head();

  for (const operation of commands) {
    const { method, operationId, example } = operation;
    const path = withQuery(operation);
    const json = { 'content-type': 'application/json' };
    const text = typeof example.body === 'string' ? example.body : JSON.stringify(example.body);
    const takesJson = operation.contentTypes === undefined;
    let problems = 0;
    const expectProblem = async (what: string, answer: Promise<Answer>, status?: number) => {
      const told = await answer;
      if (isProblem(told, `${operationId}, ${what}`)) problems += 1;
      if (status !== undefined && told.status !== status)
        t.fail(`${operationId}, ${what}: ${told.status} instead of ${status}`);
    };
    const type = takesJson ? json : { 'content-type': operation.contentTypes?.[0] ?? '' };
    await expectProblem('no key', raw(method, path, text, { ...type, 'idempotency-key': '' }), 400);
    await expectProblem(
      'a key with control characters',
      raw(method, path, text, { ...type, 'idempotency-key': 'a b\t' }),
      400,
    );
    await expectProblem('no credential', raw(method, path, text, { ...type, authorization: '' }), 401);
    await expectProblem('a foreign scheme', raw(method, path, text, { ...type, authorization: 'Basic eDp5' }), 401);
    await expectProblem('XML', raw(method, path, '<a/>', { 'content-type': 'application/xml' }), 415);
    await expectProblem('an unknown query parameter', raw(method, `${filled(operation)}?nonsense=1`, text, type), 400);
    const huge = `"${'x'.repeat((operation.bodyLimit ?? 1_048_576) + 1_000)}"`;
    await expectProblem('a huge body', raw(method, path, huge, type), 413);
    if (takesJson) {
      await expectProblem('broken JSON', raw(method, path, '{"a":', json), 400);
      await expectProblem(
        'no UTF-8',
        raw(method, path, new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), json),
        400,
      );
      await expectProblem('a polluted prototype', raw(method, path, '{"__proto__":{"a":1}}', json), 400);
      await expectProblem('deep nesting', raw(method, path, '['.repeat(2_000) + ']'.repeat(2_000), json), 400);
    }
    t.ok(problems >= 7, `${operationId}: ${problems} kinds of malformed request are told`);
  }
  t.equal(await head(), before, 'nothing was written by any of them');

  for (const operation of commands) {
    const { method, operationId, example } = operation;
    if (operation.contentTypes !== undefined) continue;
    let tried = 0;
    for (const body of brokenBodies(example.body)) {
      const answer = await raw(method, withQuery(operation), JSON.stringify(body), {
        'content-type': 'application/json',
      });
      if (answer.status >= 500) t.fail(`${operationId}: ${answer.status} for ${JSON.stringify(body).slice(0, 200)}`);
      if (answer.status >= 400) isProblem(answer, `${operationId} with ${JSON.stringify(body).slice(0, 200)}`);
      tried += 1;
    }
    t.pass(`${operationId}: ${tried} broken bodies`);
  }

  for (const operation of operations) {
    if (!operation.path.includes(':')) continue;
    const { method, operationId, example } = operation;
    for (const id of JUNK_IDS) {
      const path = withQuery(operation, id);
      const body = operation.kind === 'command' ? JSON.stringify(example.body ?? {}) : undefined;
      const answer = await raw(method, path, body, body === undefined ? {} : { 'content-type': 'application/json' });
      if (answer.status < 300) t.fail(`${operationId}: ${answer.status} for the id ${id}`);
      else isProblem(answer, `${operationId} with the id ${id}`);
    }
    t.pass(`${operationId}: junk ids`);
  }

  for (const operation of operations.filter(({ kind }) => kind === 'question')) {
    const shape = Object.keys(operation.query.shape);
    for (const name of shape) {
      for (const value of ['', '-1', '1e99', '2026-02-30', 'x'.repeat(2_000), '%00', "' or 1=1"]) {
        const query = new URLSearchParams({ ...(operation.example.query ?? {}), [name]: value });
        const answer = await raw('GET', `${filled(operation)}?${query}`, undefined, {});
        if (answer.status >= 500)
          t.fail(`${operation.operationId}: ${answer.status} for ${name}=${value.slice(0, 40)}`);
      }
    }
    await isProblem(
      await raw('GET', `${filled(operation)}?nonsense=1`, undefined, {}),
      `${operation.operationId}, unknown`,
    );
    t.pass(`${operation.operationId}: ${shape.length} parameters`);
  }
});

t.test('another tenant’s things are not there', { timeout: 120_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner', 'victim');
  const thief = await headroom.as('owner', 'thief');
  for (const by of [owner, thief]) {
    const settings = { name: 'A', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'billable' };
    await by.command('PUT', '/v1/agency', settings);
  }
  const created = async (path: string, body: unknown) => {
    const answer = await owner.post(path, body);
    t.equal(answer.status, 201, `${path}: ${JSON.stringify(answer.body)}`);
  };
  await created('/v1/specialists', { specialistId: 'anna', name: 'Anna', role: 'designer' });
  await created('/v1/clients', { clientId: 'c', name: 'C', since: '2025-01-01' });
  await created('/v1/projects', {
    projectId: 'p',
    clientId: 'c',
    name: 'P',
    managerId: 'anna',
    openedOn: '2026-01-01',
  });
  const fee = { minor: 100, currency: 'RUB' };
  await created('/v1/stages', {
    stageId: 's',
    projectId: 'p',
    name: 'S',
    billing: { kind: 'fixed', fee },
    plannedWork: [],
  });
  const ids: Record<string, string> = { specialistId: 'anna', clientId: 'c', projectId: 'p', stageId: 's' };
  for (const operation of operations.filter(({ path }) => path.includes(':'))) {
    const path = operation.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => ids[name] ?? 'absent');
    const query = new URLSearchParams(operation.example.query ?? {}).toString();
    const full = query === '' ? path : `${path}?${query}`;
    const answer =
      operation.kind === 'question'
        ? await thief.get(full)
        : await thief.command(operation.method as 'POST', full, operation.example.body ?? {});
    t.equal(answer.status, 404, `${operation.operationId}: ${JSON.stringify(answer.body).slice(0, 120)}`);
  }
  t.strictSame((await thief.get('/v1/projects')).body.items, []);
  t.strictSame((await thief.get('/v1/stages?clientId=c')).body.items, []);
});
