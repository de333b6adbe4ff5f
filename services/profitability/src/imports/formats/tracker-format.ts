import type { DateOrder } from '../dates.ts';
import type { DecimalSeparator } from '../durations.ts';
import type { Row } from '../row.ts';
import type { TrackerEntry } from '../tracker-entry.ts';

/** How the texts of a file are to be read. Nothing of this is guessed from the file. */
export interface ReadingOptions {
  /** The IANA time zone of the wall clock times in the file. */
  readonly timeZone: string;
  readonly decimalSeparator?: DecimalSeparator | undefined;
  readonly dateOrder?: DateOrder | undefined;
  /** Whether an entry is billable when the file does not say. Without it such a file is refused. */
  readonly billable?: boolean | undefined;
}

export interface ColumnRule {
  /** What exports call the column; case and spaces do not matter. */
  readonly titles: readonly string[];
  /**
   * A file without a required column is not of this format. The columns that identify an entry are all required, so that
   * an optional column, taken in or left out, never changes an entry's row key.
   */
  readonly required?: boolean;
  /** The option that may say it where a file has no such column; without either the file is refused. */
  readonly orOption?: 'billable';
}

export interface ReadEntry {
  readonly entry: TrackerEntry;
  /**
   * What tells the entry from all others and decides about money: who, when, on what, how long. Not the words, nor what a
   * tracker changes later (billable, invoiced, approved), so that an entry reworded after its import is the same entry.
   */
  readonly identity: readonly string[];
}

/** One tracker's export: its columns, and how one row of it becomes an entry. */
export interface TrackerFormat<Column extends string = string> {
  readonly columns: Readonly<Record<Column, ColumnRule>>;
  /** `undefined` when the row notes a problem. */
  readonly read: (row: Row<Column>, options: ReadingOptions) => ReadEntry | undefined;
}
