import { finished } from 'node:stream';
import { CsvError, type Parser, parse } from 'csv-parse';
import { type LineProblem, problem } from './problem.ts';

export interface CsvRow {
  /** The physical line on which the record begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A quote that is opened and never closed would otherwise swallow the rest of the file into one cell. */
const MAX_RECORD_CHARACTERS = 128_000;

const MESSAGES: Partial<Record<CsvError['code'], string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened in this record and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'a closing quote is followed by something else than the end of the cell',
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell that is not quoted',
  CSV_MAX_RECORD_SIZE: `a record is longer than ${MAX_RECORD_CHARACTERS} characters; is a quote left open?`,
};

const BEGINS_HERE: readonly string[] = ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'];

const malformed = (fault: Error, nextLine: number): LineProblem => {
  if (!(fault instanceof CsvError)) throw fault;
  const line = BEGINS_HERE.includes(fault.code) ? nextLine : Number(fault.lines);
  return { line, error: problem('malformed-csv', MESSAGES[fault.code] ?? 'this is not a CSV record') };
};

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0);

/** Writes a block and gives the fault it met, if any; the parser has read all of the block by then. */
const write = (parser: Parser, text: string): Promise<Error | undefined> =>
  new Promise((resolve) => {
    parser.write(text, (fault) => resolve(fault ?? undefined));
  });

const end = (parser: Parser): Promise<Error | undefined> =>
  new Promise((resolve) => {
    finished(parser, (fault) => resolve(fault ?? undefined));
    parser.resume();
    parser.end();
  });

/**
 * The records of a CSV text, block by block: what one block holds is handed over before the next is read, so that memory
 * does not grow with the file. Empty lines are left out. A record that is not CSV ends the rows with a problem, for after
 * a stray quote nobody knows where the next record begins. Problems among the blocks are passed on and end the rows too.
 */
export async function* csvRows(
  blocks: AsyncIterable<string | LineProblem>,
  delimiter: string,
): AsyncGenerator<readonly CsvRow[] | LineProblem> {
  const rows: CsvRow[] = [];
  let nextLine = 1;
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
    on_record: (cells: string[], { lines }) => {
      rows.push({ line: lines - breaksIn(cells), cells });
      nextLine = lines + 1;
      return null;
    },
  });
  parser.on('error', () => parser.destroy());
  try {
    for await (const block of blocks) {
      const fault = typeof block === 'string' ? await write(parser, block) : undefined;
      yield rows.splice(0);
      const outcome = fault === undefined ? block : malformed(fault, nextLine);
      if (typeof outcome !== 'string') {
        yield outcome;
        return;
      }
    }
    const fault = await end(parser);
    yield rows.splice(0);
    if (fault !== undefined) yield malformed(fault, nextLine);
  } finally {
    parser.destroy();
  }
}
