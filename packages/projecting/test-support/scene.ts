import type { EventStore } from '@headroom/event-store';
import type pg from 'pg';
import type { Test } from 'tap';
import { createReadModels, foldInMemory, type OpenReadModels, type Projection } from '../src/index.ts';
import { allRows, database } from './database.ts';
import { openLog } from './log.ts';
import { toyDays, toyTimes } from './toy.ts';

/** A database with a log and read models in it. */
export interface Scene {
  readonly connectionString: string;
  readonly pool: pg.Pool;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  readonly names: readonly string[];
  readonly models: OpenReadModels;
}

export const openScene = async (
  t: Test,
  projections: readonly Projection[] = [toyTimes(), toyDays()],
): Promise<Scene> => {
  const { connectionString, pool } = await database(t);
  const store = await openLog(t, connectionString, pool);
  const models = createReadModels({ pool, connectionString, store, projections });
  t.teardown(() => models.close());
  return { connectionString, pool, store, projections, names: projections.map(({ name }) => name), models };
};

/** Checks that the live rows of projections are the fold of the log, each up to where it stands; gives that position. */
export const sameAsFold = async (
  t: Test,
  { models, store }: Scene,
  projections: readonly Projection[],
): Promise<number> => {
  const names = projections.map(({ name }) => name);
  const { live, position } = await models.live(names, async (reader) => ({
    live: await allRows(reader, projections),
    position: reader.position,
  }));
  const memory = await foldInMemory(projections, store.readAll({ after: 0, upTo: position }));
  t.strictSame(live, await allRows(memory.reader(), projections), `${names.join(', ')}: the fold up to ${position}`);
  return position;
};
