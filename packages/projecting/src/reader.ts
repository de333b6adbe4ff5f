import type { Table } from './table.ts';

/** A condition of a list: equality, or a half-open range `[from, to)`, on a column. */
export type Condition =
  | { readonly column: string; readonly equals: string | number | boolean | null }
  | { readonly column: string; readonly in: readonly string[] }
  | { readonly column: string; readonly from?: string | number; readonly to?: string | number };

/** A value of a column that a list is ordered by. */
export type OrderValue = string | number | boolean | null;

export interface OrderColumn {
  readonly column: string;
  readonly descending?: boolean;
}

export interface ListOptions {
  readonly where: readonly Condition[];
  /**
   * Columns to order by; those of the primary key that are missing are added behind them, so the order is total. Null
   * is the greatest value: last when ascending, first when descending.
   */
  readonly orderBy: readonly OrderColumn[];
  /** Where the page before ended: `afterRow` of its last row. */
  readonly after?: readonly OrderValue[];
  /** All when absent. */
  readonly limit?: number;
}

/** The whole order of a list: the columns given, and the rest of the primary key behind them. */
export const orderOf = <Row extends object>(table: Table<Row>, orderBy: readonly OrderColumn[]): OrderColumn[] => {
  const given = new Set(orderBy.map(({ column }) => column));
  return [...orderBy, ...table.key.filter((column) => !given.has(column)).map((column) => ({ column }))];
};

/** What `after` takes to go on behind a row: its values of the order columns. */
export const afterRow = <Row extends object>(
  table: Table<Row>,
  orderBy: readonly OrderColumn[],
  row: Row,
): OrderValue[] =>
  orderOf(table, orderBy).map(({ column }) => (row as Readonly<Record<string, OrderValue>>)[column] ?? null);

/** A row as it has been since a position of the log. */
export interface RowVersion {
  readonly key: readonly string[];
  readonly changedAt: number;
}

/**
 * How a question reads rows: at one moment, from one consistent snapshot. There are two: live over Postgres, and
 * over a fold in memory for answers as known at an earlier position; both give the same rows in the same order.
 */
export interface RowReader {
  get<Row extends object>(table: Table<Row>, ...key: readonly string[]): Promise<Row | undefined>;
  /** Rows of a look-up by equality on its leading columns, `from`/`to` (half-open) on the next; by primary key. */
  where<Row extends object>(
    table: Table<Row>,
    lookup: string,
    values: readonly string[],
    range?: { readonly from?: string; readonly to?: string },
  ): Promise<Row[]>;
  list<Row extends object>(table: Table<Row>, options: ListOptions): Promise<Row[]>;
  /** The log position up to which the rows hold: the `knownAt` of the answer. */
  readonly position: number;
  /** Alike for two readers only when they see the same rows: what was made of one holds for the other. */
  readonly snapshot: string;
  /**
   * Names what each of a tenant's rows is, in a table that has a column for when its rows changed; there only where that is
   * quicker than to read them.
   */
  versions?<Row extends object>(table: Table<Row>, tenantId: string): Promise<readonly RowVersion[]>;
  /** Only some of the tenant's rows are there: what is made of all of them must not be kept. */
  readonly partial?: boolean;
}

/**
 * What of an event concerns a part of the log; undefined: nothing. It may remember what it has seen: it is told all events
 * of the part once, in the order of the log.
 */
export type Narrow = (event: {
  readonly type: string;
  readonly data: unknown;
}) => { readonly type: string; readonly data: unknown } | undefined;

/** Some streams of a tenant, which together tell all about some rows. */
export interface LogPartWanted {
  readonly streams: readonly string[];
  /** Further streams, of which only the events matter whose data holds one of these texts as a value; all when absent. */
  readonly among?: { readonly streams: readonly string[]; readonly mentioning: readonly string[] | undefined };
  readonly narrow: () => Narrow;
}

/** An event of a part of the log, in its current shape, as `narrow` left it. */
export interface PartEvent {
  readonly id: string;
  readonly position: number;
  readonly type: string;
  readonly data: unknown;
  readonly recordedAt: string;
  readonly actor: string;
  readonly reason: string | null;
}

