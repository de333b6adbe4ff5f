import type { EventStore } from '@headroom/event-store';
import type { ReadinessCheck } from '@headroom/http';
import type { createPool } from '@headroom/postgres';
import { projectionLag } from '@headroom/projecting';
import { projections } from './operations.ts';

/** Figures older than this are not worth serving as today's. */
const LONGEST_LAG_SECONDS = 30;

/** Finds the read models unwell when one is missing, stopped at an event, or far behind the log. */
export const projectionReadiness =
  (store: EventStore, pool: ReturnType<typeof createPool>): ReadinessCheck =>
  async () => {
    const names = projections.map(({ name }) => name);
    for (const { projection, status, seconds } of await projectionLag(store, pool, names)) {
      if (status !== 'following') return `${projection} is ${status}`;
      if (seconds > LONGEST_LAG_SECONDS) return `${projection} is ${Math.round(seconds)} s behind`;
    }
    return undefined;
  };
