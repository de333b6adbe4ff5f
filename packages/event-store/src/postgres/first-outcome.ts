import type pg from 'pg';
import { type Appended, UnknownOutcome } from '../port.ts';
import { ask } from './ask.ts';
import type { SerialisedAppend } from './serialised-append.ts';

/** The events that stand where those of an append would: behind its revision, or from its first event on. */
const TEXT = `
  select e.revision, e.position, e.id::text from log.events e
  where e.stream_id = $1 and e.revision >= coalesce($2, (
    select first.revision from log.events first where first.stream_id = $1 and first.id = $3 limit 1
  ))
  order by e.revision limit $4`;

type Row = [revision: number, position: number, id: string];

/**
 * What was answered when these very events were appended before; undefined when they were not, or not all of them.
 * Throws `UnknownOutcome` when the store is lost meanwhile: it may have them, or not.
 */
export const firstOutcome = async (pool: pg.Pool, append: SerialisedAppend): Promise<Appended | undefined> => {
  const { streamId, expected, events } = append;
  const from = expected === 'any' ? null : expected + 1;
  let rows: Row[];
  try {
    const values = [streamId, from, events[0]?.id, events.length];
    rows = await ask<Row>(pool, { name: 'first-outcome', text: TEXT, values });
  } catch (error) {
    throw new UnknownOutcome('the store was lost before it could tell whether the events are there', { cause: error });
  }
  const last = rows.at(-1);
  if (!last || rows.length < events.length || events.some(({ id }, n) => id !== rows[n]?.[2])) return undefined;
  const [revision, position] = last;
  return { kind: 'appended', revision, position, repeated: true };
};