/** Some streams of the log, to be folded apart from all others. */
export interface LogPart {
  /** In the order of the log, up to its end. */
  readonly events: readonly PartEvent[];
  /** The rows as they stood at a position. It only goes forward, and an earlier reader must not be used any more. */
  at(position: number): RowReader;
}

/** An event that nobody recorded, in its current shape. */
export interface SupposedEvent {
  readonly type: string;
  readonly data: unknown;
  /** The instant at which it would be recorded. */
  readonly recordedAt: string;
  /** The stream it would stand in, for rows that say so; `what-if` where it is all one. */
  readonly streamId?: string | undefined;
}

/** Rows as they would be if some events came next; its position is that of the rows beneath. */
export interface SupposedReader extends RowReader {
  /** The rows of a table that the events touched, as they would be; those removed are left out. */
  changed<Row extends object>(table: Table<Row>): Row[];
}

/** Says what the rows of one tenant would be if some events came next, in the snapshot that is open. */
export type Suppose = (events: readonly SupposedEvent[]) => Promise<SupposedReader>;

/** A row that is asked for by primary key. */
export interface RowWanted<Row extends object> {
  readonly table: Table<Row>;
  readonly key: readonly string[];
}

/**
 * Tells what of some events, which come next after the rows of a reader, concerns a question; undefined where all of them
 * have to be folded.
 */
export type Concerning = (
  reader: RowReader,
  events: readonly { readonly type: string; readonly data: unknown }[],
) => Promise<Narrow | undefined>;

/** Where questions get their readers from. */
export interface ReadModels {
  /** Runs a question over one snapshot of the live rows. `projections` are those whose rows it reads. */
  live<T>(projections: readonly string[], question: (reader: RowReader) => Promise<T>): Promise<T>;
  /** The snapshot that a live reader of these projections would see now; questions of one tick are told by one query. */
  snapshot(projections: readonly string[]): Promise<string>;
  /** Runs a question over the rows as they stood when the log ended at `position`; only one tenant's rows are there. */
  at<T>(
    projections: readonly string[],
    tenantId: string,
    position: number,
    question: (reader: RowReader) => Promise<T>,
  ): Promise<T>;
  /**
   * As `at`, for a question that only a part of the tenant's rows concerns; undefined where that is no quicker, because no
   * versions of rows are kept near to the position. The projections share one upcaster.
   */
  near<T>(
    projections: readonly string[],
    moment: { readonly tenantId: string; readonly position: number; readonly concerning: Concerning },
    question: (reader: RowReader) => Promise<T>,
  ): Promise<{ readonly answer: T } | undefined>;
  /** As `live`; the question may also see the rows as they would be if events of the tenant came next. Nothing is written. */
  supposing<T>(
    projections: readonly string[],
    tenantId: string,
    question: (reader: RowReader, suppose: Suppose) => Promise<T>,
  ): Promise<T>;
  /**
   * Reads a part of the log by its streams, so that rows of the past cost what their own events cost. The streams must
   * hold all that the rows asked for are made of. The projections share one upcaster.
   */
  part(projections: readonly string[], tenantId: string, wanted: LogPartWanted): Promise<LogPart>;
  /**
   * The hot path: rows by primary key, as one snapshot shows them, with the position that they hold for; reads of one
   * tick go to the database as one query. A row that has not changed since it was read before is the same object, so
   * what was made of it can be kept by it (`Remembered`). Rows are read-only.
   */
  rows<Rows extends readonly object[]>(
    projection: string,
    ...wanted: { readonly [Index in keyof Rows]: RowWanted<Rows[Index]> }
  ): Promise<{
    readonly rows: { readonly [Index in keyof Rows]: Rows[Index] | undefined };
    readonly position: number;
    readonly snapshot: string;
  }>;
  /** The same for one row. */
  row<Row extends object>(
    projection: string,
    table: Table<Row>,
    ...key: readonly string[]
  ): Promise<{ readonly row: Row | undefined; readonly position: number; readonly snapshot: string }>;
  /** Resolves when the projections have folded the log up to a position; false when that took longer than the wait. */
  caughtUp(projections: readonly string[], position: number, waitMs: number): Promise<boolean>;
}
