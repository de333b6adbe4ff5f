import { readFileSync } from 'node:fs';
import { timeEntry } from '@headroom/contracts/events/timesheet';
import t from 'tap';
import {
  createPlanner,
  type Directory,
  type ImportMapping,
  type ImportPlanOptions,
  type ParsedRow,
  parseTrackerFile,
  planImport,
  type TrackerEntry,
} from './index.ts';

const directory: Directory = {
  specialists: [
    { id: 'anna', name: 'Anna Petrova', email: 'anna@studio.example', externalRef: null },
    { id: 'boris', name: 'Boris Größer', email: null, externalRef: 'boris@studio.example' },
    { id: 'alex-1', name: 'Alex Ivanov', email: 'alex@studio.example', externalRef: null },
    { id: 'alex-2', name: 'Alex Ivanov', email: null, externalRef: null },
  ],
  projects: [
    { id: 'landing', name: 'Landing', clientId: 'mueller', clientName: 'Müller GmbH', externalRef: 'LP-1' },
    { id: 'shop', name: 'Shop', clientId: 'mueller', clientName: 'Müller GmbH', externalRef: null },
    { id: 'shop-acme', name: 'Shop', clientId: 'acme', clientName: 'ACME', externalRef: 'SH-2' },
    { id: 'blog', name: 'Blog', clientId: 'acme', clientName: 'ACME', externalRef: null },
  ],
  stages: [
    { id: 'landing-design', name: 'Landing design', projectId: 'landing', status: 'started', externalRef: 'Design' },
    { id: 'landing-meetings', name: 'Meetings', projectId: 'landing', status: 'started', externalRef: null },
    { id: 'landing-brief', name: 'Brief', projectId: 'landing', status: 'closed', externalRef: null },
    { id: 'shop-build-1', name: 'Build', projectId: 'shop', status: 'started', externalRef: null },
    { id: 'shop-build-2', name: 'Build', projectId: 'shop', status: 'closed', externalRef: null },
    { id: 'blog-build', name: 'Build', projectId: 'blog', status: 'started', externalRef: null },
  ],
};

const anHour: TrackerEntry = {
  person: { name: 'Anna Petrova', email: null },
  client: 'Müller GmbH',
  project: 'Landing',
  projectCode: null,
  task: 'Landing design',
  workDate: '2026-03-16',
  seconds: 3_600,
  billable: true,
  note: 'Hero',
  externalRef: null,
  tags: [],
};

const row = (entry: Partial<TrackerEntry>, line = 2): ParsedRow => ({
  line,
  rowKey: `row-${line}`,
  entry: { ...anHour, ...entry },
});

/** Where an entry goes, `specialist project stage activity`, or the code of what is wrong. */
const placeOf = (
  entry: Partial<TrackerEntry>,
  mapping: ImportMapping = {},
  options: ImportPlanOptions = {},
): string => {
  const planned = createPlanner(directory, mapping, options).plan(row(entry));
  if ('error' in planned) return planned.error.code;
  const { specialistId, projectId, stageId, activity } = planned.hours;
  return `${specialistId} ${projectId} ${stageId} ${activity}`;
};

const HERE = 'anna landing landing-design production';

t.test('an entry is planned with all that HoursLogged says of it', async (t) => {
  const reference = 'https://tracker.example/browse/LP-17';
  const planned = createPlanner(directory).plan(row({ billable: false, externalRef: reference }));
  t.strictSame(planned, {
    line: 2,
    rowKey: 'row-2',
    hours: {
      specialistId: 'anna',
      stageId: 'landing-design',
      projectId: 'landing',
      clientId: 'mueller',
      workDate: '2026-03-16',
      seconds: 3_600,
      startedAt: null,
      activity: 'production',
      billable: false,
      goodwill: false,
      requestId: null,
      note: 'Hero',
      externalRef: reference,
    },
    notices: [],
  });
});

