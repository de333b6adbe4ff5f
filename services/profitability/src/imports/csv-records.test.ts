import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import t from 'tap';
import { type CsvRecord, CsvRecords, type MalformedCsv } from './csv-records.ts';

/** What comes of a text in pieces of whole lines. */
const readIn = (text: string, delimiter: string, linesAPiece: number) => {
  const reader = new CsvRecords(delimiter);
  const lines = text.split('\n').map((line, index, all) => (index === all.length - 1 ? line : `${line}\n`));
  const records: CsvRecord[] = [];
  for (let from = 0; from <= lines.length; from += linesAPiece) {
    const last = from + linesAPiece > lines.length;
    const found = reader.read(lines.slice(from, from + linesAPiece).join(''), last);
    records.push(...found.records);
    if (found.malformed !== undefined) return { records, malformed: found.malformed };
  }
  return { records, malformed: undefined as MalformedCsv | undefined };
};

const cellsOf = (records: readonly CsvRecord[]) => records.map(({ cells }) => cells);

t.test('quotes, newlines and delimiters in cells, and the lines on which records begin', async (t) => {
  const text = 'a,b\n"1, 2","say ""so"""\n\n"two\nlines",\n,""\nlast,one';
  const { records } = readIn(text, ',', 1);
  t.strictSame(
    records.map(({ line, cells }) => [line, ...cells]),
    [
      [1, 'a', 'b'],
      [2, '1, 2', 'say "so"'],
      [4, 'two\nlines', ''],
      [6, '', ''],
      [7, 'last', 'one'],
    ],
  );
});

t.test('what is no CSV is told with its line', async (t) => {
  const wrong = (text: string) => readIn(text, ';', 1).malformed;
  t.match(wrong('a;b\n"x"y;z\n'), { line: 2, message: /closing quote/ });
  t.match(wrong('a;b\n"x\ny";z"\n'), { line: 3, message: /not quoted/ });
  t.match(wrong('a;b\n\n"x;z\n1;2\n'), { line: 3, message: /never closed/ });
  t.match(wrong(`a;b\n"${'x'.repeat(130_000)}\n`), { line: 2, message: /longer than/ });
  t.match(wrong(`${'x;'.repeat(70_000)}\n`), { line: 1, message: /longer than/ });
});

t.test('whatever the text, it reads as csv-parse does, in pieces of any size', async (t) => {
  const piece = fc.constantFrom('a', 'b c', ',', ',', '"', '""', '\n', '\n', ' ', '"x"', '"y\nz"', 'ü');
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 5 }), (file, linesAPiece) => {
      const { records, malformed } = readIn(file, ',', linesAPiece);
      const options = { relax_column_count: true, skip_empty_lines: true, record_delimiter: '\n' };
      let expected: string[][] | undefined;
      try {
        expected = parse(file, options) as string[][];
      } catch {
        expected = undefined;
      }
      if ((expected === undefined) !== (malformed !== undefined)) throw new Error(JSON.stringify({ file, malformed }));
      if (expected !== undefined && JSON.stringify(cellsOf(records)) !== JSON.stringify(expected)) {
        throw new Error(JSON.stringify({ file, records, expected }));
      }
    }),
    { numRuns: 2_000 },
  );
  t.pass('2,000 texts');
});
