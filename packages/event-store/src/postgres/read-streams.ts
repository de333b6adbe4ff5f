import { coalesce } from '@headroom/postgres';
import type pg from 'pg';
import type { EventMeta, JsonObject, StoredEvent } from '../port.ts';
import { ask } from './ask.ts';

interface Wish {
  readonly streamId: string;
  readonly fromRevision: number;
}

const TEXT = `
  select w.n, e.position, e.revision, e.at, e.id, e.type, e.data, e.meta
  from unnest($1::text[], $2::integer[]) with ordinality as w(stream_id, from_revision, n)
  cross join lateral (
    select * from log.events e
    where e.stream_id = w.stream_id and e.revision >= w.from_revision
    order by e.revision
  ) e
  order by w.n, e.revision`;

type Row = [
  n: number,
  position: number,
  revision: number,
  recordedAt: string,
  id: string,
  type: string,
  data: JsonObject,
  meta: EventMeta,
];

const keyOf = ({ streamId, fromRevision }: Wish): string => `${fromRevision}/${streamId}`;

/** Reads streams from a revision on, oldest event first; what is asked for in one turn goes out as one query. */
export const createStreamReader = (pool: pg.Pool) => {
  const load = async (wishes: Wish[]): Promise<ReadonlyMap<string, StoredEvent[]>> => {
    const values = [wishes.map(({ streamId }) => streamId), wishes.map(({ fromRevision }) => fromRevision)];
    const found = new Map<string, StoredEvent[]>(wishes.map((wish) => [keyOf(wish), []]));
    for (const row of await ask<Row>(pool, { name: 'read-streams', text: TEXT, values })) {
      const [n, position, revision, recordedAt, id, type, data, meta] = row;
      const wish = wishes[n - 1] as Wish;
      const event = { position, streamId: wish.streamId, revision, recordedAt, id, type, data, meta };
      found.get(keyOf(wish))?.push(event);
    }
    return found;
  };
  const read = coalesce({ load, keyOf });
  return async (streamId: string, fromRevision: number): Promise<StoredEvent[]> => {
    // The database knows no such text, and would refuse the whole query.
    if (streamId.includes('\0')) return [];
    return (await read({ streamId, fromRevision })) ?? [];
  };
};
