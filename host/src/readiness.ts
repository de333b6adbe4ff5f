import type { EventStore } from '@headroom/event-store';
import type { Gauged, ReadinessCheck } from '@headroom/http';
import type { createPool } from '@headroom/postgres';
import { type Lag, projectionLag, unfitRows } from '@headroom/projecting';
import { projections } from './operations.ts';

/** Figures older than this are not worth serving as today's. */
const LONGEST_LAG_SECONDS = 30;

type Pool = ReturnType<typeof createPool>;

const names = projections.map(({ name }) => name);

/**
 * Finds the read models unwell when one is missing, stopped at an event, far behind the log, or made in other tables than
 * this process reads: after an upgrade those of the new version are not ready until the rows have been rebuilt, and those
 * of the old one are no longer once they were.
 */
export const projectionReadiness =
  (store: EventStore, pool: Pool): ReadinessCheck =>
  async () => {
    for (const { projection, version, live } of await unfitRows(pool, projections)) {
      return live < version
        ? `${projection} is being rebuilt: its rows are of version ${live}, this process reads version ${version}`
        : `${projection} is live in version ${live}, this process reads version ${version}`;
    }
    for (const { projection, status, seconds } of await projectionLag(store, pool, names)) {
      if (status !== 'following') return `${projection} is ${status}`;
      if (seconds > LONGEST_LAG_SECONDS) return `${projection} is ${Math.round(seconds)} s behind`;
    }
    return undefined;
  };

const gaugeOf = (name: string, help: string, store: EventStore, pool: Pool, value: (lag: Lag) => number): Gauged => ({
  name,
  help,
  labelNames: ['projection'],
  read: async () =>
    (await projectionLag(store, pool, names)).map((lag) => ({
      labels: { projection: lag.projection },
      value: value(lag),
    })),
});

/** How far each projection is behind the log, and whether it has stopped, for `/metrics`. */
export const projectionGauges = (store: EventStore, pool: Pool): Gauged[] => [
  gaugeOf(
    'headroom_projection_lag_events',
    'Positions of the log that a projection has not folded yet',
    store,
    pool,
    ({ behind }) => behind,
  ),
  gaugeOf(
    'headroom_projection_lag_seconds',
    'Seconds between the last folded event and the newest one, by the log’s clock',
    store,
    pool,
    ({ seconds }) => seconds,
  ),
  gaugeOf('headroom_projection_stopped', '1 when a projection has stopped at an event', store, pool, ({ status }) =>
    status === 'stopped' ? 1 : 0,
  ),
];
