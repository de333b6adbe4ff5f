/** A record of a CSV text, as it stands there. */
export interface CsvRecord {
  /** The physical line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** What is no CSV, and on which line. */
export interface MalformedCsv {
  readonly line: number;
  readonly message: string;
}

/** A quote that is opened and never closed would otherwise swallow the rest of the file into one cell. */
const MAX_RECORD_CHARACTERS = 128_000;

const NEVER_CLOSED = 'a quote is opened in this record and never closed';
const CLOSED_TOO_SOON = 'a closing quote is followed by something else than the end of the cell';
const WITHIN_A_CELL = 'a quote stands inside a cell that is not quoted';
const TOO_LONG = `a record is longer than ${MAX_RECORD_CHARACTERS} characters; is a quote left open?`;

const QUOTE = '"';
const QUOTE_CODE = 34;
const NEWLINE_CODE = 10;

interface Found {
  readonly cells: string[];
  /** Where the next record begins. */
  readonly next: number;
  /** Newlines within quoted cells. */
  readonly breaks: number;
}

interface Cell {
  readonly text: string;
  /** Where the delimiter or the newline behind it stands; the length of the text where nothing does. */
  readonly end: number;
  readonly breaks: number;
}

const breaksIn = (cell: string): number => (cell.includes('\n') ? cell.split('\n').length - 1 : 0);

/** The quote that closes a cell whose text begins at `from`; a doubled one stands for itself. -1 when there is none. */
const closingQuote = (text: string, from: number): number => {
  let quote = text.indexOf(QUOTE, from);
  while (quote !== -1 && text.charCodeAt(quote + 1) === QUOTE_CODE) quote = text.indexOf(QUOTE, quote + 2);
  return quote;
};

/** A quoted cell; undefined when its closing quote is yet to come, or what is wrong with it. */
const quotedCell = (text: string, at: number, delimiter: string): Cell | string | undefined => {
  const close = closingQuote(text, at + 1);
  if (close === -1) return undefined;
  const after = text[close + 1];
  if (after !== undefined && after !== '\n' && after !== delimiter) return CLOSED_TOO_SOON;
  const cell = text.slice(at + 1, close);
  return { text: cell.includes(QUOTE) ? cell.replaceAll('""', QUOTE) : cell, end: close + 1, breaks: breaksIn(cell) };
};

const plainCell = (text: string, at: number, delimiter: string): Cell | string => {
  const newline = text.indexOf('\n', at);
  const lineEnd = newline === -1 ? text.length : newline;
  const next = text.indexOf(delimiter, at);
  const end = next !== -1 && next < lineEnd ? next : lineEnd;
  const cell = text.slice(at, end);
  return cell.includes(QUOTE) ? WITHIN_A_CELL : { text: cell, end, breaks: 0 };
};

/**
 * Takes a CSV text apart as it comes, in pieces that end at the end of a line: cells between delimiters, quoted where they
 * hold one, a quote or a newline, and a quote in them doubled. Empty lines are passed over. After the first thing that is
 * no CSV nobody knows where the next record begins: then it is of no more use.
 */
export class CsvRecords {
  readonly #delimiter: string;
  /** The beginning of a record that goes on in the next piece. */
  #begun = '';
  #line = 1;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The records that are complete with this piece; `last` says that no other piece comes. */
  read(piece: string, last: boolean): { readonly records: CsvRecord[]; readonly malformed?: MalformedCsv } {
    const text = this.#begun + piece;
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < text.length) {
      if (text.charCodeAt(at) === NEWLINE_CODE) {
        at += 1;
        this.#line += 1;
        continue;
      }
      const found = this.#record(text, at, last);
      if (found === undefined) break;
      if ('message' in found) return { records, malformed: found };
      if (found.next - at > MAX_RECORD_CHARACTERS) return { records, malformed: this.#tooLong() };
      records.push({ line: this.#line, cells: found.cells });
      this.#line += found.breaks + 1;
      at = found.next;
    }
    this.#begun = text.slice(at);
    return this.#begun.length > MAX_RECORD_CHARACTERS ? { records, malformed: this.#tooLong() } : { records };
  }

  #tooLong(): MalformedCsv {
    return { line: this.#line, message: TOO_LONG };
  }

  /** The record that begins at a place; undefined when it goes on in the next piece. */
  #record(text: string, from: number, last: boolean): Found | MalformedCsv | undefined {
    const cells: string[] = [];
    let at = from;
    let breaks = 0;
    for (;;) {
      const read = text.charCodeAt(at) === QUOTE_CODE ? quotedCell : plainCell;
      const cell = read(text, at, this.#delimiter);
      if (typeof cell === 'string') return { line: this.#line + breaks, message: cell };
      if (cell === undefined) return last ? { line: this.#line, message: NEVER_CLOSED } : undefined;
      if (cell.end === text.length && !last) return undefined;
      cells.push(cell.text);
      breaks += cell.breaks;
      at = cell.end + 1;
      if (text[cell.end] !== this.#delimiter) return { cells, next: at, breaks };
    }
  }
}
