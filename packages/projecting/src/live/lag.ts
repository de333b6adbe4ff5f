import type { EventStore } from '@headroom/event-store';
import type pg from 'pg';
import { type Failure, readCheckpoints } from '../database/checkpoints.ts';

/** How far a projection is behind the log. */
export interface Lag {
  readonly projection: string;
  readonly position: number;
  /** Head of the log less the checkpoint. */
  readonly behind: number;
  /** Between the recording of the last event that was folded and that of the newest one; 0 when there is nothing to fold. */
  readonly seconds: number;
  readonly status: 'following' | 'stopped' | 'missing';
  readonly failure: Failure | null;
}

/** How far projections are behind the log, whoever folds them; the clock is that of the log. */
export const projectionLag = async (
  store: EventStore,
  client: Pick<pg.ClientBase, 'query'>,
  projections: readonly string[],
): Promise<Lag[]> => {
  const checkpoints = await readCheckpoints(client, projections);
  // After the checkpoints: a head read before could lie behind them.
  const head = await store.head();
  const newest = head > 0 ? await store.recordedAt(head) : undefined;
  const secondsBehind = async (position: number): Promise<number> => {
    if (position >= head || newest === undefined) return 0;
    const folded = position > 0 ? await store.recordedAt(position) : undefined;
    const since = folded ?? (await firstRecordedAt(store)) ?? newest;
    return Math.max(0, (Date.parse(newest) - Date.parse(since)) / 1000);
  };
  return Promise.all(
    projections.map(async (projection) => {
      const checkpoint = checkpoints.get(projection);
      const position = checkpoint?.position ?? 0;
      return {
        projection,
        position,
        behind: Math.max(0, head - position),
        seconds: await secondsBehind(position),
        status: checkpoint?.status ?? 'missing',
        failure: checkpoint?.failure ?? null,
      };
    }),
  );
};

const firstRecordedAt = async (store: EventStore): Promise<string | undefined> => {
  for await (const { events } of store.readAll({ after: 0, pageSize: 1 })) {
    const [first] = events;
    if (first) return first.recordedAt;
  }
  return undefined;
};
