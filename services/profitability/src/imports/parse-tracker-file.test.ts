import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import t from 'tap';
import {
  effectOf,
  type FileSource,
  type ParsedLine,
  type ParsedRow,
  type ParseOptions,
  parseTrackerFile,
} from './index.ts';

const BERLIN: ParseOptions = { timeZone: 'Europe/Berlin' };
const DECIMAL_POINT: ParseOptions = { ...BERLIN, decimalSeparator: '.' };

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const bytes = (text: string): Buffer => Buffer.from(text);

const parse = async (source: FileSource, options: ParseOptions = BERLIN): Promise<ParsedLine[]> => {
  const lines: ParsedLine[] = [];
  for await (const line of parseTrackerFile(source, options)) lines.push(line);
  return lines;
};

const entriesOf = (lines: readonly ParsedLine[]): ParsedRow[] => lines.filter((line) => 'entry' in line);
const keysOf = (lines: readonly ParsedLine[]): string[] => entriesOf(lines).map(({ rowKey }) => rowKey);
const told = (line: ParsedLine) =>
  'error' in line ? [line.line, line.error.code, line.error.column] : [line.line, 'read'];

const TOGGL =
  'User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags';
const HARVEST = 'Date,Client,Project,Task,Notes,Hours,Billable?,First Name,Last Name';
const harvestHours = (hours: string): Buffer =>
  bytes(`${HARVEST}\n2026-03-16,ACME,Landing,Design,,"${hours}",Yes,Anna,Petrova\n`);

/** What one row of Harvest hours comes to: seconds, or the code of its problem. */
const hoursRead = async (hours: string, options: ParseOptions = DECIMAL_POINT) => {
  const [line] = await parse(harvestHours(hours), options);
  if (line === undefined) throw new Error('no row came out');
  return 'entry' in line ? line.entry.seconds : line.error.code;
};

t.test('a detailed report of Toggl, as it comes', async (t) => {
  const lines = await parse(fixture('toggl-detailed.csv'));
  t.strictSame(
    lines.map(told),
    [2, 3, 5, 6, 7, 8].map((line) => [line, 'read']),
    'lines are those of the file',
  );
  const [first, second, trip, one, twin, internal] = entriesOf(lines);
  t.strictSame(first?.entry, {
    person: { name: 'Анна Петрова', email: 'anna@studio.example' },
    client: 'Müller GmbH',
    project: 'Лендинг',
    projectCode: null,
    task: 'Landing design',
    workDate: '2026-03-16',
    seconds: 12_600,
    billable: true,
    note: 'Первый экран',
    externalRef: null,
    tags: ['design'],
    startedAt: '2026-03-16T08:00:00.000Z',
    endedAt: '2026-03-16T11:30:00.000Z',
  });
  t.equal(second?.entry.note, 'Second round:\n"hero", footer, and the form');
  t.strictSame(second?.entry.tags, ['design', 'rework']);
  t.equal(trip?.entry.workDate, '2026-03-17', 'an entry across midnight belongs to the day it began');
  t.equal(trip?.entry.endedAt, '2026-03-17T23:30:00.000Z');
  t.strictSame([one?.entry, one?.rowKey === twin?.rowKey], [twin?.entry, false], 'two entries alike stay two');
  t.strictSame([internal?.entry.client, internal?.entry.task, internal?.entry.billable], ['', '', false]);
});

t.test('the same entries exported again have the same keys', async (t) => {
  const before = await parse(fixture('toggl-detailed.csv'));
  const again = await parse(fixture('toggl-reordered.csv'), { ...BERLIN, dateOrder: 'DMY' });
  t.strictSame(
    again.map(told),
    [2, 3, 5, 6, 7, 8].map((line) => [line, 'read']),
    'empty lines are passed over',
  );
  t.strictSame(keysOf(again), keysOf(before), 'other order, titles, delimiter, dates, words and columns');
  t.equal(new Set(keysOf(before)).size, 6);
  t.strictSame(
    entriesOf(again).map(({ entry: { startedAt, endedAt } }) => [startedAt, endedAt]),
    entriesOf(before).map(({ entry: { startedAt, endedAt } }) => [startedAt, endedAt]),
  );
  const [header, , , , ...later] = fixture('toggl-detailed.csv').toString().split('\r\n');
  const overlapping = await parse(bytes([header, ...later].join('\n')));
  t.strictSame(keysOf(overlapping), keysOf(before).slice(2), 'a later date range');
  t.strictSame(keysOf(await parse(fixture('toggl-detailed.csv'), { timeZone: 'Asia/Tokyo' })), keysOf(before));
});