t.test('people are found by e-mail, then by a name that only one has', async (t) => {
  const person = (name: string, email: string | null, people: Record<string, string> = {}) =>
    placeOf({ person: { name, email } }, { people }).split(' ')[0];
  t.equal(person(' anna   PETROVA', null), 'anna');
  t.equal(person('Anna', 'Anna@Studio.example'), 'anna');
  t.equal(person('B.', 'boris@studio.example'), 'boris', 'our reference may be the e-mail');
  t.equal(person('Alex Ivanov', 'alex@studio.example'), 'alex-1');
  t.equal(person('Alex Ivanov', null), 'ambiguous-person');
  t.equal(person('Gro\u0308sser', null), 'unknown-person');
  t.equal(person('Boris Gro\u0308ßer', null), 'boris', 'composed or not, it is one name');
  t.equal(person('Alex Ivanov', null, { 'alex ivanov': 'alex-2' }), 'alex-2');
  t.equal(person('Anna Petrova', 'x@y.example', { 'Anna Petrova': 'boris', 'x@y.example': 'alex-1' }), 'alex-1');
  t.equal(person('Anna Petrova', null, { 'Anna Petrova': 'nobody' }), 'mapping-target-unknown');
  t.equal(person('constructor', null, {}), 'unknown-person');
});

t.test('projects are found by code and name among those of the client', async (t) => {
  const project = (entry: Partial<TrackerEntry>, mapping: ImportMapping = {}) => {
    const place = placeOf({ task: '', ...entry }, mapping, { unknown: { stages: 'unattributed' } });
    return place.split(' ')[1] ?? place;
  };
  t.equal(project({ project: 'landing' }), 'landing');
  t.equal(project({ client: '', project: 'Shop' }), 'ambiguous-project');
  t.equal(project({ client: 'acme', project: 'Shop' }), 'shop-acme');
  t.equal(project({ client: '', project: 'Shop', projectCode: 'SH-2' }), 'shop-acme');
  t.equal(project({ client: '', project: 'Renamed', projectCode: 'lp-1' }), 'landing');
  t.equal(project({ client: '', project: 'Blog', projectCode: 'LP-1' }), 'ambiguous-project', 'code and name disagree');
  t.equal(project({ client: 'ACME', project: 'Landing' }), 'unknown-project', 'it is another client’s');
  t.equal(project({ client: 'Acme Ltd' }), 'unknown-client');
  t.equal(project({ client: 'Acme Ltd', project: 'Shop' }, { clients: { 'acme ltd': 'acme' } }), 'shop-acme');
  t.equal(project({ client: 'Acme Ltd' }, { clients: { 'Acme Ltd': 'nobody' } }), 'mapping-target-unknown');
  t.equal(
    project({ client: 'Acme Ltd', project: 'X' }, { projects: { X: 'blog' } }),
    'blog',
    'the mapping needs no client',
  );
  t.equal(
    project({ client: 'A', project: 'X' }, { projects: { X: 'blog', 'A / X': 'shop' } }),
    'shop',
    'the narrower key',
  );
  t.equal(project({ project: 'X' }, { projects: { X: 'nothing' } }), 'mapping-target-unknown');
  t.equal(project({ project: '' }), 'no-project');
  t.equal(project({ project: '' }, { projects: { '': 'blog' } }), 'blog');
});

