import type { ColumnType } from '../table.ts';

/** A value that no column of its type can hold; the event that brought it stops its projection. */
export class UnfitValue extends Error {
  override readonly name = 'UnfitValue';
}

const unfit = (type: ColumnType, value: unknown): never => {
  throw new UnfitValue(
    `${typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? 'undefined')} is no ${type}`,
  );
};

/** NUL, which Postgres refuses in texts, and surrogates, of which lone ones have no UTF-8. */
const SUSPECT = /[\0\ud800-\udfff]/;

const sealText = (value: unknown): string => {
  if (typeof value !== 'string') return unfit('text', value);
  return SUSPECT.test(value) ? value.toWellFormed().replaceAll('\0', '\ufffd') : value;
};

/** Dates seen to exist: a log holds few different ones. Bounded, since events could hold anything. */
const knownDates = new Set<string>();
const KNOWN_DATES = 20_000;

const sealDate = (value: unknown): string => {
  if (typeof value !== 'string') return unfit('date', value);
  if (knownDates.has(value)) return value;
  const time = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  // JavaScript rolls 30 February over into March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value || value.startsWith('0000'))
    return unfit('date', value);
  if (knownDates.size >= KNOWN_DATES) knownDates.clear();
  knownDates.add(value);
  return value;
};

const CANONICAL_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** What needs no calendar to be seen to exist, which is most instants and much quicker than to parse them. */
const CERTAIN_INSTANT =
  /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const sealInstant = (value: unknown): string => {
  if (typeof value !== 'string') return unfit('instant', value);
  if (CERTAIN_INSTANT.test(value)) return value;
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) return unfit('instant', value);
  const canonical = instant.toISOString();
  return CANONICAL_INSTANT.test(canonical) && !canonical.startsWith('0000') ? canonical : unfit('instant', value);
};

const sealInteger = (value: unknown): number => {
  if (!Number.isSafeInteger(value)) return unfit('integer', value);
  // Turns -0, which the database does not know, into 0.
  return (value as number) + 0;
};

const sealBoolean = (value: unknown): boolean => (typeof value === 'boolean' ? value : unfit('boolean', value));

const sealJson = (value: unknown): unknown => (value === undefined ? unfit('json', value) : value);

/** Gives the value as the database will give it back; throws `UnfitValue` for one that the column cannot hold. */
export const sealers: { readonly [Type in ColumnType]: (value: unknown) => unknown } = {
  text: sealText,
  integer: sealInteger,
  boolean: sealBoolean,
  date: sealDate,
  instant: sealInstant,
  json: sealJson,
};

/** A value of a look-up or bound, given as text, as the column holds it. */
export const parseText = (type: ColumnType, text: string): unknown => {
  if (type === 'integer') return Number(text);
  if (type === 'boolean') return text === 'true';
  return type === 'instant' ? sealInstant(text) : text;
};

/** 2026-03-01 10:00:00.12+00, as a session in UTC writes it. */
const DATABASE_INSTANT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/;

const parseInstant = (text: string): string => {
  const match = DATABASE_INSTANT.exec(text);
  if (!match) throw new UnfitValue(`the database gave ${text} for an instant: is its session not in UTC?`);
  return `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0')}Z`;
};

/** Reads the text in which Postgres gives a value that is not null. */
export const parsers: { readonly [Type in ColumnType]: (text: string) => unknown } = {
  text: (text) => text,
  integer: Number,
  boolean: (text) => text === 't',
  date: (text) => text,
  instant: parseInstant,
  json: (text) => JSON.parse(text),
};
