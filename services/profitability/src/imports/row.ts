import { cleanName, cleanText } from './clean-text.ts';
import { type Parsed, unreadable } from './parsed.ts';
import { type ImportProblem, problem, type RowProblemCode } from './problem.ts';

/** Where a file keeps the columns of its format, and what it calls them. Columns it does not have are not in here. */
export type ColumnPlaces = ReadonlyMap<string, { readonly index: number; readonly title: string }>;

/**
 * A record, read by column. The first thing that cannot be read is noted in `problem`; the reading goes on, but whoever
 * reads must then drop what came out.
 */
export class Row<Column extends string> {
  problem: ImportProblem | undefined;
  readonly #cells: readonly string[];
  readonly #places: ColumnPlaces;

  constructor(cells: readonly string[], places: ColumnPlaces) {
    this.#cells = cells;
    this.#places = places;
  }

  /** The text of a cell, of as many lines as it has; empty where the file has no such column. */
  text(column: Column): string {
    const place = this.#places.get(column);
    return place === undefined ? '' : cleanText(this.#cells[place.index] ?? '');
  }

  /** A name in a cell, on one line; empty where the file has no such column. */
  name(column: Column): string {
    return cleanName(this.text(column));
  }

  /** What a cell says, if it says anything. */
  optional<Value>(column: Column, read: (text: string) => Parsed<Value>): Value | undefined {
    const text = this.text(column);
    return text === '' ? undefined : this.#taken(column, read(text));
  }

  /** What a cell says; an empty one is a `missing-value`. */
  required<Value>(column: Column, read: (text: string) => Parsed<Value>): Value | undefined {
    const text = this.text(column);
    return this.#taken(column, text === '' ? unreadable('missing-value', 'the cell is empty') : read(text));
  }

  #taken<Value>(column: Column, result: Parsed<Value>): Value | undefined {
    if ('value' in result) return result.value;
    this.refuse(column, result.code, result.message);
    return undefined;
  }

  /** Notes what is wrong with a cell, unless something was noted before. */
  refuse(column: Column, code: RowProblemCode, message: string): void {
    this.problem ??= problem(code, message, this.#places.get(column)?.title ?? column, this.text(column));
  }
}
