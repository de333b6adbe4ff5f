import { Writable } from 'node:stream';
import { CLAIMING_APPEND, commandingMigrations, createCommands, postgresKeyLedger } from '@headroom/commanding';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPostgresEventStore, migrateEventStore } from '@headroom/event-store';
import { createPool, migrate } from '@headroom/postgres';
import { createReadModels, projectingMigrations, runProjections } from '@headroom/projecting';
import {
  type ApiOptions,
  type ApiSettings,
  accessMigrations,
  type Bound,
  createApi,
  createKey,
  createLogger,
} from '../src/index.ts';
import { balances, toyOperations } from './toy.ts';

export const NOW = '2026-03-16T09:00:00.000Z';

type Test = { teardown(done: () => Promise<unknown> | unknown): unknown };
type Send = RequestInit & { readonly key?: string | null; readonly idempotencyKey?: string; readonly json?: unknown };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into any document
  readonly body: any;
}

const sender =
  (base: string, usual: string) =>
  async (method: string, path: string, { key = usual, idempotencyKey, json, ...init }: Send = {}): Promise<Answer> => {
    const headers = new Headers(init.headers);
    if (key !== null) headers.set('authorization', `Bearer ${key}`);
    if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
    if (json !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
    const body = json === undefined ? init.body : JSON.stringify(json);
    const response = await fetch(base + path, { ...init, method, headers, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  };

/**
 * A served toy: the log, its projections, an owner's key, and what was logged. Over a database of its own, or over that
 * of another scene, as a second process would have it.
 */
export const openScene = async (
  t: Test,
  settings: ApiSettings = {},
  more: Partial<ApiOptions> = {},
  shared?: string,
) => {
  const connectionString = shared ?? (await testDatabase(t)).connectionString;
  const pool = createPool(connectionString, { applicationName: 'test' });
  t.teardown(() => pool.end());
  await migrateEventStore(pool);
  for (const migrations of [commandingMigrations, projectingMigrations, accessMigrations])
    await migrate(pool, migrations);
  const store = await createPostgresEventStore({ connectionString, claimingFunction: CLAIMING_APPEND });
  t.teardown(() => store.close());

  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const logger = createLogger({ level: 'debug', destination: sink });

  const projecting = new AbortController();
  const running = runProjections({
    store,
    connectionString,
    projections: [balances],
    holder: 'test',
    signal: projecting.signal,
    logger,
  });
  t.teardown(() => {
    projecting.abort();
    return running.done;
  });
  const readModels = createReadModels({ pool, connectionString, store, projections: [balances] });
  t.teardown(() => readModels.close());
  await readModels.caughtUp(['balances'], 0, 20_000);
  const commands = await createCommands({ store, ledger: postgresKeyLedger(connectionString, { withLog: true }) });
  t.teardown(() => commands.close());

  const keyOf = async (role: 'owner' | 'sales' | 'specialist' | 'finance', tenantId = 'acme') => {
    const specialist = role === 'specialist' ? { specialistId: 'anna' } : {};
    const wish = { tenantId, name: role, role, createdBy: 'system:test', now: NOW, ...specialist };
    return createKey(pool, wish);
  };
  const owner = await keyOf('owner');

  const start = (operations: readonly Bound[]) =>
    createApi({
      operations,
      store,
      commands,
      readModels,
      pool,
      logger,
      clock: () => new Date(NOW),
      settings: { rateLimit: false, strangerLimit: false, ...settings },
      ...more,
    });
  const app = await start(toyOperations(commands));
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(() => app.close());
  return {
    app,
    start,
    base,
    pool,
    store,
    commands,
    lines,
    keyOf,
    owner,
    connectionString,
    send: sender(base, owner.key),
  };
};

export type Scene = Awaited<ReturnType<typeof openScene>>;
