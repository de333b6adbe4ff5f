import { type CsvRow, CsvScanner } from './csv-scanner.ts';
import { type LineProblem, problem } from './problem.ts';

/**
 * The records of a CSV text, block by block: what one block holds is handed over before the next is read, so that memory
 * does not grow with the file. Empty lines are left out. A record that is not CSV ends the rows with a problem. Problems
 * among the blocks are passed on and end the rows too.
 */
export async function* csvRows(
  blocks: AsyncIterable<string | LineProblem>,
  delimiter: string,
): AsyncGenerator<readonly CsvRow[] | LineProblem> {
  const scanner = new CsvScanner(delimiter);
  for await (const block of blocks) {
    if (typeof block !== 'string') {
      yield block;
      return;
    }
    yield scanner.take(block);
    if (scanner.fault !== undefined) break;
  }
  if (scanner.fault === undefined) scanner.end();
  const { fault } = scanner;
  if (fault !== undefined) yield { line: fault.line, error: problem('malformed-csv', fault.message) };
}
