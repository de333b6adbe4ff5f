import type { Table } from './table.ts';

/** A condition of a list: equality, or a half-open range `[from, to)`, on a column. */
export type Condition =
  | { readonly column: string; readonly equals: string | number | boolean | null }
  | { readonly column: string; readonly in: readonly string[] }
  | { readonly column: string; readonly from?: string | number; readonly to?: string | number };

export interface ListOptions {
  readonly where: readonly Condition[];
  /** Columns to order by; the primary key is added behind them, so the order is total. */
  readonly orderBy: readonly { readonly column: string; readonly descending?: boolean }[];
  /** Values of the order columns (and key) of the last row seen. */
  readonly after?: readonly (string | number)[];
  readonly limit: number;
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
}

/** Where questions get their readers from. */
export interface ReadModels {
  /** Runs a question over one snapshot of the live rows. `projections` are those whose rows it reads. */
  live<T>(projections: readonly string[], question: (reader: RowReader) => Promise<T>): Promise<T>;
  /** Runs a question over the rows as they stood when the log ended at `position`; only one tenant's rows are there. */
  at<T>(
    projections: readonly string[],
    tenantId: string,
    position: number,
    question: (reader: RowReader) => Promise<T>,
  ): Promise<T>;
  /**
   * The hot path: one row by primary key, joined to the position that it holds for; reads of one tick go to the
   * database as one query.
   */
  row<Row extends object>(
    projection: string,
    table: Table<Row>,
    ...key: readonly string[]
  ): Promise<{ readonly row: Row | undefined; readonly position: number }>;
  /** Resolves when the projections have folded the log up to a position; false when that took longer than the wait. */
  caughtUp(projections: readonly string[], position: number, waitMs: number): Promise<boolean>;
}
