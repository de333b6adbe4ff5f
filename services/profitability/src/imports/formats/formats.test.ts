import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { type FormatName, type ParsedLine, type ParseOptions, parseTrackerFile, type TrackerEntry } from '../index.ts';

const BERLIN: ParseOptions = { timeZone: 'Europe/Berlin' };

const read = async (content: Buffer | string, options: ParseOptions): Promise<ParsedLine[]> => {
  const lines: ParsedLine[] = [];
  for await (const line of parseTrackerFile(Buffer.from(content), options)) lines.push(line);
  return lines;
};

const readFixture = (name: string, options: ParseOptions) =>
  read(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)), options);

const told = (line: ParsedLine) => ('error' in line ? [line.line, line.error.code, line.error.column] : line.line);
const entriesOf = (lines: readonly ParsedLine[]) => lines.flatMap((line) => ('entry' in line ? [line] : []));

t.test('a detailed report of Clockify: dates of the profile, 12-hour times, three ways to write hours', async (t) => {
  const lines = await readFixture('clockify-detailed.csv', { ...BERLIN, dateOrder: 'MDY', decimalSeparator: '.' });
  t.strictSame(lines.map(told), [2, 3, 4, 5, [6, 'invalid-time', 'Start Time']]);
  const [hero, trip, night, afternoon] = entriesOf(lines).map(({ entry }) => entry);
  t.strictSame(hero, {
    person: { name: 'Anna Petrova', email: 'anna@studio.example' },
    client: 'Müller GmbH',
    project: 'Landing',
    projectCode: null,
    task: 'Landing design',
    workDate: '2026-03-16',
    seconds: 12_600,
    billable: true,
    note: 'Hero, second "round"',
    externalRef: null,
    tags: ['design', 'rework'],
    startedAt: '2026-03-16T08:00:00.000Z',
    endedAt: '2026-03-16T11:30:00.000Z',
  });
  t.strictSame([trip?.workDate, trip?.endedAt, trip?.billable], ['2026-03-17', '2026-03-17T23:30:00.000Z', false]);
  t.strictSame([night?.seconds, night?.startedAt], [2_700, '2026-03-03T23:15:00.000Z'], '12:15 AM is past midnight');
  t.equal(afternoon?.seconds, 6_300);

  const unsaid = await readFixture('clockify-detailed.csv', BERLIN);
  t.strictSame(unsaid.map(told), [
    2,
    3,
    [4, 'ambiguous-date', 'Start Date'],
    [5, 'ambiguous-date', 'Start Date'],
    [6, 'invalid-time', 'Start Time'],
  ]);
});

t.test('a German export of Kimai: BOM, semicolons, titles, decimal commas', async (t) => {
  const german: ParseOptions = { ...BERLIN, dateOrder: 'DMY', decimalSeparator: ',' };
  const lines = await readFixture('kimai-german.csv', german);
  t.strictSame(lines.map(told), [
    2,
    4,
    [5, 'invalid-date', 'Datum'],
    [6, 'ambiguous-number', 'Dauer'],
    [7, 'missing-value', 'Abrechenbar'],
  ]);
  const [draft, trip] = entriesOf(lines);
  t.strictSame(draft?.entry, {
    person: { name: 'Anna Petrova', email: 'anna@studio.example' },
    client: 'Müller GmbH',
    project: 'Landing',
    projectCode: 'LP-1',
    task: 'Gestaltung',
    workDate: '2026-03-16',
    seconds: 12_600,
    billable: true,
    note: 'Zweiter Entwurf;\n"Hero"',
    externalRef: null,
    tags: ['entwurf', 'nacharbeit'],
    startedAt: '2026-03-16T08:00:00.000Z',
    endedAt: '2026-03-16T11:30:00.000Z',
  });
  t.equal(trip?.entry.endedAt, '2026-03-17T23:30:00.000Z', 'a time before the beginning is that of the next day');

  const english = entriesOf(await readFixture('kimai-english.csv', BERLIN));
  t.strictSame(
    english.map(({ rowKey }) => rowKey),
    [draft?.rowKey, trip?.rowKey],
    'the same entries in English are the same rows',
  );
  t.strictSame(
    english.map(({ entry: { seconds, billable, startedAt } }) => [seconds, billable, startedAt]),
    [draft, trip].map((row) => [row?.entry.seconds, row?.entry.billable, row?.entry.startedAt]),
  );
});

