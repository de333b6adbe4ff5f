import {
  type PostgreSQLProjectionDefinition,
  postgreSQLProjection,
  rebuildPostgreSQLProjections,
} from '@event-driven-io/emmett-postgresql';
import { history } from '@headroom/host/demo/history/history';
import { answering } from '../answering.ts';
import { emmettAt, migrateEmmett } from '../peers/emmett.ts';

export type EmmettRebuildOrder =
  | { readonly do: 'load'; readonly url: string; readonly events: number }
  | { readonly do: 'rebuild'; readonly url: string; readonly events: number };

export interface EmmettRebuilt {
  readonly events: number;
  readonly seconds: number;
}

/** Larger pages were no faster. */
const BATCH = 1_000;
const CONNECTIONS = 5;
const TABLE = 'create table stage_hours (stage_id text primary key, seconds bigint not null)';
const ADD = {
  name: 'add-hours',
  text: `insert into stage_hours (stage_id, seconds) values ($1, $2)
    on conflict (stage_id) do update set seconds = stage_hours.seconds + excluded.seconds`,
};

/** The least that a read model can be: one prepared statement for each entry of hours, nothing for other events. */
const stageHours = postgreSQLProjection({
  name: 'stage-hours',
  canHandle: ['HoursLogged'],
  truncate: async ({ connection }) => {
    await connection.client.query('truncate stage_hours');
  },
  handle: async (events, { connection }) => {
    for (const { data } of events) {
      const { stageId, seconds } = data as { stageId: string | null; seconds: number };
      if (stageId !== null) await connection.client.query({ ...ADD, values: [stageId, seconds] });
    }
  },
} as PostgreSQLProjectionDefinition);

const load = async (url: string, events: number): Promise<void> => {
  await migrateEmmett(url);
  const { store, pool, close } = emmettAt(url, CONNECTIONS);
  try {
    await pool.query(TABLE);
    for (const step of history({ events, tenantId: 'bench' })) {
      for (const { streamId, events: appended } of step) {
        await store.appendToStream(
          streamId,
          appended.map(({ type, data, meta }) => ({ type, data, metadata: meta })),
        );
      }
    }
  } finally {
    await close();
  }
};

const rebuildAll = async (url: string): Promise<number> => {
  const consumer = rebuildPostgreSQLProjections({
    connectionString: url,
    projections: [stageHours],
    pulling: { batchSize: BATCH, pullingFrequencyInMs: 0 },
  });
  const start = performance.now();
  await consumer.start();
  const seconds = (performance.now() - start) / 1_000;
  await consumer.close();
  return seconds;
};

/** Emmett's rebuild of the smallest possible read model, with the settings at which it was fastest. */
answering<EmmettRebuildOrder, EmmettRebuilt>(async (order) => {
  if (order.do === 'load') {
    await load(order.url, order.events);
    return { events: order.events, seconds: 0 };
  }
  return { events: order.events, seconds: await rebuildAll(order.url) };
});
