/**
 * Bad input on every route of the document, against a running server: always a clear problem, never a 500, and
 * nothing is written.
 */
import type { Command, Operation } from '@headroom/contracts/rest';
import { describedOperations } from '@headroom/host/operations';
import t, { type Test } from 'tap';
import { type Answer, type RunningHeadroom, startHeadroom } from '../support/running-headroom.ts';

const operations: readonly Operation[] = describedOperations().map(({ operation }) => operation);
const commands = operations.filter((operation) => operation.kind === 'command');
const questions = operations.filter((operation) => operation.kind === 'question');

const JSON_TYPE = { 'content-type': 'application/json' };
const LIMIT = 1_048_576;

const filled = ({ path, example }: Operation, id?: string): string =>
  path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(id ?? example.params?.[name] ?? 'absent'));

const withQuery = (operation: Operation, id?: string): string => {
  const query = new URLSearchParams(operation.example.query ?? {}).toString();
  return query === '' ? filled(operation, id) : `${filled(operation, id)}?${query}`;
};

type Send = (
  method: string,
  path: string,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  headers: Record<string, string>,
) => Promise<Answer>;

/** Sends exactly what it is given, as an owner of the tenant `victim`, with a fresh key unless the headers say more. */
const sender = async (headroom: RunningHeadroom): Promise<Send> => {
  const authorization = `Bearer ${await headroom.keyFor('owner', 'victim')}`;
  return async (method, path, body, headers) => {
    const response = await fetch(`${headroom.url}${path}`, {
      method,
      headers: { authorization, 'idempotency-key': crypto.randomUUID(), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  };
};

/** Fails the test unless the answer is a problem as the API promises it: 4xx, a code, and nothing internal. */
const expectProblem = (t: Test, answer: Answer, what: string, status?: number): void => {
  const told =
    answer.status >= 400 &&
    answer.status < 500 &&
    answer.headers.get('content-type')?.startsWith('application/problem+json') === true &&
    typeof answer.body.code === 'string' &&
    typeof answer.body.requestId === 'string' &&
    !/\bat \/|node_modules|select |insert |pg_|stack/i.test(JSON.stringify(answer.body));
  if (!told || (status !== undefined && answer.status !== status))
    t.fail(`${what}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
};

interface Malformed {
  readonly what: string;
  readonly status: number;
  readonly path?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

/** Requests that no operation can make sense of, and the status each must get. */
const malformed = (operation: Command): Malformed[] => {
  const huge = `"${'x'.repeat((operation.bodyLimit ?? LIMIT) + 1_000)}"`;
  const all: Malformed[] = [
    { what: 'no key', status: 400, headers: { 'idempotency-key': '' } },
    { what: 'a key with spaces', status: 400, headers: { 'idempotency-key': 'a b' } },
    { what: 'no credential', status: 401, headers: { authorization: '' } },
    { what: 'a foreign scheme', status: 401, headers: { authorization: 'Basic eDp5' } },
    { what: 'XML', status: 415, body: '<a/>', headers: { 'content-type': 'application/xml' } },
    { what: 'an unknown parameter', status: 400, path: `${filled(operation)}?nonsense=1` },
    { what: 'a huge body', status: 413, body: huge },
  ];
  const json: Malformed[] = [
    { what: 'broken JSON', status: 400, body: '{"a":' },
    { what: 'no UTF-8', status: 400, body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) },
    { what: 'a polluted prototype', status: 400, body: '{"__proto__":{"a":1}}' },
    { what: 'deep nesting', status: 400, body: '['.repeat(2_000) + ']'.repeat(2_000) },
  ];
  return operation.contentTypes === undefined ? [...all, ...json] : all;
};

/** Every body with one thing wrong in it. */
const brokenBodies = (example: unknown): unknown[] => {
  const object = typeof example === 'object' && example !== null ? (example as Record<string, unknown>) : {};
  const wrong: unknown[] = [null, 17, true, -1, 1e300, '', 'x'.repeat(5_000), [], {}, '2026-02-30', ['\u0000']];
  const fields = Object.keys(object).flatMap((field) => wrong.map((value) => ({ ...object, [field]: value })));
  return [[], 'text', 42, null, { ...object, unknownField: 1 }, ...fields];
};

const JUNK_IDS = ['..', '%00', 'a'.repeat(180), "'; drop table log.events; --", '__proto__', 'ünïcode', '-1'];
const JUNK_VALUES = ['', '-1', '1e99', '2026-02-30', 'x'.repeat(2_000), '%00', "' or 1=1"];

const tryMalformed = async (t: Test, send: Send): Promise<void> => {
  for (const operation of commands) {
    const { method, operationId, example } = operation;
    const text = typeof example.body === 'string' ? example.body : JSON.stringify(example.body);
    const type = operation.contentTypes === undefined ? JSON_TYPE : { 'content-type': operation.contentTypes[0] ?? '' };
    for (const { what, status, path = withQuery(operation), body = text, headers } of malformed(operation)) {
      expectProblem(t, await send(method, path, body, { ...type, ...headers }), `${operationId}, ${what}`, status);
    }
    t.pass(`${operationId}: malformed requests`);
  }
};

const tryBodies = async (t: Test, send: Send): Promise<void> => {
  for (const operation of commands) {
    const { method, operationId, example, contentTypes } = operation;
    if (contentTypes !== undefined) continue;
    for (const body of brokenBodies(example.body)) {
      const text = JSON.stringify(body);
      const answer = await send(method, withQuery(operation), text, JSON_TYPE);
      if (answer.status >= 400) expectProblem(t, answer, `${operationId} with ${text.slice(0, 200)}`);
    }
    t.pass(`${operationId}: broken bodies`);
  }
};

const tryIds = async (t: Test, send: Send): Promise<void> => {
  for (const operation of operations.filter(({ path }) => path.includes(':'))) {
    const { method, operationId, example } = operation;
    const body = operation.kind === 'command' ? JSON.stringify(example.body ?? {}) : undefined;
    for (const id of JUNK_IDS) {
      const answer = await send(method, withQuery(operation, id), body, body === undefined ? {} : JSON_TYPE);
      expectProblem(t, answer, `${operationId} with the id ${id}`);
    }
    t.pass(`${operationId}: junk ids`);
  }
};

const tryParameters = async (t: Test, send: Send): Promise<void> => {
  for (const operation of questions) {
    const { operationId, query, example } = operation;
    for (const name of Object.keys(query.shape)) {
      for (const value of JUNK_VALUES) {
        const asked = new URLSearchParams({ ...(example.query ?? {}), [name]: value });
        const answer = await send('GET', `${filled(operation)}?${asked}`, undefined, {});
        if (answer.status >= 400) expectProblem(t, answer, `${operationId}, ${name}=${value.slice(0, 40)}`);
      }
    }
    const unknown = await send('GET', `${filled(operation)}?nonsense=1`, undefined, {});
    expectProblem(t, unknown, `${operationId}, an unknown parameter`, 400);
    t.pass(`${operationId}: junk parameters`);
  }
};

// The file as a whole, on a busy machine.
t.setTimeout(300_000);

t.test('bad input is told from good, on every route', { timeout: 300_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const send = await sender(headroom);
  const owner = await headroom.as('owner', 'victim');
  const head = async () => (await owner.get('/v1/clients')).body.knownAt as number;
  const before = await head();
  await tryMalformed(t, send);
  t.equal(await head(), before, 'nothing was written by any of them');
  await tryBodies(t, send);
  await tryIds(t, send);
  await tryParameters(t, send);
});

/** What they name is made by them, if it is not there: another tenant's of the same id is no hindrance. */
const UNDER_AN_ID_OF_ONES_OWN = new Set(['defineMetric']);

/** The content type that a command takes, where it is not JSON. */
const typeOf = (operation: (typeof operations)[number]): Record<string, string> => {
  const type = operation.kind === 'command' ? operation.contentTypes?.[0] : undefined;
  return type === undefined ? {} : { 'content-type': type };
};

t.test('another tenant’s things are not there', { timeout: 120_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner', 'victim');
  const thief = await headroom.as('owner', 'thief');
  for (const by of [owner, thief]) {
    const settings = { name: 'A', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'billable' };
    t.equal((await by.command('PUT', '/v1/agency', settings)).status, 200);
  }
  const created = async (path: string, body: unknown) => {
    const answer = await owner.post(path, body);
    t.equal(answer.status, 201, `${path}: ${JSON.stringify(answer.body)}`);
  };
  await created('/v1/specialists', { specialistId: 'anna', name: 'Anna', role: 'designer' });
  await created('/v1/clients', { clientId: 'c', name: 'C', since: '2025-01-01' });
  const project = { projectId: 'p', clientId: 'c', name: 'P', managerId: 'anna', openedOn: '2026-01-01' };
  await created('/v1/projects', project);
  const billing = { kind: 'fixed', fee: { minor: 100, currency: 'RUB' } };
  await created('/v1/stages', { stageId: 's', projectId: 'p', name: 'S', billing, plannedWork: [] });
  const ids: Record<string, string> = { specialistId: 'anna', clientId: 'c', projectId: 'p', stageId: 's' };
  for (const operation of operations.filter(({ path }) => /:\w+Id\b/.test(path))) {
    if (UNDER_AN_ID_OF_ONES_OWN.has(operation.operationId)) continue;
    const { example, operationId } = operation;
    const path = operation.path.replace(/:([a-zA-Z]+)/g, (_, name: string) =>
      name.endsWith('Id') ? (ids[name] ?? 'absent') : (example.params?.[name] ?? 'absent'),
    );
    const query = new URLSearchParams(example.query ?? {}).toString();
    const full = query === '' ? path : `${path}?${query}`;
    const answer =
      operation.kind === 'question'
        ? await thief.get(full)
        : await thief.command(operation.method as 'POST', full, example.body ?? {}, typeOf(operation));
    t.equal(answer.status, 404, `${operationId}: ${JSON.stringify(answer.body).slice(0, 120)}`);
  }
  t.strictSame((await thief.get('/v1/projects')).body.items, []);
  t.strictSame((await thief.get('/v1/stages?clientId=c')).body.items, []);
});
