import type { Permission, Role } from '@headroom/contracts/rest';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { startStandIn } from '@headroom/event-store/stand-in';
import { openApi, openBase, openNotary, openProjections } from '@headroom/host/composition';
import { migrateDatabase } from '@headroom/host/migrations';
import { createKey } from '@headroom/http';
import { createPool } from '@headroom/postgres';
import { pino } from 'pino';

/** Any 32 bytes. */
export const MASTER_KEY = '0f'.repeat(32);

export type StoreName = 'Postgres' | 'EventStoreDB';

/** The stores that the acceptance tests run on; the second is the gRPC stand-in unless a real server is named. */
export const stores: readonly StoreName[] = ['Postgres', 'EventStoreDB'];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

/** What a credential can do: commands with a fresh key each, questions that wait for all commands before. */
export interface Caller {
  readonly command: (
    method: 'POST' | 'PUT',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  readonly post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
}

/** What ends what was begun within it: a test, or whoever stands for one. */
export interface Span {
  readonly teardown: (task: () => unknown) => unknown;
}

/** Whose key it is: a specialist's, by id, or a client's. */
export type Whose = string | { readonly clientId: string; readonly projectId?: string };

export interface RunningHeadroom {
  readonly url: string;
  readonly eventStoreUrl: string | undefined;
  /** Stops it before the test ends; what it keeps stays. */
  readonly stop: () => Promise<void>;
  readonly databaseUrl: string;
  readonly keyFor: (role: Role, tenantId?: string, whose?: Whose, scopes?: readonly Permission[]) => Promise<string>;
  readonly as: (role: Role, tenantId?: string, whose?: Whose) => Promise<Caller>;
}

const eventStoreUrl = async (t: Span, store: StoreName): Promise<string | undefined> => {
  if (store === 'Postgres') return undefined;
  const real = process.env.EVENT_STORE_URL;
  if (real !== undefined && real !== '') return real;
  const standIn = await startStandIn();
  t.teardown(() => standIn.stop());
  return standIn.connectionString;
};

const read = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
};

/**
 * A whole Headroom, API and projector, on a database of its own or on that of one that was stopped, listening on loopback
 * until the test ends. A test that brings a notary of its own says so.
 */
export const startHeadroom = async (
  t: Span,
  store: StoreName = 'Postgres',
  before?: RunningHeadroom,
  { notary = true, pastEvery }: { readonly notary?: boolean; readonly pastEvery?: number } = {},
): Promise<RunningHeadroom> => {
  const databaseUrl = before?.databaseUrl ?? (await testDatabase(t)).connectionString;
  const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  const migrating = createPool(databaseUrl, { applicationName: 'test migrations', max: 1 });
  await migrateDatabase(migrating);
  await migrating.end();
  const closing = new AsyncDisposableStack();
  const esdb = before === undefined ? await eventStoreUrl(t, store) : before.eventStoreUrl;
  const base = await openBase(closing, { databaseUrl, eventStoreUrl: esdb, logger, pastEvery, processName: 'test' });
  const { api } = await openApi(closing, base, { requestsPerMinute: false, trustProxy: false, masterKey: MASTER_KEY });
  openProjections(closing, base);
  if (notary) openNotary(closing, base);
  await api.listen({ host: '127.0.0.1', port: 0 });
  const stop = (): Promise<void> => closing.disposeAsync();
  t.teardown(stop);
  const address = api.server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  const keyFor: RunningHeadroom['keyFor'] = async (role, tenantId = 'northlight', whose, scopes) => {
    const now = new Date().toISOString();
    const wish = { tenantId, name: `${role} of the test`, role, createdBy: 'system:test', now };
    const { key } = await createKey(base.pool, {
      ...wish,
      ...(typeof whose === 'string' ? { specialistId: whose } : whose),
      ...(scopes === undefined ? {} : { scopes }),
    });
    return key;
  };

  let position = 0;
  let commands = 0;
  const run = before === undefined ? 'test' : 'again';
  const as = async (role: Role, tenantId?: string, whose?: Whose): Promise<Caller> => {
    const authorization = `Bearer ${await keyFor(role, tenantId, whose)}`;
    const command: Caller['command'] = async (method, path, body, headers = {}) => {
      commands += 1;
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization,
          'content-type': 'application/json',
          'idempotency-key': `${run}-${commands}`,
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body ?? {}),
      });
      position = Math.max(position, Number(response.headers.get('log-position') ?? 0));
      return read(response);
    };
    const get: Caller['get'] = async (path, headers = {}) =>
      read(await fetch(`${url}${path}`, { headers: { authorization, 'min-position': String(position), ...headers } }));
    return { command, post: (path, body, headers) => command('POST', path, body, headers), get };
  };
  return { url, databaseUrl, eventStoreUrl: esdb, stop, keyFor, as };
};
