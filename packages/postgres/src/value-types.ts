import pg from 'pg';

type Parse = (text: string) => unknown;

/** A 64-bit integer as a number. Throws a RangeError beyond 2^53 - 1 rather than lose digits. */
const parseInt8: Parse = (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond what a number holds exactly`);
  return value;
};

const asIs: Parse = (text) => text;

/** `2026-03-01 10:00:00.12+00`, as a server in UTC writes it. */
const UTC_TIMESTAMP = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;

/**
 * An instant as `2026-03-01T10:00:00.120Z`, the form of `Date.toISOString()`; with six digits only where the database
 * holds more than milliseconds, so that nothing is lost when it is sent back. `infinity` stays as it is.
 */
const parseTimestamp: Parse = (text) => {
  const match = UTC_TIMESTAMP.exec(text);
  if (match) {
    const [, date, time, fraction = ''] = match;
    return `${date}T${time}.${fraction.padEnd(fraction.length > 3 ? 6 : 3, '0')}Z`;
  }
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? text : instant.toISOString();
};

const { DATE, INT8, NUMERIC, TIMESTAMP, TIMESTAMPTZ } = pg.types.builtins;
const TEXT_ARRAY = 1009;
const INT8_ARRAY = 1016;
const TIMESTAMP_ARRAY = 1115;
const DATE_ARRAY = 1182;
const TIMESTAMPTZ_ARRAY = 1185;
const NUMERIC_ARRAY = 1231;

/** Its declaration knows only scalar types. */
const driverParser = pg.types.getTypeParser as (oid: number, format: 'text' | 'binary') => Parse;

type Nested = string | null | Nested[];

/** The parser for an array of that element, of any depth. */
const arrayOf = (element: Parse): Parse => {
  const parseArray = driverParser(TEXT_ARRAY, 'text') as (text: string) => Nested;
  const convert = (value: Nested): unknown => {
    if (value === null) return null;
    return Array.isArray(value) ? value.map(convert) : element(value);
  };
  return (text) => convert(parseArray(text));
};

const parsers = new Map<number, Parse>([
  [INT8, parseInt8],
  [DATE, asIs],
  [NUMERIC, asIs],
  // Without a zone it names no instant; the driver would read it in this machine's zone.
  [TIMESTAMP, asIs],
  [TIMESTAMPTZ, parseTimestamp],
  [INT8_ARRAY, arrayOf(parseInt8)],
  [DATE_ARRAY, arrayOf(asIs)],
  [NUMERIC_ARRAY, arrayOf(asIs)],
  [TIMESTAMP_ARRAY, arrayOf(asIs)],
  [TIMESTAMPTZ_ARRAY, arrayOf(parseTimestamp)],
]);

/**
 * How values come out of the database: `bigint` as a safe number, `date` as `YYYY-MM-DD`, `timestamptz` as an ISO
 * instant in UTC, `numeric` as text; arrays of these alike, the rest as the driver has it. The same for every client,
 * without touching the driver's global table.
 */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format: 'text' | 'binary' = 'text') =>
    (format === 'text' ? parsers.get(oid) : undefined) ?? driverParser(oid, format),
};
