export interface CsvRow {
  /** The physical line on which the record begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Where a text stops being CSV, and why. */
export interface CsvFault {
  readonly line: number;
  readonly message: string;
}

/** A quote that is opened and never closed would otherwise swallow the rest of the file into one cell. */
const MAX_RECORD_CHARACTERS = 128_000;
const TOO_LONG = `a record is longer than ${MAX_RECORD_CHARACTERS} characters; is a quote left open?`;
const NOT_CLOSED = 'a quote is opened in this record and never closed';
const AFTER_QUOTE = 'a closing quote is followed by something else than the end of the cell';
const QUOTE_INSIDE = 'a quote stands inside a cell that is not quoted';

const LF = 10;
const QUOTE = 34;

/** Longer pieces of a text are kept by the engine as views, each of which would keep the whole text in memory. */
const LONGEST_COPIED = 12;
const own = (piece: string): string => (piece.length > LONGEST_COPIED ? ` ${piece}`.slice(1) : piece);

const breaksIn = (piece: string): number => (piece.includes('\n') ? piece.split('\n').length - 1 : 0);

/**
 * Splits CSV text (RFC 4180, `\n` between records) that comes in pieces. Cells may be quoted and then hold delimiters,
 * doubled quotes and newlines; empty lines are passed over. It is strict about quotes, for after a stray one nobody knows
 * where the next record begins: nothing is read behind a fault.
 */
export class CsvScanner {
  fault: CsvFault | undefined;
  readonly #delimiter: number;
  #text = '';
  #line = 1;
  /** Where the next cell begins; behind the last one, the next record. */
  #at = 0;
  #cells: string[] = [];
  #breaks = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** The records that end within what has come so far; a piece ends with its line, but for the last one. */
  take(piece: string): CsvRow[] {
    this.#text += piece;
    const rows: CsvRow[] = [];
    let start = 0;
    while (this.fault === undefined && start < this.#text.length) {
      if (this.#text.charCodeAt(start) === LF) {
        start += 1;
        this.#line += 1;
        continue;
      }
      if (!this.#record(start)) break;
      rows.push({ line: this.#line, cells: this.#cells });
      this.#line += this.#breaks + 1;
      start = this.#at;
    }
    this.#text = this.#text.slice(start);
    return rows;
  }

  /** There is no more text: what is left is a record whose quote is open. */
  end(): void {
    if (this.#text !== '') this.#stop(NOT_CLOSED);
  }

  /** Reads the record that begins at a place; false when it has a fault or does not end in this text. */
  #record(start: number): boolean {
    this.#cells = [];
    this.#breaks = 0;
    this.#at = start;
    let more = true;
    while (more) {
      const next = this.#text.charCodeAt(this.#at) === QUOTE ? this.#quoted(start) : this.#bare();
      if (next === undefined) return false;
      more = next;
    }
    if (this.#at - start <= MAX_RECORD_CHARACTERS) return true;
    this.#breaks = 0;
    return this.#stop(TOO_LONG) ?? false;
  }

  /** Reads a quoted cell; true when another one follows in the record, undefined when it cannot be read. */
  #quoted(start: number): boolean | undefined {
    const text = this.#text;
    const open = this.#at + 1;
    let close = text.indexOf('"', open);
    while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) close = text.indexOf('"', close + 2);
    if (close < 0) {
      this.#breaks = 0;
      return text.length - start > MAX_RECORD_CHARACTERS ? this.#stop(TOO_LONG) : undefined;
    }
    const cell = text.slice(open, close);
    this.#breaks += breaksIn(cell);
    this.#cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : own(cell));
    this.#at = close + 2;
    if (close + 1 >= text.length || text.charCodeAt(close + 1) === LF) return false;
    return text.charCodeAt(close + 1) === this.#delimiter ? true : this.#stop(AFTER_QUOTE);
  }

  #bare(): boolean | undefined {
    const text = this.#text;
    const from = this.#at;
    let end = from;
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === this.#delimiter || code === LF) break;
      if (code === QUOTE) return this.#stop(QUOTE_INSIDE);
    }
    this.#cells.push(own(text.slice(from, end)));
    this.#at = end + 1;
    return text.charCodeAt(end) === this.#delimiter;
  }

  #stop(message: string): undefined {
    this.fault = { line: this.#line + this.#breaks, message };
    return undefined;
  }
}
