import fc from 'fast-check';
import t from 'tap';
import { type CsvRow, CsvScanner } from './csv-scanner.ts';

/** What a text holds when it comes in pieces, each of whole lines; cut behind every `step`-th line. */
const scanned = (text: string, { delimiter = ',', step = Number.POSITIVE_INFINITY } = {}) => {
  const scanner = new CsvScanner(delimiter);
  const lines = text.split(/(?<=\n)/);
  const rows: CsvRow[] = [];
  for (let from = 0; from < lines.length && scanner.fault === undefined; from += step)
    rows.push(...scanner.take(lines.slice(from, from + step).join('')));
  if (scanner.fault === undefined) scanner.end();
  return { rows: rows.map(({ line, cells }) => [line, ...cells]), fault: scanner.fault };
};

t.test('cells are what stands between delimiters, or within quotes', async (t) => {
  const text = 'a,b\n\n"x, ""y""\nz",\n,"",last';
  const rows = [
    [1, 'a', 'b'],
    [3, 'x, "y"\nz', ''],
    [5, '', '', 'last'],
  ];
  t.strictSame(scanned(text), { rows, fault: undefined });
  t.strictSame(scanned(text, { step: 1 }).rows, rows, 'wherever the text is cut');
  t.strictSame(scanned('a;"b;c"\n', { delimiter: ';' }).rows, [[1, 'a', 'b;c']]);
  t.strictSame(scanned('').rows, []);
});

t.test('nothing is read behind a quote that is out of place', async (t) => {
  for (const [text, line, message] of [
    ['ok\na"b,c\nok\n', 2, /inside a cell/],
    ['ok\n"1\n2"x,c\nok\n', 3, /closing quote/],
    ['ok\n"never\nclosed\n', 2, /never closed/],
    [`ok\n"${'never\n'.repeat(30_000)}`, 2, /longer than/],
    [`ok\n${'x'.repeat(130_000)}\n`, 2, /longer than/],
  ] as const) {
    for (const step of [1_000, 50_000]) {
      const { rows, fault } = scanned(text, { step });
      t.strictSame(rows, [[1, 'ok']], 'what came before stands');
      t.equal(fault?.line, line);
      t.match(fault?.message, message);
    }
  }
});

t.test('whatever cells hold, they come back as they were', async (t) => {
  const cell = fc.oneof(fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', 'ю') }), fc.string());
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })),
      fc.integer({ min: 1, max: 3 }),
      (rows, step) => {
        const text = rows.map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\n');
        const { rows: found, fault } = scanned(text, { step });
        t.equal(fault, undefined);
        t.strictSame(
          found.map(([, ...cells]) => cells),
          rows,
        );
      },
    ),
    { numRuns: 100 },
  );
});