t.test('a stage is found by name within the project, and never guessed', async (t) => {
  t.equal(placeOf({}), HERE);
  t.equal(placeOf({ task: 'design' }), HERE, 'by our reference');
  t.equal(placeOf({ task: 'Coding' }), 'unknown-stage');
  t.equal(placeOf({ task: '' }), 'unknown-stage');
  t.equal(placeOf({ client: 'ACME', project: 'Blog', task: 'Coding' }), 'unknown-stage', 'though it has but one stage');
  t.equal(
    placeOf({ client: 'ACME', project: 'Blog', task: 'Build' }),
    'anna blog blog-build production',
    'its own, of three',
  );
  t.equal(placeOf({ task: 'Build' }), 'unknown-stage', 'other projects have one');
  t.equal(placeOf({ task: 'Brief' }), 'stage-closed');
  t.equal(placeOf({ project: 'Shop', task: 'Build' }), 'ambiguous-stage', 'though one of the two is closed');

  const unattributed: ImportPlanOptions = { unknown: { stages: 'unattributed' } };
  t.equal(placeOf({ task: 'Coding' }, {}, unattributed), 'anna landing null production');
  t.equal(placeOf({ task: '' }, {}, unattributed), 'anna landing null production');
  t.equal(placeOf({ project: 'Shop', task: 'Build' }, {}, unattributed), 'ambiguous-stage');
  t.equal(placeOf({ project: 'Unknown' }, {}, unattributed), 'unknown-project');

  t.equal(placeOf({ task: 'Coding' }, { stages: { 'Landing / Coding': 'landing-design' } }), HERE);
  t.equal(placeOf({ task: 'Coding' }, { stages: { 'müller gmbh / landing / coding': 'landing-design' } }), HERE);
  t.equal(placeOf({ task: '' }, { stages: { Landing: 'landing-design' } }), HERE);
  t.equal(
    placeOf({}, { stages: { 'Landing / Landing design': 'landing-meetings' } }),
    'anna landing landing-meetings production',
  );
  t.equal(placeOf({}, { stages: { 'Landing / Landing design': 'blog-build' } }), 'stage-of-another-project');
  t.equal(placeOf({}, { stages: { 'Landing / Landing design': 'nothing' } }), 'mapping-target-unknown');
  t.equal(placeOf({}, { stages: { 'Landing / Landing design': 'landing-brief' } }), 'stage-closed');
});

t.test('an activity is what the task, or else the tags, are mapped to', async (t) => {
  const activity = (entry: Partial<TrackerEntry>) =>
    placeOf(entry, {
      activities: { 'landing DESIGN': 'rework', travel: 'travel', road: 'travel', call: 'communication' },
    })
      .split(' ')
      .at(-1);
  const meetings = { task: 'Meetings' };
  t.equal(activity(meetings), 'production');
  t.equal(activity({}), 'rework');
  t.equal(activity({ tags: ['call'] }), 'rework', 'the task comes first');
  t.equal(activity({ ...meetings, tags: ['urgent', 'Travel', 'road'] }), 'travel');
  t.equal(activity({ ...meetings, tags: ['call', 'travel'] }), 'ambiguous-activity');
});

t.test('texts are made to fit the contract, and it is said', async (t) => {
  const planner = createPlanner(directory);
  const note = `${'я'.repeat(1_998)}\u{1f600}${'я'.repeat(1_000)}`;
  const planned = planner.plan(row({ note, externalRef: `https://tracker.example/${'x'.repeat(200)}` }));
  if ('error' in planned) throw new Error('the row was refused');
  t.equal(planned.hours.note, `${'я'.repeat(1_998)}…`, 'no half of a character is left');
  t.equal(planned.hours.externalRef, null);
  t.strictSame(planned.notices, ['note-shortened', 'reference-dropped']);
  t.strictSame(planner.summary().notices, { 'note-shortened': 1, 'reference-dropped': 1 });
  const exact = planner.plan(row({ note: 'я'.repeat(2_000), externalRef: 'x'.repeat(200) }));
  t.strictSame('hours' in exact && [exact.hours.note?.length, exact.hours.externalRef?.length, exact.notices], [
    2_000,
    200,
    [],
  ]);
});

const harvest = (name: string) =>
  parseTrackerFile(readFileSync(new URL(`fixtures/${name}`, import.meta.url)), {
    timeZone: 'Europe/Berlin',
    decimalSeparator: '.',
  });

