import { projections } from '@headroom/host/operations';
import { type AllRows, allRows } from '../support/rows.ts';
import { streamOf } from '../support/streams-of-history.ts';
import { mustHoldTheSame } from './every-row.ts';
import type { History } from './history.ts';
import type { Scene } from './scene.ts';

const NAMES = projections.map(({ name }) => name);

export interface Supposed {
  readonly rows: AllRows;
  /** The last position that was known. */
  readonly after: number;
}

/** What the rows of a tenant would be if the rest of its history came next. */
export const supposeRest = ({ readModels }: Scene, { tenantId, published, cut }: History): Promise<Supposed> =>
  readModels.supposing(NAMES, tenantId, async (reader, suppose) => {
    const recordedAt = new Date().toISOString();
    const supposed = await suppose(
      published
        .slice(cut)
        .map((event) => ({ type: event.type, data: event.data, recordedAt, streamId: streamOf(event, tenantId) })),
    );
    return { rows: await allRows(tenantId, (_, question) => question(supposed)), after: reader.position };
  });

const INSTANT = /^\d{4}-\d\d-\d\dT.*Z$/;

/** A position as a key that sorts as a text. */
const PADDED = /^\d{16}$/;

const textWithoutRecording = (key: string, text: string, ordinal: (position: number) => number): string => {
  if (key === 'at' && PADDED.test(text)) return String(ordinal(Number(text)));
  return text === 'system:what-if' ? 'key:owner' : text.replace(INSTANT, 'an instant');
};

/** When, where in the log, in which stream and by whom something was recorded is the log's to say. */
const withoutRecording =
  (ordinal: (position: number) => number) =>
  (key: string, value: unknown): unknown => {
    if (typeof value === 'string') return textWithoutRecording(key, value, ordinal);
    return typeof value === 'number' && /(osition|At)$/.test(key) ? ordinal(value) : value;
  };

/** Throws unless what was supposed has come to be; `positions` are those of the events that were supposed. */
export const mustHaveComeToBe = (
  { rows, after }: Supposed,
  live: AllRows | undefined,
  positions: readonly number[],
): void => {
  const ordinals = new Map(positions.map((position, index) => [position, index + 1]));
  mustHoldTheSame('what was supposed did not come to be', rows, live, {
    one: withoutRecording((position) => (position > after ? position - after : position)),
    other: withoutRecording((position) => ordinals.get(position) ?? position),
  });
};