t.test('what is wrong with a row is told by line, and the others are read', async (t) => {
  const lines = await parse(fixture('toggl-bad-rows.csv'));
  t.strictSame(lines.map(told), [
    [2, 'invalid-date', 'Start date'],
    [4, 'ambiguous-date', 'Start date'],
    [5, 'invalid-time', 'Start time'],
    [6, 'no-such-time', 'Start time'],
    [7, 'no-time', 'Duration'],
    [8, 'over-a-day', 'Duration'],
    [9, 'ambiguous-duration', 'Duration'],
    [10, 'invalid-duration', 'Duration'],
    [11, 'invalid-billable', 'Billable'],
    [12, 'missing-value', 'User'],
    [13, 'column-count', null],
    [14, 'read'],
  ]);
  const [bad] = lines;
  t.equal(bad !== undefined && 'error' in bad && bad.error.value, '2026-02-30', 'the value is shown as it stands');
  t.equal(effectOf('no-time'), 'row-skipped');
  t.equal(effectOf('over-a-day'), 'row-refused');
});

t.test('a detailed time report of Harvest, as it comes', async (t) => {
  const lines = await parse(fixture('harvest-detailed.csv'), DECIMAL_POINT);
  const [design, , , , secondRevision] = entriesOf(lines);
  t.strictSame(
    entriesOf(lines).map(({ entry }) => entry.seconds),
    [4_788, 360, 25_200, 1_800, 1_800],
  );
  t.strictSame(design?.entry, {
    person: { name: 'Anna Petrova', email: null },
    client: 'Müller GmbH',
    project: 'Landing',
    projectCode: 'LP-1',
    task: 'Design',
    workDate: '2026-03-16',
    seconds: 4_788,
    billable: true,
    note: 'Hero, second round',
    externalRef: 'https://tracker.example/browse/LP-17',
    tags: [],
  });
  t.equal(secondRevision?.entry.note, 'Ещё правки');
  t.equal(new Set(keysOf(lines)).size, 5, 'the same half hour twice on one task is two entries');
});

t.test('hours are exact, and only the separator stated is one', async (t) => {
  t.equal(await hoursRead('1.50'), 5_400);
  t.equal(await hoursRead('0.00013888888'), 'no-time', 'under half a second');
  t.equal(await hoursRead('0.00013888889'), 1, 'half a second and more is one');
  t.equal(await hoursRead('24'), 86_400);
  t.equal(await hoursRead('24.0002'), 'over-a-day');
  t.equal(await hoursRead('0.00'), 'no-time');
  t.equal(await hoursRead('1,50'), 'ambiguous-number');
  t.equal(await hoursRead('1.50', { ...BERLIN, decimalSeparator: ',' }), 'ambiguous-number');
  t.equal(await hoursRead('1.50', BERLIN), 'ambiguous-number', 'no separator is stated');
  t.equal(await hoursRead('1,234.5'), 'ambiguous-number');
  for (const hours of ['-1', '1e3', '1:30', 'NaN', 'two', '٣'])
    t.equal(await hoursRead(hours), 'invalid-number', hours);
  t.equal(await hoursRead(`${'9'.repeat(5_000)}`), 'invalid-number');

  const finnish: ParseOptions = { timeZone: 'Europe/Helsinki', decimalSeparator: ',', dateOrder: 'DMY' };
  const lines = await parse(fixture('harvest-decimal-comma.csv'), finnish);
  t.strictSame(
    entriesOf(lines).map(({ entry }) => [entry.workDate, entry.seconds]),
    [
      ['2026-03-16', 27_000],
      ['2026-03-25', 10_800],
    ],
  );
});