t.test('a detailed report of solidtime: date and time in one cell', async (t) => {
  const lines = await readFixture('solidtime-detailed.csv', BERLIN);
  t.strictSame(lines.map(told), [
    2,
    3,
    [4, 'missing-value', 'Duration'],
    [5, 'invalid-time', 'Start'],
    [6, 'invalid-time', 'Start'],
  ]);
  const [hero, trip] = entriesOf(lines).map(({ entry }) => entry);
  t.strictSame(
    [hero?.person, hero?.task, hero?.seconds, hero?.startedAt, hero?.tags],
    [{ name: 'Anna Petrova', email: null }, 'Landing design', 12_600, '2026-03-16T08:00:00.000Z', ['design', 'rework']],
  );
  t.strictSame([trip?.workDate, trip?.endedAt], ['2026-03-17', '2026-03-17T23:30:00.000Z']);
});

/** An entry as the property makes it, and the wall clock times that trackers print of it. */
interface Sample {
  readonly entry: TrackerEntry;
  readonly from: number;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const dayAfter = (date: string): string => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
const clock = (seconds: number): string =>
  [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
const twelveHours = (seconds: number): string => {
  const hour = Math.floor(seconds / 3_600);
  return `${twoDigits(hour % 12 || 12)}${clock(seconds).slice(2)} ${hour < 12 ? 'AM' : 'PM'}`;
};
const turned = (date: string, order: 'DMY' | 'MDY', mark: string): string => {
  const [year, month, day] = date.split('-');
  return (order === 'DMY' ? [day, month, year] : [month, day, year]).join(mark);
};
/** Hours with so many decimals that the second is told. */
const decimal = (seconds: number, mark: string): string => (seconds / 3_600).toFixed(6).replace('.', mark);

const endOf = ({ entry, from }: Sample): { readonly date: string; readonly second: number } => {
  const end = from + entry.seconds;
  return end < 86_400
    ? { date: entry.workDate, second: end }
    : { date: dayAfter(entry.workDate), second: end - 86_400 };
};

interface Printer {
  readonly format: FormatName;
  readonly delimiter: string;
  readonly options: ParseOptions;
  readonly titles: readonly string[];
  readonly row: (sample: Sample) => readonly string[];
  /** What this export cannot tell of an entry. */
  readonly told: (entry: TrackerEntry) => { readonly [Field in keyof TrackerEntry]?: TrackerEntry[Field] | undefined };
}

const yes = (billable: boolean): string => (billable ? 'Yes' : 'No');
const UTC: ParseOptions = { timeZone: 'UTC' };

const printers: readonly Printer[] = [
  {
    format: 'toggl',
    delimiter: ',',
    options: UTC,
    titles:
      'User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)'.split(
        ',',
      ),
    row: (sample) => {
      const { entry, from } = sample;
      const end = endOf(sample);
      return [
        ...[entry.person.name, entry.person.email ?? '', entry.client, entry.project, entry.task, entry.note ?? ''],
        ...[yes(entry.billable), entry.workDate, clock(from), end.date, clock(end.second), clock(entry.seconds)],
        ...[entry.tags.join(', '), '12.00'],
      ];
    },
    told: () => ({ projectCode: null, externalRef: null }),
  },
  {
    format: 'harvest',
    delimiter: ',',
    options: { ...UTC, decimalSeparator: '.' },
    titles:
      'Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,Approved?,First Name,Last Name,Roles,Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,External Reference URL'.split(
        ',',
      ),
    row: ({ entry }) => {
      const [first = '', ...last] = entry.person.name.split(' ');
      return [
        ...[entry.workDate, entry.client, entry.project, entry.projectCode ?? '', entry.task, entry.note ?? ''],
        ...[decimal(entry.seconds, '.'), yes(entry.billable), 'No', 'Yes', first, last.join(' '), 'Designer', 'Yes'],
        ...['70.0', '70.0', '20.0', '20.0', 'Euro - EUR', entry.externalRef ?? ''],
      ];
    },
    told: ({ person: { name } }) => ({
      person: { name, email: null },
      tags: [],
      startedAt: undefined,
      endedAt: undefined,
    }),
  },
  {
    format: 'clockify',
    delimiter: ',',
    options: { ...UTC, dateOrder: 'MDY' },
    titles:
      'Project,Client,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Duration (h),Duration (decimal),Billable Rate (USD),Billable Amount (USD)'.split(
        ',',
      ),
    row: (sample) => {
      const { entry, from } = sample;
      const end = endOf(sample);
      return [
        ...[entry.project, entry.client, entry.note ?? '', entry.task, entry.person.name, 'Design'],
        ...[entry.person.email ?? '', entry.tags.join(', '), yes(entry.billable)],
        ...[turned(entry.workDate, 'MDY', '/'), twelveHours(from), turned(end.date, 'MDY', '/')],
        ...[twelveHours(end.second), clock(entry.seconds), decimal(entry.seconds, '.'), '70.00', '70.00'],
      ];
    },
    told: () => ({ projectCode: null, externalRef: null }),
  },
  {
    format: 'kimai',
    delimiter: ';',
    options: { ...UTC, dateOrder: 'DMY', decimalSeparator: ',' },
    titles:
      'Datum,Von,Bis,Dauer,Währung,Lohn,Name,Benutzer,E-Mail,Kunde,Projekt,Tätigkeit,Beschreibung,Abrechenbar,Schlagworte,Projektnummer'.split(
        ',',
      ),
    row: (sample) => {
      const { entry, from } = sample;
      return [
        ...[turned(entry.workDate, 'DMY', '.'), clock(from), clock(endOf(sample).second), decimal(entry.seconds, ',')],
        ...['EUR', '70,00', entry.person.name, 'login', entry.person.email ?? '', entry.client, entry.project],
        ...[
          entry.task,
          entry.note ?? '',
          entry.billable ? 'Ja' : 'Nein',
          entry.tags.join(','),
          entry.projectCode ?? '',
        ],
      ];
    },
    told: () => ({ externalRef: null }),
  },
  {
    format: 'solidtime',
    delimiter: ',',
    options: UTC,
    titles: 'Description,Task,Project,Client,User,Start,End,Duration,Duration (decimal),Billable,Tags'.split(','),
    row: (sample) => {
      const { entry, from } = sample;
      const end = endOf(sample);
      return [
        ...[entry.note ?? '', entry.task, entry.project, entry.client, entry.person.name],
        ...[`${entry.workDate} ${clock(from)}`, `${end.date} ${clock(end.second)}`, clock(entry.seconds)],
        ...[decimal(entry.seconds, '.'), yes(entry.billable), entry.tags.join(', ')],
      ];
    },
    told: ({ person: { name } }) => ({ person: { name, email: null }, projectCode: null, externalRef: null }),
  },
];

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const printed = ({ titles, row, delimiter }: Printer, samples: readonly Sample[]): string =>
  [titles, ...samples.map(row)].map((cells) => cells.map(quoted).join(delimiter)).join('\r\n');

const word = fc.constantFrom('Müller GmbH', 'ООО «Ромашка»', 'A, B; "C"', 'Landing', 'Café\tNoir', '東京');
const note = fc.constantFrom(null, 'Hero', 'two\nlines', 'a "quote", and; signs', 'Правки');
const samples: fc.Arbitrary<Sample[]> = fc.array(
  fc
    .record({
      name: fc.constantFrom('Anna Petrova', 'Boris Größer'),
      email: fc.constantFrom(null, 'anna@studio.example'),
      client: word,
      project: word,
      projectCode: fc.constantFrom(null, 'LP-1'),
      task: word,
      day: fc.integer({ min: 0, max: 800 }),
      from: fc.nat(86_399),
      seconds: fc.integer({ min: 1, max: 86_399 }),
      billable: fc.boolean(),
      note,
      externalRef: fc.constantFrom(null, 'https://tracker.example/1'),
      tags: fc.subarray(['design', 'rework', 'Reise']),
    })
    .map(({ name, email, day, from, client, project, task, ...rest }) => {
      const workDate = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
      const start = Date.parse(`${workDate}T00:00:00Z`) + from * 1_000;
      const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
      const names = { client: oneLine(client), project: oneLine(project), task: oneLine(task) };
      const times = {
        startedAt: new Date(start).toISOString(),
        endedAt: new Date(start + rest.seconds * 1_000).toISOString(),
      };
      return { from, entry: { person: { name, email }, ...names, workDate, ...rest, ...times } };
    }),
  { minLength: 1, maxLength: 12 },
);

for (const printer of printers) {
  t.test(`entries printed as ${printer.format} does and read again are the same entries`, async (t) => {
    await fc.assert(
      fc.asyncProperty(samples, async (list) => {
        const lines = await read(printed(printer, list), printer.options);
        const expected = list.map(({ entry }) => ({ ...entry, ...printer.told(entry) }));
        const got = entriesOf(lines).map(({ entry }) => ({ startedAt: undefined, endedAt: undefined, ...entry }));
        t.strictSame(got, expected);
        t.equal(new Set(entriesOf(lines).map(({ rowKey }) => rowKey)).size, list.length);
      }),
      { seed: 20260316, numRuns: 60 },
    );
  });
}

/** A row of each tracker beside the key it has had since its format was first read. */
const KEYS: Readonly<Record<string, readonly [file: string, key: string]>> = {
  toggl: [
    'User,Client,Project,Task,Billable,Start date,Start time,Duration\nAnna,Flora,Site,design,Yes,2026-02-09,09:00:00,02:00:00\n',
    'c70f247326ce50f41d3dec10652d5081e55100ccc24e544cd1e857541435f839',
  ],
  harvest: [
    'Date,Client,Project,Task,Hours,Billable?,First Name,Last Name\n2026-02-09,Flora,Site,design,2,Yes,Anna,Petrova\n',
    'e1215c332b2818fa5d4103c573d6e7b05adae4eb3822bccdd2b2dc4c6edcd67a',
  ],
  clockify: [
    'Project,Client,Task,User,Billable,Start Date,Start Time,Duration (h)\nSite,Flora,design,Anna,Yes,2026-02-09,09:00,02:00:00\n',
    'f8755b9bbca27188ebfb95a12806661d2341a93cdcaf18a176b08d2ee3af5485',
  ],
  kimai: [
    'Date,From,To,Duration,User,Customer,Project,Activity,Billable\n2026-02-09,09:00,11:00,02:00:00,anna,Flora,Site,design,yes\n',
    '7074b6e5c1d839a2fda426f32daf000b656fa57f4fd32b95226df55f90e73fc8',
  ],
  solidtime: [
    'Task,Project,Client,User,Start,End,Duration,Billable\ndesign,Site,Flora,Anna,2026-02-09 09:00:00,2026-02-09 11:00:00,2:00:00,Yes\n',
    '46e88f722163a377ca50150efeb24f679a4e02d46d68f8e71c92b0c4353ce794',
  ],
};

t.test('a row has the key it always had, so that files imported years ago create nothing today', async (t) => {
  for (const [name, [file, key]] of Object.entries(KEYS)) {
    const [row] = entriesOf(await read(file, { ...BERLIN, decimalSeparator: '.' }));
    t.equal(row?.rowKey, key, name);
  }
});
