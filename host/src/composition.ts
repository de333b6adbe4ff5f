import { hostname } from 'node:os';
import { auditSubjects, verifierPage } from '@headroom/audit';
import { CLAIMING_APPEND, createCommands, postgresKeyLedger } from '@headroom/commanding';
import { createPostgresEventStore, type EventStore } from '@headroom/event-store';
import { createApi, specialistActors } from '@headroom/http';
import { createNotary, runNotary } from '@headroom/notary';
import { runOperations } from '@headroom/operations';
import { createPool } from '@headroom/postgres';
import { privateReadModels } from '@headroom/privacy';
import {
  createReadModels,
  estimateReplay,
  keepPast,
  type OpenReadModels,
  type RunningProjections,
  runProjections,
} from '@headroom/projecting';
import type { Logger } from 'pino';
import { keepFinishingRulings } from './finish-rulings.ts';
import { buildOperations, buildWork, projections, relationshipDeps } from './operations.ts';
import { openPrivacy } from './privacy/open-privacy.ts';
import { projectionGauges, projectionReadiness } from './readiness.ts';
import type { Settings } from './settings.ts';
import { productVersion } from './version.ts';

/** What every process stands on: the database and the log. */
export interface Base {
  readonly databaseUrl: string;
  readonly pool: ReturnType<typeof createPool>;
  readonly store: EventStore;
  /** The log is kept in this database, too: what is written before an append cannot be lost without it. */
  readonly logInDatabase: boolean;
  /** The seed of the key that signs checkpoints; undefined: the database keeps one. */
  readonly notaryKey: Uint8Array | undefined;
  readonly logger: Logger;
  /** At which positions versions of rows are kept, by whoever opened this; undefined: as usual, by its projections. */
  readonly pastEvery: number | undefined;
}

export interface BaseOptions {
  /** Migrated. */
  readonly databaseUrl: string;
  /** Undefined: the log is in the same database. */
  readonly eventStoreUrl: string | undefined;
  readonly notaryKey?: Uint8Array | undefined;
  readonly logger: Logger;
  readonly pastEvery?: number | undefined;
  /** Shows in `pg_stat_activity`. */
  readonly processName: string;
}

const openStore = async ({ databaseUrl, eventStoreUrl, processName }: BaseOptions): Promise<EventStore> => {
  if (eventStoreUrl === undefined)
    return createPostgresEventStore({
      connectionString: databaseUrl,
      applicationName: `headroom ${processName}`,
      claimingFunction: CLAIMING_APPEND,
    });
  // Its client is large, and most processes never need it.
  const { createEventStoreDbEventStore } = await import('@headroom/event-store/eventstoredb');
  return createEventStoreDbEventStore({ connectionString: eventStoreUrl });
};

/** Opens the log and a pool; `closing` lets go of them, after all that was opened over them. */
export const openBase = async (closing: AsyncDisposableStack, options: BaseOptions): Promise<Base> => {
  const { databaseUrl, notaryKey, logger, pastEvery, processName } = options;
  let ending = false;
  const pool = createPool(databaseUrl, {
    applicationName: `headroom ${processName}`,
    onIdleLoss: (error) => ending || logger.warn({ err: error }, 'a database connection was lost'),
  });
  closing.defer(() => {
    ending = true;
    return pool.end();
  });
  const store = await openStore(options);
  closing.defer(() => store.close());
  return { databaseUrl, pool, store, logInDatabase: options.eventStoreUrl === undefined, notaryKey, logger, pastEvery };
};

export type Api = Awaited<ReturnType<typeof createApi>>;
export interface OpenApi {
  /** Not listening yet. */
  readonly api: Api;
  readonly readModels: OpenReadModels;
}

export type ApiLimits = Pick<Settings, 'requestsPerMinute' | 'trustProxy'> & {
  /** Over the keys of personal data. */
  readonly masterKey: string;
};

const MINUTE = 60;

const KEY_CONNECTIONS = 3;

