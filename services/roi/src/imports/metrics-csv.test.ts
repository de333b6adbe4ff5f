import fc from 'fast-check';
import t from 'tap';
import { readMetricsCsv } from './metrics-csv.ts';

const roubles = { currency: 'RUB', decimalSeparator: '.' } as const;

t.test('columns by name, in any order, with what spreadsheets add', async (t) => {
  t.strictSame(readMetricsCsv('month,visitors,Advertising spend\n2026-01,2450,15000.5\n', roubles), {
    months: [{ line: 2, month: '2026-01', figures: { visitors: 2450, advertisingSpend: 1_500_050 } }],
    errors: [],
  });
  const russian = '\ufeffОбращения;Месяц;Оборот\r\n41;2026-01;"15000,50"\r\n;2026-02;7\r\n';
  t.strictSame(readMetricsCsv(russian, { currency: 'RUB', decimalSeparator: ',' }), {
    months: [
      { line: 2, month: '2026-01', figures: { inquiries: 41, turnover: 1_500_050 } },
      { line: 3, month: '2026-02', figures: { turnover: 700 } },
    ],
    errors: [],
  });
  t.match(readMetricsCsv('month\tcalls\n2026-01\t3\n', roubles), { months: [{ figures: { calls: 3 } }] });
  t.match(readMetricsCsv('month,turnover\n2026-01,500\n', { currency: 'JPY', decimalSeparator: '.' }), {
    months: [{ figures: { turnover: 500 } }],
  });
});

t.test('what cannot be read is told by line; nothing is guessed', async (t) => {
  for (const header of ['', 'month', 'visitors', 'month,vistors', 'month,visitors,visitors', 'month,visitors,'])
    t.equal(readMetricsCsv(`${header}\n2026-01,1,1\n`, roubles), 'columns-unknown', header);
  const text = [
    'month,visitors,turnover',
    '2026-13,1,',
    '2026-01,1.5,',
    '2026-01,,"1,5"',
    '2026-01,,1.005',
    '2026-01,,',
    '2026-01,7,',
    '2026-01,8,',
    '01.2026,8,',
  ].join('\n');
  const read = readMetricsCsv(text, roubles);
  t.match(read, { months: [{ line: 7, figures: { visitors: 7 } }] });
  t.strictSame(typeof read === 'string' ? read : read.errors.map(({ line, code }) => [line, code]), [
    [2, 'month-unreadable'],
    [3, 'count-unreadable'],
    [4, 'amount-unreadable'],
    [5, 'amount-unreadable'],
    [6, 'nothing-stated'],
    [8, 'month-twice'],
    [9, 'month-unreadable'],
  ]);
  t.match(readMetricsCsv('month,visitors\n"2026-01,1\n', roubles), { months: [], errors: [{ code: 'malformed-csv' }] });
});

t.test('what is written as CSV is read back', async (t) => {
  const line = fc.record({ visitors: fc.nat(1_000_000_000), minor: fc.nat(1_000_000_000) });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
      const rows = lines.map(({ visitors, minor }, index) => {
        const amount = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
        return `2025-${String(index + 1).padStart(2, '0')},${visitors},${amount}`;
      });
      const read = readMetricsCsv(['month,visitors,turnover', ...rows].join('\n'), roubles);
      if (typeof read === 'string') return false;
      return lines.every(({ visitors, minor }, index) => {
        const figures = read.months[index]?.figures;
        return figures?.visitors === visitors && figures.turnover === minor;
      });
    }),
  );
  t.pass('every count and every amount');
});
