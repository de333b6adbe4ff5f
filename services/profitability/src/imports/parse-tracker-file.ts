import { isTimeZone } from '@headroom/kernel';
import { type CsvRow, csvRows } from './csv-rows.ts';
import type { FormatName } from './formats/index.ts';
import type { ReadingOptions } from './formats/tracker-format.ts';
import { type Header, readHeader } from './header.ts';
import { type LineProblem, problem } from './problem.ts';
import { Row } from './row.ts';
import { rowKeys } from './row-keys.ts';
import { type FileSource, textBlocks } from './text-blocks.ts';
import type { TrackerEntry } from './tracker-entry.ts';

export interface ParseOptions extends ReadingOptions {
  /** Which export it is; otherwise the header line tells. */
  readonly format?: FormatName | undefined;
  /** Leaves row keys out, for whoever only looks at what is in the file: they take time, and memory for each row. */
  readonly keyless?: boolean | undefined;
  /** Hears which export it is, before the first row comes. */
  readonly onFormat?: ((format: FormatName) => void) | undefined;
}

/** An entry of the file: the line on which its record begins, and the key that tells it from every other. */
export interface ParsedRow {
  readonly line: number;
  readonly rowKey: string;
  readonly entry: TrackerEntry;
}

export type ParsedLine = ParsedRow | LineProblem;

type Blocks = AsyncGenerator<string | LineProblem>;

interface Head {
  readonly headerLine: string;
  readonly lineNumber: number;
  /** The block that holds the header, and those of empty lines before it. */
  readonly read: readonly string[];
}

const readHead = async (blocks: Blocks): Promise<Head | LineProblem> => {
  const read: string[] = [];
  let lineNumber = 1;
  for (let next = await blocks.next(); next.done !== true; next = await blocks.next()) {
    if (typeof next.value !== 'string') return next.value;
    read.push(next.value);
    for (const line of next.value.split('\n')) {
      if (line.trim() !== '') return { headerLine: line, lineNumber, read };
      lineNumber += 1;
    }
    lineNumber -= 1;
  }
  return { line: 1, error: problem('empty-file', 'the file holds nothing') };
};

async function* from(read: readonly string[], rest: Blocks): Blocks {
  yield* read;
  yield* rest;
}

const isBlank = ({ cells }: CsvRow): boolean => cells.every((cell) => cell.trim() === '');

const columnCount = ({ line, cells }: CsvRow, width: number): LineProblem => ({
  line,
  error: problem('column-count', `the header has ${width} columns, this record has ${cells.length}`),
});

/** Reads the records below the header. */
const rowReader = ({ name, format, places, width }: Header, options: ParseOptions) => {
  const keyOf = options.keyless === true ? () => '' : rowKeys(name);
  return (csvRow: CsvRow): ParsedLine => {
    if (csvRow.cells.length !== width) return columnCount(csvRow, width);
    const row = new Row(csvRow.cells, places);
    const found = format.read(row, options);
    if (row.problem !== undefined) return { line: csvRow.line, error: row.problem };
    if (found === undefined) throw new Error(`the ${name} format left a row out without a word`);
    return { line: csvRow.line, rowKey: keyOf(found.identity), entry: found.entry };
  };
};

async function* parseBlocks(blocks: Blocks, options: ParseOptions): AsyncGenerator<ParsedLine> {
  const head = await readHead(blocks);
  if ('error' in head) {
    yield head;
    return;
  }
  const header = readHeader(head.headerLine, options);
  if ('code' in header) {
    yield { line: head.lineNumber, error: header };
    return;
  }
  options.onFormat?.(header.name);
  const read = rowReader(header, options);
  let aboveRecords = true;
  for await (const rows of csvRows(from(head.read, blocks), header.delimiter)) {
    if ('error' in rows) {
      yield rows;
      return;
    }
    for (const row of rows) {
      if (isBlank(row)) continue;
      if (aboveRecords) aboveRecords = false;
      else yield read(row);
    }
  }
}

/**
 * Reads a time tracker's CSV export, row by row; memory does not grow with the file but for the row keys.
 *
 * The format is told by the header line or stated. Columns are matched by name, in any order; those a format does not know
 * and the optional ones it does are free to be there or not. Delimiters are comma, semicolon or tab, the text is UTF-8
 * or UTF-16 with its mark. What may mean two things is refused and never guessed.
 *
 * Each row comes as an entry with its line and row key, or as a line with what is wrong with it (the first thing). A
 * problem whose `effectOf` is `file-refused` is the last item: then nothing of the file should be used. It never throws
 * for what is in the file, only when the source itself fails.
 */
export async function* parseTrackerFile(source: FileSource, options: ParseOptions): AsyncGenerator<ParsedLine> {
  if (!isTimeZone(options.timeZone)) {
    const message = 'a time zone has an IANA name, such as Europe/Berlin';
    yield { line: 1, error: problem('unknown-time-zone', message, null, options.timeZone) };
    return;
  }
  const blocks = textBlocks(source);
  try {
    yield* parseBlocks(blocks, options);
  } finally {
    await blocks.return(undefined);
  }
}