/** The API over the log and the read models. */
export const openApi = async (
  closing: AsyncDisposableStack,
  { databaseUrl, pool, store, logInDatabase, notaryKey, logger, pastEvery }: Base,
  { requestsPerMinute, trustProxy, masterKey }: ApiLimits,
): Promise<OpenApi> => {
  // Questions hold a connection of the pool while they ask for keys: whoever gives keys must not wait for one of those.
  const keyPool = createPool(databaseUrl, {
    applicationName: 'headroom keys',
    max: KEY_CONNECTIONS,
    onIdleLoss: (error) => logger.warn({ err: error }, 'a database connection was lost'),
  });
  closing.defer(() => keyPool.end());
  const privacy = await openPrivacy(keyPool, store, masterKey);
  const commands = await createCommands({
    store: privacy.store,
    ledger: postgresKeyLedger(databaseUrl, { withLog: logInDatabase }),
    onFault: (fault) => logger.warn({ err: fault }, 'the log cannot be followed; trying again'),
  });
  closing.defer(() => commands.close());
  const rows = createReadModels({ pool, connectionString: databaseUrl, store, projections, pastEvery });
  const readModels = privateReadModels(rows, privacy.vault);
  closing.defer(() => readModels.close());
  const ending = new AbortController();
  const { signal } = ending;
  const actorsOf = (tenantId: string, specialistId: string) => specialistActors(pool, tenantId, specialistId);
  const kinds = buildWork({ commands, readModels }, { store, databaseUrl });
  const { desk, spool, done } = runOperations({ pool, kinds, signal, logger });
  const finishing = keepFinishingRulings(relationshipDeps({ commands, readModels, actorsOf }), { signal, logger });
  closing.defer(async () => {
    ending.abort();
    await Promise.all([done, finishing]);
  });
  const notary = createNotary({ pool, store, seed: notaryKey });
  const api = await createApi({
    operations: buildOperations({
      commands,
      readModels,
      desk,
      actorsOf,
      subjects: privacy.subjects,
      audit: { notary, store: privacy.store, fieldKeys: privacy.vault.fieldKeys },
      estimateReplay: (names, scope) =>
        estimateReplay(
          store,
          projections.filter(({ name }) => names.includes(name)),
          scope,
        ),
    }),
    pages: { '/verify': verifierPage },
    spool,
    store,
    commands,
    readModels,
    pool,
    logger,
    readiness: { projections: projectionReadiness(store, pool) },
    gauges: projectionGauges(store, pool),
    settings: {
      version: productVersion,
      rateLimit: requestsPerMinute === false ? false : { requests: requestsPerMinute, perSeconds: MINUTE },
      trustProxy,
      // Answers are checked against their contract in the tests; here that would only cost time.
      checkResponses: false,
    },
  });
  closing.defer(() => api.close());
  return { api, readModels };
};

/**
 * Keeps the projections folded, and versions of their rows for answers about the past, until `closing` ends it; one of
 * several processes does, the others stand by.
 */
export const openProjections = (
  closing: AsyncDisposableStack,
  { databaseUrl, store, logger, pastEvery }: Base,
): RunningProjections => {
  const ending = new AbortController();
  const running = runProjections({
    store,
    connectionString: databaseUrl,
    projections,
    holder: `${hostname()}:${process.pid}`,
    signal: ending.signal,
    logger,
  });
  const past = { store, connectionString: databaseUrl, projections, signal: ending.signal, logger };
  const keeping = pastEvery === undefined ? keepPast(past) : undefined;
  closing.defer(async () => {
    ending.abort();
    await Promise.all([running.done, keeping]);
  });
  return running;
};

/**
 * Keeps the trees over the log until `closing` ends it; one of several processes does, the others stand by. What is
 * sealed is the log as it is stored.
 */
export const openNotary = (closing: AsyncDisposableStack, { databaseUrl, store, notaryKey, logger }: Base): void => {
  const ending = new AbortController();
  const { signal } = ending;
  const { done } = runNotary({
    store,
    connectionString: databaseUrl,
    seed: notaryKey,
    subjects: auditSubjects,
    signal,
    logger,
  });
  closing.defer(async () => {
    ending.abort();
    await done;
  });
};