t.test('a date that may be two is refused unless the order is stated', async (t) => {
  const dateRead = async (date: string, dateOrder?: ParseOptions['dateOrder']) => {
    const file = bytes(`${HARVEST}\n${date},ACME,Landing,Design,,1,Yes,Anna,Petrova\n`);
    const [line] = await parse(file, { ...DECIMAL_POINT, dateOrder });
    return line !== undefined && 'entry' in line ? line.entry.workDate : line?.error.code;
  };
  t.equal(await dateRead('03/04/2026'), 'ambiguous-date');
  t.equal(await dateRead('03/04/2026', 'DMY'), '2026-04-03');
  t.equal(await dateRead('03/04/2026', 'MDY'), '2026-03-04');
  t.equal(await dateRead('03/04/2026', 'YMD'), 'invalid-date');
  t.equal(await dateRead('25/04/2026'), '2026-04-25', 'there is no month 25');
  t.equal(await dateRead('25/04/2026', 'MDY'), 'invalid-date');
  t.equal(await dateRead('4.4.2026'), '2026-04-04', 'both readings are the same day');
  t.equal(await dateRead('2026/3/4', 'DMY'), '2026-03-04', 'the year first says it all');
  for (const date of ['2026-02-30', '29/02/2025', '03/04/26', '2026-03', '1889-01-01', 'yesterday', '3-4/2026']) {
    t.equal(await dateRead(date), 'invalid-date', date);
  }
});

t.test('the hour that comes twice is told apart by the length of the entry, or left open', async (t) => {
  const spanRead = async (start: string, end: string, duration: string) => {
    const file = bytes(`${TOGGL}\nAnna,,ACME,Landing,Design,,Yes,2026-10-25,${start},2026-10-25,${end},${duration},\n`);
    const [line] = entriesOf(await parse(file));
    return [line?.entry.startedAt, line?.entry.endedAt];
  };
  t.strictSame(await spanRead('02:30:00', '03:30:00', '02:00:00'), [
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T02:30:00.000Z',
  ]);
  t.strictSame(await spanRead('02:30:00', '03:30:00', '01:00:00'), [
    '2026-10-25T01:30:00.000Z',
    '2026-10-25T02:30:00.000Z',
  ]);
  t.strictSame(await spanRead('02:10:00', '02:30:00', '00:20:00'), [undefined, undefined], 'either time round');
  t.strictSame(await spanRead('01:30:00', '02:30:00', '02:00:00'), [
    '2026-10-24T23:30:00.000Z',
    '2026-10-25T01:30:00.000Z',
  ]);
  t.strictSame(await spanRead('9:15 AM', '1:15 pm', '04:00:00'), [
    '2026-10-25T08:15:00.000Z',
    '2026-10-25T12:15:00.000Z',
  ]);
});

t.test('a file that cannot be used says why, once and last', async (t) => {
  const refusal = async (file: Buffer, options: Partial<ParseOptions> = {}) => {
    const lines = await parse(file, { ...DECIMAL_POINT, ...options });
    const last = lines.at(-1);
    if (last === undefined || !('error' in last)) return 'read';
    t.equal(effectOf(last.error.code), 'file-refused', last.error.code);
    return told(last);
  };
  const row = '2026-03-16,ACME,Landing,Design,,1,Yes,Anna,Petrova';
  t.strictSame(await refusal(bytes('')), [1, 'empty-file', null]);
  t.strictSame(await refusal(bytes('\n  \r\n')), [1, 'empty-file', null]);
  t.strictSame(await refusal(bytes('\n\nname,phone\nAnna,1\n')), [3, 'unknown-format', null]);
  t.strictSame(await refusal(bytes(`${HARVEST.replace('Hours', 'Time')}\n${row}`)), [1, 'missing-column', 'Hours']);
  t.strictSame(await refusal(bytes(`${HARVEST}\n${row}`), { format: 'toggl' }), [1, 'missing-column', 'User']);
  t.strictSame(await refusal(bytes(`${HARVEST}\n${row}`), { format: 'harvest' }), 'read');
  t.strictSame(await refusal(bytes(`${HARVEST},client\n${row},x`)), [1, 'duplicate-column', 'Client']);
  t.strictSame(await refusal(bytes(`${TOGGL},${HARVEST}\n`)), [1, 'ambiguous-format', null]);
  t.strictSame(await refusal(bytes(`${HARVEST}\n${row}\n`), { timeZone: 'Mars/Base' }), [1, 'unknown-time-zone', null]);
  t.strictSame(await refusal(bytes(`${HARVEST}\n${row}\n${row.replace('ACME', '"AC"ME')}\n`)), [
    3,
    'malformed-csv',
    null,
  ]);
  t.strictSame(await refusal(bytes(`${HARVEST}\n${row}\n${row.replace('ACME', 'A"C"ME')}\n`)), [
    3,
    'malformed-csv',
    null,
  ]);
  t.strictSame(await refusal(bytes(`${HARVEST}\n${row}\n${row.replace('ACME', '"ACME')}\n${row}\n`)), [
    3,
    'malformed-csv',
    null,
  ]);
  const open = bytes(`${HARVEST}\n${row.replace('ACME', '"ACME')}\n${`${row}\n`.repeat(5_000)}`);
  t.strictSame(await refusal(open), [2, 'malformed-csv', null], 'an open quote does not swallow the file');
  const windows = Buffer.concat([
    bytes(`${HARVEST}\n${row}\n`.repeat(400)),
    Buffer.from([0xc0, 0xed, 0xed, 0xe0, 0x0a]),
  ]);
  t.strictSame(await refusal(windows), [801, 'invalid-encoding', null], 'Windows-1251 is not guessed at');
  t.strictSame(await refusal(Buffer.alloc(2_000_000, 'x')), [1, 'malformed-csv', null], 'no line has no end');
});

