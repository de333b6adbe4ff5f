import { type CsvRecord, CsvRecords } from './csv-records.ts';
import { type LineProblem, problem } from './problem.ts';

/**
 * The records of a CSV text, block by block: what one block holds is handed over before the next is read, so that memory
 * does not grow with the file. Empty lines are left out. A record that is not CSV ends the rows with a problem, for after
 * a stray quote nobody knows where the next record begins. Problems among the blocks are passed on and end the rows too.
 */
export async function* csvRows(
  blocks: AsyncIterable<string | LineProblem>,
  delimiter: string,
): AsyncGenerator<readonly CsvRecord[] | LineProblem> {
  const reader = new CsvRecords(delimiter);
  for await (const block of blocks) {
    if (typeof block !== 'string') {
      yield block;
      return;
    }
    const { records, malformed } = reader.read(block, false);
    yield records;
    if (malformed !== undefined) {
      yield { line: malformed.line, error: problem('malformed-csv', malformed.message) };
      return;
    }
  }
  const { records, malformed } = reader.read('', true);
  yield records;
  if (malformed !== undefined) yield { line: malformed.line, error: problem('malformed-csv', malformed.message) };
}
