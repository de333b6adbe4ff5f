import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresEventStore, type EventStore } from '@headroom/event-store';
import { appendHistory } from '@headroom/host/demo/history/append-history';
import { type HistoryOptions, history } from '@headroom/host/demo/history/history';
import type { Step } from '@headroom/host/demo/history/recorder';
import { migrateDatabaseAt } from '@headroom/host/migrations';
import { projections } from '@headroom/host/operations';
import { createKey } from '@headroom/http';
import { createPool } from '@headroom/postgres';
import { readCheckpoints, runProjections, schemaOf } from '@headroom/projecting';

export const TENANT = 'bench';

/** An agency in a database of Headroom, as traffic needs to know it. */
export interface Agency {
  readonly key: string;
  readonly specialists: readonly string[];
  /** Stages that take hours. */
  readonly openStages: readonly string[];
  /** All stages. */
  readonly stages: readonly string[];
  readonly projects: readonly string[];
  readonly clients: readonly string[];
  readonly requests: readonly string[];
  readonly extraPayments: readonly string[];
  /** The last day on which anybody logged hours. */
  readonly lastDay: string;
}

/** Notes down who and what is in a history while it passes. */
class Register {
  readonly specialists: string[] = [];
  readonly stages = new Set<string>();
  readonly open = new Set<string>();
  readonly projects: string[] = [];
  readonly clients: string[] = [];
  readonly requests: string[] = [];
  readonly extraPayments: string[] = [];
  lastDay = '';

  *pass(steps: Iterable<Step>): Generator<Step> {
    for (const step of steps) {
      for (const { events } of step) for (const { type, data } of events) this.#note(type.split('.v')[0] ?? '', data);
      yield step;
    }
  }

  /** `type` is without its version. */
  #note(type: string, data: { readonly [field: string]: unknown }): void {
    const { specialistId, stageId } = data;
    if (type === 'HoursLogged') this.lastDay = String(data.workDate);
    if (type === 'ProjectOpened') this.projects.push(String(data.projectId));
    if (type === 'ClientRegistered') this.clients.push(String(data.clientId));
    if (type === 'ClientRequestRegistered') this.requests.push(String(data.requestId));
    if (type === 'ExtraPaymentProposed') this.extraPayments.push(String(data.extraPaymentId));
    if (type === 'SpecialistAdded') this.specialists.push(String(specialistId));
    if (type === 'StagePlanned') this.stages.add(String(stageId));
    if (type === 'StageStarted' || type === 'StageReopened') this.open.add(String(stageId));
    if (type === 'StageClosed') this.open.delete(String(stageId));
  }
}

const withStore = async <T>(url: string, task: (store: EventStore) => Promise<T>): Promise<T> => {
  const store = await createPostgresEventStore({ connectionString: url, applicationName: 'bench' });
  try {
    return await task(store);
  } finally {
    await store.close();
  }
};

const makeKey = async (url: string): Promise<string> => {
  const pool = createPool(url, { applicationName: 'bench', max: 1 });
  try {
    const wish = { tenantId: TENANT, name: 'bench', role: 'owner', createdBy: 'system:bench' } as const;
    return (await createKey(pool, { ...wish, now: new Date().toISOString() })).key;
  } finally {
    await pool.end();
  }
};

/** Migrates a database, and fills its log with a history of so many events. */
export const settleAgency = async (
  url: string,
  events: number,
  how: Pick<HistoryOptions, 'specialists' | 'entriesADay'> = {},
): Promise<Agency> => {
  await migrateDatabaseAt(url);
  const register = new Register();
  await withStore(url, (store) => appendHistory(store, register.pass(history({ events, tenantId: TENANT, ...how }))));
  return {
    key: await makeKey(url),
    specialists: register.specialists,
    openStages: [...register.open],
    stages: [...register.stages],
    projects: register.projects,
    clients: register.clients,
    requests: register.requests,
    extraPayments: register.extraPayments,
    lastDay: register.lastDay,
  };
};

/** Migrates a database, and fills its log with these appends. Gives a key to it. */
export const settleSteps = async (url: string, steps: Iterable<Step>): Promise<string> => {
  await migrateDatabaseAt(url);
  await withStore(url, (store) => appendHistory(store, steps));
  return makeKey(url);
};

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const LOOK_EVERY_MS = 20;

/** Waits until all projections have folded the log as it is now; somebody else folds them. */
export const untilFolded = async (url: string): Promise<void> => {
  const head = await withStore(url, (store) => store.head());
  const pool = createPool(url, { applicationName: 'bench', max: 1 });
  const names = projections.map(({ name }) => name);
  try {
    for (;;) {
      const checkpoints = await readCheckpoints(pool, names);
      const stopped = [...checkpoints.values()].find(({ status }) => status === 'stopped');
      if (stopped) throw new Error(`a projection stopped: ${JSON.stringify(stopped)}`);
      if (names.every((name) => (checkpoints.get(name)?.position ?? -1) >= head)) return;
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    await pool.end();
  }
};

/** Folds all projections up to the end of the log. */
export const foldAll = (url: string): Promise<void> =>
  withStore(url, async (store) => {
    const ending = new AbortController();
    const { signal } = ending;
    const running = runProjections({
      store,
      connectionString: url,
      projections,
      holder: 'bench',
      signal,
      logger: quiet,
    });
    try {
      await untilFolded(url);
    } finally {
      ending.abort();
      await running.done;
    }
  });

/** Leaves nothing of the read models, so that they begin at the first event. */
export const forgetReadModels = async (url: string): Promise<void> => {
  const pool = createPool(url, { applicationName: 'bench', max: 1 });
  try {
    for (const projection of projections)
      await pool.query(`drop schema if exists ${schemaOf(projection)} cascade; delete from projecting.checkpoint`);
  } finally {
    await pool.end();
  }
};