t.test('a file says whether its entries are billable, or the caller does', async (t) => {
  const template = fixture('harvest-import-template.csv');
  t.strictSame((await parse(template, DECIMAL_POINT)).map(told), [[1, 'missing-column', 'Billable?']]);
  const [line] = entriesOf(await parse(template, { ...DECIMAL_POINT, billable: false }));
  t.strictSame([line?.entry.seconds, line?.entry.billable, line?.entry.person.name], [8_100, false, 'Anna Petrova']);
  const unsaid = bytes(`${HARVEST}\n2026-03-16,ACME,Landing,Design,,1,,Anna,Petrova\n`);
  t.strictSame((await parse(unsaid, DECIMAL_POINT)).map(told), [[2, 'missing-value', 'Billable?']]);
  t.equal(entriesOf(await parse(unsaid, { ...DECIMAL_POINT, billable: true }))[0]?.entry.billable, true);
});

t.test('the same text in every encoding, with every line end and in pieces of any size', async (t) => {
  const text = fixture('toggl-detailed.csv')
    .toString()
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n');
  const expected = await parse(bytes(text));
  t.equal(entriesOf(expected).length, 6);
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  t.strictSame(await parse(utf16), expected, 'UTF-16, little end first');
  t.strictSame(await parse(Buffer.from(utf16).swap16()), expected, 'UTF-16, big end first');
  t.strictSame((await parse(utf16.subarray(0, -1))).map(told).at(-1), [8, 'invalid-encoding', null]);
  t.strictSame(await parse(bytes(text.replaceAll('\n', '\r\n'))), expected);
  t.strictSame(await parse(bytes(text.replaceAll('\n', '\r'))), expected);
  t.strictSame(await parse(bytes(text.trimEnd())), expected, 'no end to the last line');
  const spaced = text.replace('User,Email,Client', '"  USER ", email ,CLIENT');
  t.strictSame(await parse(bytes(spaced)), expected, 'case and spaces of the titles');
  for (const size of [1, 7, 1000]) {
    const pieces = Array.from({ length: Math.ceil(utf16.length / size) }, (_, index) =>
      utf16.subarray(index * size, (index + 1) * size),
    );
    t.strictSame(await parse(pieces), expected, `pieces of ${size}`);
  }
});

t.test('whatever the bytes, nothing is thrown and lines only go forward', async (t) => {
  const nearlyCsv = fc
    .array(
      fc.oneof(
        fc.constantFrom(',', ';', '"', '\n', '\r\n', '\t', '\0', '2026-03-16', '01:00:00', 'Yes'),
        fc.string({ unit: 'binary' }),
      ),
    )
    .map((parts) => bytes(parts.join('')));
  const headers = fc.constantFrom('', `${TOGGL}\n`, `${HARVEST}\n`, `\ufeff${TOGGL.replaceAll(',', ';')}\r\n`);
  const file = fc
    .tuple(
      headers,
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }).map((each) => Buffer.from(each)),
        nearlyCsv,
      ),
    )
    .map(([header, rest]) => Buffer.concat([bytes(header), rest]));
  await fc.assert(
    fc.asyncProperty(file, async (content) => {
      const lines = await parse(content, DECIMAL_POINT);
      const numbers = lines.map(({ line }) => line);
      const refusals = lines.filter((line) => 'error' in line && effectOf(line.error.code) === 'file-refused');
      return (
        numbers.every((line, index) => line >= 1 && line >= (numbers[index - 1] ?? 1)) &&
        refusals.every((line) => line === lines.at(-1))
      );
    }),
    { seed: 20260316, numRuns: 200 },
  );
  t.pass('200 files');
});

