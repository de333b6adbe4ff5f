import { coalesce } from '@headroom/postgres';
import type pg from 'pg';
import type { EventMeta, JsonObject, StoredEvent } from '../port.ts';
import { ask } from './ask.ts';

interface Wish {
  readonly streamId: string;
  readonly fromRevision: number;
  /** Texts as they stand in the data, with their quotes, one a line; undefined for all events. */
  readonly mentioning: string | undefined;
}

const TEXT = `
  select w.n, e.position, e.revision, e.at, e.id, e.type, e.data, e.meta
  from unnest($1::text[], $2::integer[], $3::text[]) with ordinality as w(stream_id, from_revision, mentioning, n)
  cross join lateral (
    select * from log.events e
    where e.stream_id = w.stream_id and e.revision >= w.from_revision
      and (w.mentioning is null
        or exists (select from string_to_table(w.mentioning, E'\\n') said where strpos(e.data::text, said) > 0))
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

const keyOf = ({ streamId, fromRevision, mentioning = '' }: Wish): string =>
  `${fromRevision}/${streamId}${mentioning === '' ? '' : `\n${mentioning}`}`;

const asInData = (texts: readonly string[]): string => texts.map((text) => JSON.stringify(text)).join('\n');

/** Reads streams from a revision on, oldest event first; what is asked for in one turn goes out as one query. */
export const createStreamReader = (pool: pg.Pool) => {
  const load = async (wishes: Wish[]): Promise<ReadonlyMap<string, StoredEvent[]>> => {
    const values = [
      wishes.map(({ streamId }) => streamId),
      wishes.map(({ fromRevision }) => fromRevision),
      wishes.map(({ mentioning }) => mentioning ?? null),
    ];
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
  return async (streamId: string, fromRevision: number, mentioning?: readonly string[]): Promise<StoredEvent[]> => {
    // The database knows no such text, and would refuse the whole query.
    if (streamId.includes('\0')) return [];
    return (await read({ streamId, fromRevision, mentioning: mentioning && asInData(mentioning) })) ?? [];
  };
};