t.test('a file is planned with a list of what it lacks, each name once', async (t) => {
  const { rows, errors, summary } = await planImport(harvest('harvest-detailed.csv'), directory);
  t.strictSame(
    rows.map(({ line, hours }) => [line, hours.specialistId, hours.stageId, hours.seconds]),
    [
      [2, 'anna', 'landing-design', 4_788],
      [3, 'boris', 'landing-meetings', 360],
      [4, 'anna', 'landing-design', 25_200],
    ],
  );
  t.strictSame(
    errors.map(({ line, error }) => [line, error.code, error.value]),
    [
      [5, 'unknown-client', 'ООО «Ромашка»'],
      [6, 'unknown-client', 'ООО «Ромашка»'],
    ],
  );
  t.strictSame(summary, {
    fileRefused: false,
    planned: 3,
    refused: 2,
    skipped: 0,
    seconds: 30_348,
    unattributedSeconds: 0,
    problems: { 'unknown-client': 2 },
    notices: {},
    unmapped: {
      people: [],
      clients: [{ key: 'ООО «Ромашка»', candidates: [], rows: 2, seconds: 3_600 }],
      projects: [],
      stages: [],
    },
  });
  const given = { entryId: 'e', role: 'designer', importId: 'i', startedAt: null, timerId: null, postedOn: null };
  for (const { hours } of rows) t.equal(timeEntry.safeParse({ ...given, ...hours }).success, true);
});

t.test('what the summary lists as missing is what the mapping then needs', async (t) => {
  const mapping: ImportMapping = { projects: { 'ООО «Ромашка» / Сайт': 'blog' } };
  const attempt = await planImport(harvest('harvest-detailed.csv'), directory, mapping);
  t.strictSame(attempt.summary.unmapped.stages, [
    { key: 'ООО «Ромашка» / Сайт / Дизайн', candidates: [], rows: 2, seconds: 3_600 },
  ]);
  const whole = { ...mapping, stages: { 'ООО «Ромашка» / Сайт / Дизайн': 'blog-build' } };
  const { summary } = await planImport(harvest('harvest-detailed.csv'), directory, whole);
  t.strictSame([summary.planned, summary.refused, summary.seconds], [5, 0, 33_948]);
  const open = await planImport(harvest('harvest-detailed.csv'), directory, mapping, {
    unknown: { stages: 'unattributed' },
  });
  t.strictSame(
    [open.summary.planned, open.summary.unattributedSeconds, open.summary.unmapped.stages.length],
    [5, 3_600, 1],
  );

  const planner = createPlanner(directory);
  planner.plan(row({ person: { name: 'Nobody', email: null }, project: 'Nothing' }));
  planner.plan(row({ person: { name: 'Alex Ivanov', email: null } }, 3));
  const { people, projects } = planner.summary().unmapped;
  t.strictSame(
    people.map(({ key, candidates }) => [key, candidates]),
    [
      ['Nobody', []],
      ['Alex Ivanov', ['alex-1', 'alex-2']],
    ],
  );
  t.strictSame(
    projects.map(({ key }) => key),
    ['Müller GmbH / Nothing'],
    'both faults of a row are listed',
  );
});

t.test('nothing of a refused file is planned; a row without time is no fault of it', async (t) => {
  const header = 'Date,Client,Project,Task,Notes,Hours,Billable?,First Name,Last Name\n';
  const good = '2026-03-16,Müller GmbH,Landing,Design,,1,Yes,Anna,Petrova\n';
  const plan = (text: string, options: ImportPlanOptions = {}) =>
    planImport(parseTrackerFile(Buffer.from(header + text), { timeZone: 'UTC' }), directory, {}, options);
  const broken = await plan(`${good}"`);
  t.strictSame(
    [broken.rows, broken.summary.fileRefused, broken.summary.planned, broken.summary.seconds],
    [[], true, 0, 0],
  );
  t.strictSame(
    broken.errors.map(({ line, error }) => [line, error.code]),
    [[3, 'malformed-csv']],
  );
  const idle = await plan(good + good.replace(',1,', ',0,'));
  t.strictSame([idle.summary.planned, idle.summary.refused, idle.summary.skipped], [1, 0, 1]);
  const many = await plan(good.replace('2026-03-16', 'soon').repeat(5), { errorLimit: 2 });
  t.strictSame([many.errors.length, many.summary.refused, many.summary.problems], [2, 5, { 'invalid-date': 5 }]);
});