/** Rows of Harvest hours, each a list of cells under their titles. */
const harvestRows = fc.array(
  fc.record({
    Date: fc.constantFrom('2026-03-16', '2026-03-17'),
    Client: fc.constantFrom('ACME', 'Müller, Söhne', 'ООО "Ромашка"'),
    Project: fc.constantFrom('Landing', ' Landing '),
    Task: fc.constantFrom('Design', ''),
    Notes: fc.string({ unit: 'grapheme' }),
    Hours: fc.constantFrom('0.1', '1.33', '2', '0.25'),
    'Billable?': fc.constantFrom('Yes', 'No'),
    'First Name': fc.constantFrom('Anna', 'Борис'),
    'Last Name': fc.constantFrom('Petrova', ''),
  }),
  { minLength: 1, maxLength: 30 },
);
type HarvestRow = (typeof harvestRows extends fc.Arbitrary<infer Rows> ? Rows : never) extends (infer Each)[]
  ? Each
  : never;

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const written = (rows: readonly HarvestRow[], titles: readonly string[], delimiter: string): Buffer => {
  const lines = rows.map((row) =>
    titles.map((title) => quoted(new Map(Object.entries(row)).get(title) ?? 'added')).join(delimiter),
  );
  return bytes([titles.map(quoted).join(delimiter), ...lines].join('\n'));
};

t.test('order of columns, an added column and the delimiter change neither keys nor seconds', async (t) => {
  const titles = [...HARVEST.split(','), 'Amount (EUR)'];
  const shuffled = fc.shuffledSubarray(titles, { minLength: titles.length });
  await fc.assert(
    fc.asyncProperty(harvestRows, shuffled, fc.constantFrom(',', ';', '\t'), async (rows, order, delimiter) => {
      const plain = entriesOf(await parse(written(rows, HARVEST.split(','), ','), DECIMAL_POINT));
      const other = entriesOf(await parse(written(rows, order, delimiter), DECIMAL_POINT));
      t.equal(plain.length, rows.length);
      t.strictSame(other, plain);
      t.equal(new Set(plain.map(({ rowKey }) => rowKey)).size, rows.length, 'no two rows share a key');
    }),
    { seed: 20260316, numRuns: 60 },
  );
});

t.test('a file in memory leaves others their turn', async (t) => {
  const row = '2026-03-16,ACME,Landing,Design,,1,Yes,Anna,Petrova\n';
  let turns = 0;
  let reading = true;
  const others = (async () => {
    for (; reading; turns += 1) await setImmediate();
  })();
  const lines = await parse(bytes(`${HARVEST}\n${row.repeat(5_000)}`), DECIMAL_POINT);
  reading = false;
  await others;
  t.equal(entriesOf(lines).length, 5_000);
  t.ok(turns >= 10, `${turns} turns`);
});

/** Bytes in use once all garbage is gone. */
const heapInUse = (): number => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
};

t.test('a long file is read as it comes, and only its row keys are remembered', async (t) => {
  const [early, rows, chunk] = [10_000, 60_000, 500];
  let given = 0;
  let taken = 0;
  let ahead = 0;
  async function* generated(): AsyncGenerator<Buffer> {
    yield bytes(`${HARVEST}\n`);
    for (; given < rows; given += chunk) {
      ahead = Math.max(ahead, given - taken);
      const row = (_: unknown, index: number) => `2026-03-16,C,P,T${given + index},a longer note,0.1,Yes,A,B\n`;
      yield bytes(Array.from({ length: chunk }, row).join(''));
    }
  }
  let seconds = 0;
  let heapEarly = 0;
  let heapLate = 0;
  for await (const line of parseTrackerFile(generated(), DECIMAL_POINT)) {
    taken += 1;
    if ('entry' in line) seconds += line.entry.seconds;
    if (taken === early) heapEarly = heapInUse();
    if (taken === rows) heapLate = heapInUse();
  }
  t.equal(seconds, rows * 360);
  t.ok(ahead <= chunk, `${ahead} rows were read ahead`);
  const bytesPerRow = (heapLate - heapEarly) / (rows - early);
  t.ok(bytesPerRow < 200, `${bytesPerRow} bytes a row`);
});
