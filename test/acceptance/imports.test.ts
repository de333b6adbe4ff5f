import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { migrateDatabase } from '@headroom/host/migrations';
import { createKey } from '@headroom/http';
import { createPool } from '@headroom/postgres';
import t from 'tap';
import { freePort, keep } from '../faults/processes.ts';
import { type Answer, type Caller, startHeadroom, stores } from '../support/running-headroom.ts';
import { done, smallAgency } from '../support/small-agency.ts';
import { clockifyFile, secondsOf } from '../support/tracker-file.ts';

t.setTimeout(300_000);

const HOUR = 3_600;
const CSV = { 'content-type': 'text/csv' };

const query = (parameters: Readonly<Record<string, string | object>>): string =>
  new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ).toString();

const send = (by: Caller, file: string, parameters: Readonly<Record<string, string | object>> = {}, key?: string) =>
  by.post(`/v1/imports?${query(parameters)}`, file, {
    ...CSV,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  });

const told = ({ body }: Answer) => [body.created, body.alreadyImported, body.refused];
const codes = ({ body }: Answer) =>
  body.errors.map(({ line, code }: { line: number; code: string }) => [line, code]) as [number, string][];

/** One entry of each tracker, two hours of Anna on the stage `design` of Flora's site, and a line that cannot be read. */
const trackers: Readonly<
  Record<string, { readonly file: string; readonly options?: Record<string, string>; readonly wrong: string }>
> = {
  toggl: {
    file: 'User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)\nanna,,Flora,Site,design,Hero,Yes,2026-02-03,10:00:00,2026-02-03,12:00:00,02:00:00,,0\nanna,,Flora,Site,design,Hero,Yes,2026-02-30,10:00:00,2026-02-30,12:00:00,02:00:00,,0\n',
    wrong: 'invalid-date',
  },
  harvest: {
    file: 'Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,Approved?,First Name,Last Name,Roles,Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,External Reference URL\n2026-02-04,Flora,Site,,design,Hero,2.00,Yes,No,Yes,anna,,Designer,Yes,0,0,0,0,Euro - EUR,\n2026-02-04,Flora,Site,,design,Hero,"2,00",Yes,No,Yes,anna,,Designer,Yes,0,0,0,0,Euro - EUR,\n',
    options: { decimalSeparator: '.' },
    wrong: 'ambiguous-number',
  },
  clockify: {
    file: '\ufeff"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)","Billable Rate (USD)","Billable Amount (USD)"\r\n"Site","Flora","Hero","design","anna","","","","Yes","02/05/2026","10:00:00 AM","02/05/2026","12:00:00 PM","02:00:00","2.00","0","0"\r\n"Site","Flora","Hero","design","anna","","","","Yes","13/13/2026","10:00:00 AM","02/05/2026","12:00:00 PM","02:00:00","2.00","0","0"\r\n',
    options: { dateOrder: 'MDY' },
    wrong: 'invalid-date',
  },
  kimai: {
    file: 'Datum;Von;Bis;Dauer;Währung;Name;Benutzer;Kunde;Projekt;Tätigkeit;Beschreibung;Abrechenbar\n06.02.2026;10:00;12:00;2,00;EUR;anna;anna;Flora;Site;design;Hero;Ja\n06.02.2026;10:00;12:00;2,00;EUR;anna;anna;Flora;Site;design;Hero;\n',
    options: { decimalSeparator: ',', dateOrder: 'DMY' },
    wrong: 'missing-value',
  },
  solidtime: {
    file: 'Description,Task,Project,Client,User,Start,End,Duration,Duration (decimal),Billable,Tags\nHero,design,Site,Flora,anna,2026-02-07 10:00:00,2026-02-07 12:00:00,2:00:00,2,Yes,\nHero,design,Site,Flora,nobody,2026-02-07 10:00:00,2026-02-07 12:00:00,2:00:00,2,Yes,\n',
    wrong: 'unknown-person',
  },
};

for (const store of stores) {
  t.test(`on ${store}: each tracker’s export comes in once, and what is wrong is told by line`, async (t) => {
    const headroom = await startHeadroom(t, store);
    const owner = await headroom.as('owner');
    await smallAgency(owner, await headroom.as('finance'));
    for (const [name, { file, options = {}, wrong }] of Object.entries(trackers)) {
      const dry = await send(owner, file, { ...options, dryRun: 'true' });
      t.strictSame([dry.status, ...told(dry), dry.body.position], [200, 1, 0, 1, null], `${name}, dry run`);
      const first = await send(owner, file, { ...options, fileName: `${name}.csv` }, `import-${name}`);
      t.strictSame([first.status, ...told(first), codes(first)], [200, 1, 0, 1, [[3, wrong]]], name);
      const again = await send(owner, file, options);
      t.strictSame(told(again), [0, 1, 1], `${name}: the same file again creates nothing`);
      const retried = await send(owner, file, { ...options, fileName: `${name}.csv` }, `import-${name}`);
      t.strictSame([retried.body.importId, ...told(retried)], [first.body.importId, 1, 0, 1], `${name}, a retry`);
      const other = await send(owner, `${file}\n`, { ...options, fileName: `${name}.csv` }, `import-${name}`);
      t.strictSame([other.status, other.body.code], [422, 'idempotency-key-reused'], `${name}: one key, one file`);
    }
    // Five trackers, two hours each, all of them Anna's at 1,234.56: 5 x 2 x 1,234.56 = 12,345.60.
    const { body: stage } = await owner.get('/v1/stages/design/profitability?asOf=2026-02-28');
    t.strictSame([stage.seconds, stage.labourCost.minor], [10 * HOUR, 1_234_560]);
    const { body: imports } = await owner.get('/v1/imports?limit=3');
    t.strictSame(
      [imports.items.length, imports.items[0].format, imports.items[0].status],
      [3, 'solidtime', 'completed'],
    );
    const all = [...imports.items];
    for (let cursor = imports.nextCursor; cursor !== null; ) {
      const { body } = await owner.get(`/v1/imports?limit=3&cursor=${cursor}`);
      all.push(...body.items);
      cursor = body.nextCursor;
    }
    t.strictSame([all.length, all.filter(({ created }) => created === 1).length], [10, 5], 'no two of a batch');
    t.equal((await (await headroom.as('owner', 'other')).get(`/v1/imports/${all[0].importId}`)).status, 404);
  });
}

const unknowns = [
  'User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags',
  'anna,,Flora,Site,design,known,Yes,2026-02-03,10:00:00,2026-02-03,11:00:00,01:00:00,',
  'Vera,vera@studio.example,Flora,Site,design,a new person,Yes,2026-02-04,10:00:00,2026-02-04,11:00:00,01:00:00,',
  'Vera,vera@studio.example,Bakery,Shop,Texts,all new,Yes,2026-02-05,10:00:00,2026-02-05,11:00:00,01:00:00,',
  'anna,,Bakery,Shop,,no task,Yes,2026-01-20,10:00:00,2026-01-20,11:00:00,01:00:00,',
  'anna,,Bakery,Shop,Texts,a stage just made,No,2026-02-06,10:00:00,2026-02-06,11:00:00,01:00:00,',
].join('\n');

const createAll = {
  unknownPeople: 'create',
  unknownClients: 'create',
  unknownProjects: 'create',
  unknownStages: 'create',
  newPeopleRole: 'writer',
  newProjectsManagerId: 'boris',
};

t.test('people, clients and projects that are not ours are refused, mapped or created', async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  const manager = await headroom.as('manager');
  await smallAgency(owner, await headroom.as('finance'));

  const refusing = await send(owner, unknowns, { dryRun: 'true' });
  t.strictSame(codes(refusing), [
    [3, 'unknown-person'],
    [4, 'unknown-person'],
    [5, 'unknown-client'],
    [6, 'unknown-client'],
  ]);

  const asking = await send(owner, unknowns, { unknownPeople: 'map', unknownClients: 'map' });
  t.strictSame([asking.status, asking.body.code], [409, 'names-to-map']);
  t.strictSame(
    asking.body.unmapped.people.map(({ key, rows }: { key: string; rows: number }) => [key, rows]),
    [['Vera', 2]],
  );
  t.equal((await owner.get('/v1/time-entries')).body.items.length, 0, 'nothing was imported');

  const mapping = {
    people: { Vera: 'boris' },
    projects: { 'Bakery / Shop': 'site' },
    stages: { 'Shop / Texts': 'design' },
  };
  const mapped = await send(owner, unknowns, { mapping, unknownPeople: 'map', unknownClients: 'map', dryRun: 'true' });
  t.strictSame([...told(mapped), codes(mapped)], [4, 0, 1, [[5, 'unknown-stage']]]);

  t.strictSame((await send(manager, unknowns, createAll)).body.code, 'not-permitted', 'who may not add people');
  const { newPeopleRole: _, ...roleless } = createAll;
  t.strictSame((await send(owner, unknowns, roleless)).body.code, 'new-people-need-a-role');
  const stranger = await send(owner, unknowns, { ...createAll, newProjectsManagerId: 'stranger' });
  t.strictSame([stranger.status, stranger.body.code], [404, 'manager-not-found']);

  const names = ({ body }: Answer) =>
    Object.values(body.newcomers as Record<string, { name: string }[]>).map((list) => list.map(({ name }) => name));
  const brought = [['Vera'], ['Bakery'], ['Shop'], ['Texts', 'Shop']];
  const dry = await send(owner, unknowns, { ...createAll, dryRun: 'true' });
  t.strictSame([...told(dry), names(dry)], [5, 0, 0, brought]);
  const created = await send(owner, unknowns, createAll);
  t.strictSame([created.status, ...told(created), names(created)], [200, 5, 0, 0, brought]);
  const again = await send(owner, unknowns, createAll);
  t.strictSame([...told(again), names(again)], [0, 5, 0, [[], [], [], []]], 'nothing and nobody comes twice');

  const { body: people } = await owner.get('/v1/specialists');
  t.strictSame(people.items.map(({ name, role }: { name: string; role: string }) => [name, role]).sort(), [
    ['Vera', 'writer'],
    ['anna', 'designer'],
    ['boris', 'manager'],
  ]);
  const [shop] = created.body.newcomers.projects;
  const { body: stages } = await owner.get(`/v1/stages?projectId=${shop.id}`);
  t.strictSame(stages.items.map(({ name, status }: { name: string; status: string }) => [name, status]).sort(), [
    ['Shop', 'started'],
    ['Texts', 'started'],
  ]);
  const { body: project } = await owner.get(`/v1/projects/${shop.id}/profitability?asOf=2026-02-28`);
  // Anna's two hours there cost 2 x 1,234.56; Vera has no rate, which is counted and not guessed.
  t.strictSame([project.cost.minor, project.quality.uncostedSeconds], [246_912, HOUR]);
});

const threeRows = (seconds: readonly string[]) =>
  [
    'User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags',
    ...seconds.map((time, n) => `anna,,Flora,Site,design,row ${n},Yes,2026-02-0${n + 2},10:00:00,,,${time},`),
  ].join('\n');

/** Exports that tell the clock, of one morning of Anna's: two hours, and one that begins within them. */
const clocks: Readonly<Record<string, { readonly file: string; readonly options?: Record<string, string> }>> = {
  toggl: {
    file: 'User,Client,Project,Task,Billable,Start date,Start time,Duration\nanna,Flora,Site,design,Yes,2026-02-09,09:00:00,02:00:00\nanna,Flora,Site,design,Yes,2026-02-09,10:30:00,01:00:00\n',
  },
  clockify: {
    file: 'Project,Client,Task,User,Billable,Start Date,Start Time,End Date,End Time,Duration (h)\nSite,Flora,design,anna,Yes,2026-02-10,09:00,2026-02-10,11:00,02:00:00\nSite,Flora,design,anna,Yes,2026-02-10,10:30,2026-02-10,11:30,01:00:00\n',
  },
  kimai: {
    file: 'Date,From,To,Duration,User,Customer,Project,Activity,Billable\n2026-02-11,09:00,11:00,02:00:00,anna,Flora,Site,design,yes\n2026-02-11,10:30,11:30,01:00:00,anna,Flora,Site,design,yes\n',
  },
  solidtime: {
    file: 'Task,Project,Client,User,Start,End,Duration,Billable\ndesign,Site,Flora,anna,2026-02-12 09:00:00,2026-02-12 11:00:00,2:00:00,Yes\ndesign,Site,Flora,anna,2026-02-12 10:30:00,2026-02-12 11:30:00,1:00:00,Yes\n',
  },
};

t.test('imported hours keep their clock times, so the rule on overlaps sees them', async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await smallAgency(owner, await headroom.as('finance'));
  const settings = { name: 'Small', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'capacity' };
  await done(owner, '/v1/agency', { ...settings, overlap: 'refuse' }, 'PUT');
  for (const [name, { file, options = {} }] of Object.entries(clocks)) {
    const { body } = await send(owner, file, options);
    t.strictSame([body.created, body.refused], [1, 1], name);
    const { items } = (await owner.get(`/v1/time-entries?importId=${body.importId}`)).body;
    t.match(items, [{ startedAt: /T06:00:00/, seconds: 2 * HOUR }], `${name}: 9 o’clock in Moscow`);
    const [error] = body.errors;
    t.strictSame([error.line, error.code, error.value], [3, 'overlapping-entry', items[0].entryId], name);
    t.match(error.message, /another entry for some of these minutes/);
    t.strictSame(told(await send(owner, file, options)), [0, 1, 1], `${name}: the same again`);
  }
  const logged = await owner.post('/v1/time-entries', {
    ...{ specialistId: 'anna', stageId: 'design', workDate: '2026-02-12' },
    ...{ seconds: HOUR, startedAt: '2026-02-12T10:30:00+03:00' },
  });
  t.strictSame([logged.status, logged.body.code], [409, 'overlapping-entry'], 'as it does beside an imported one');
  await done(owner, '/v1/agency', { ...settings, overlap: 'allow' }, 'PUT');
  for (const [name, { file, options = {} }] of Object.entries(clocks)) {
    t.strictSame(told(await send(owner, file, options)), [1, 1, 0], `${name}: where overlaps are allowed`);
  }
});

t.test('an import is taken back whole, and may then come again', async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await smallAgency(owner, await headroom.as('finance'));
  const file = threeRows(['01:00:00', '02:00:00', '03:00:00', '04:00:00']);
  const { importId } = (await send(owner, file)).body;
  const { body: list } = await owner.get(`/v1/time-entries?importId=${importId}`);
  const idOf = (hours: number): string =>
    list.items.find(({ seconds }: { seconds: number }) => seconds === hours * HOUR).entryId;
  await done(owner, `/v1/time-entries/${idOf(2)}/correction`, { seconds: 5 * HOUR, reason: 'It took longer' });
  await done(owner, `/v1/time-entries/${idOf(4)}/void`, { reason: 'Never happened' });

  const wish = { reason: 'The wrong month' };
  const revert = await owner.post(`/v1/imports/${importId}/revert`, wish, { 'idempotency-key': 'revert-1' });
  t.strictSame(
    [revert.status, revert.body.voided, revert.body.left, revert.body.leftEntries],
    [200, 2, 1, [{ entryId: idOf(2), code: 'entry-changed' }]],
  );
  const repeated = await owner.post(`/v1/imports/${importId}/revert`, wish, { 'idempotency-key': 'revert-1' });
  t.strictSame([repeated.body.voided, repeated.body.left], [2, 1], 'a retry tells the same');
  const { body: batch } = await owner.get(`/v1/imports/${importId}`);
  t.match(batch, { status: 'reverted', created: 4, voided: 2, leftStanding: 1 });
  t.equal((await owner.get('/v1/stages/design/profitability?asOf=2026-02-28')).body.seconds, 5 * HOUR);

  // One hour and three come again; the changed entry still stands, and the one voided by hand stays away.
  const again = await send(owner, file);
  t.strictSame(told(again), [2, 2, 0]);
  t.equal((await owner.get('/v1/stages/design/profitability?asOf=2026-02-28')).body.seconds, 9 * HOUR);
  t.strictSame(told(await send(owner, file)), [0, 4, 0]);

  const mapped = { mapping: { people: { anna: 'boris' } } };
  await done(owner, `/v1/imports/${again.body.importId}/revert`, { reason: 'It was Boris' });
  t.strictSame(told(await send(owner, file, mapped)), [2, 0, 2], 'for another person, where nothing stands any more');
  const all = await done(owner, `/v1/imports/${importId}/revert`, { reason: 'All of it', changed: 'void' });
  t.strictSame([all.voided, all.left], [1, 0]);
  const none = await owner.post(`/v1/imports/${importId}/revert`, { reason: 'Once more' });
  t.strictSame([none.status, none.body.code], [409, 'nothing-to-revert']);
  const absent = await owner.post('/v1/imports/absent/revert', wish);
  t.strictSame([absent.status, absent.body.code], [404, 'import-not-found']);
  const foreign = await headroom.as('owner', 'other');
  t.equal((await foreign.post(`/v1/imports/${importId}/revert`, wish)).status, 404);
});

const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
};

const ended = (by: Caller, operationId: string) =>
  until(async () => {
    const { status, body } = await by.get(`/v1/operations/${operationId}`, { 'min-position': '0' });
    return status === 200 && body.finishedAt !== null ? body : undefined;
  });

t.test('a large file is imported by an operation that tells how far it is, and can be cancelled', async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await smallAgency(owner, await headroom.as('finance'));
  const size = { rows: 6_000, people: 10, projects: 12 };
  const file = clockifyFile(size);
  t.ok(file.length > 1_048_576);

  const started = await send(owner, file, createAll, 'large');
  const { operationId } = started.body;
  t.strictSame([started.status, started.headers.get('location')], [202, `/v1/operations/${operationId}`]);
  t.match(started.body, { kind: 'import', result: null, progress: { done: 0 } });
  const repeated = await send(owner, file, createAll, 'large');
  t.strictSame([repeated.status, repeated.body.operationId], [202, operationId]);
  t.equal(repeated.headers.get('idempotency-replayed'), 'true');
  const other = await send(owner, `${file}\n`, createAll, 'large');
  t.strictSame([other.status, other.body.code], [422, 'idempotency-key-reused']);

  const operation = await ended(owner, operationId);
  t.match(operation, { status: 'succeeded', progress: { done: size.rows, total: size.rows, secondsLeft: null } });
  t.match(operation.result, { importId: operationId, created: size.rows, refused: 0, seconds: secondsOf(size) });
  const min = { 'min-position': String(operation.result.position) };
  const batch = await until(async () => {
    const { status, body } = await owner.get(`/v1/imports/${operationId}`, min);
    return status === 503 ? undefined : body;
  });
  t.match(batch, { status: 'completed', created: size.rows, seconds: secondsOf(size), format: 'clockify' });

  const dry = await ended(owner, (await send(owner, file, { ...createAll, dryRun: 'true' })).body.operationId);
  t.match(dry, { status: 'succeeded', result: { dryRun: true, created: size.rows, position: null } });
  const useless = await ended(owner, (await send(owner, `a,b\n${'1,2\n'.repeat(300_000)}`)).body.operationId);
  t.match(useless, { status: 'failed', failure: /^line 1: unknown-format/ });

  const reverting = await owner.post(`/v1/imports/${operationId}/revert`, { reason: 'A trial' });
  t.strictSame([reverting.status, reverting.body.kind], [202, 'import-revert']);
  const reverted = await ended(owner, reverting.body.operationId);
  t.match(reverted, { status: 'succeeded', result: { voided: size.rows, left: 0 } });

  const doomed = await send(owner, clockifyFile({ ...size, rows: 16_000 }), createAll);
  await owner.post(`/v1/operations/${doomed.body.operationId}/cancel`, {});
  const cancelled = await ended(owner, doomed.body.operationId);
  t.match(cancelled, { status: 'cancelled', cancelRequested: true });
  t.ok(cancelled.result.created < 16_000);

  const { body: operations } = await owner.get('/v1/operations?kind=import&limit=2');
  t.strictSame([operations.items.length, operations.items[0].operationId], [2, doomed.body.operationId]);
  const { body: next } = await owner.get(`/v1/operations?kind=import&limit=2&cursor=${operations.nextCursor}`);
  t.strictSame(
    next.items.map(({ status }: { status: string }) => status),
    ['succeeded', 'succeeded'],
  );
  const foreign = await headroom.as('owner', 'other');
  t.equal((await foreign.get(`/v1/operations/${operationId}`)).status, 404);
  t.equal((await foreign.post(`/v1/operations/${operationId}/cancel`, {})).status, 404);
  t.equal((await (await headroom.as('sales')).get(`/v1/operations/${operationId}`)).status, 403);
});

t.test('killed in the midst of a long import, the next process goes on: nothing lost, nothing twice', async (t) => {
  const { connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'test' });
  t.teardown(() => pool.end());
  await migrateDatabase(pool);
  const wish = { tenantId: 'northlight', name: 'test', role: 'owner', createdBy: 'system:test' } as const;
  const { key } = await createKey(pool, { ...wish, now: new Date().toISOString() });
  const port = await freePort();
  const program = new URL(import.meta.resolve('@headroom/host/standalone'));
  const headroom = keep('standalone', program, {
    DATABASE_URL: connectionString,
    PORT: String(port),
    DEMO: 'off',
    RATE_LIMIT: 'off',
  });
  t.teardown(() => headroom.stop());

  const call = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
    const sent = {
      'content-type': 'application/json',
      'idempotency-key': `${method} ${path.split('?')[0]}`.replaceAll(' ', '-'),
    };
    const init = body === undefined ? {} : { body };
    const authorization = `Bearer ${key}`;
    return until<Answer['body']>(async () => {
      try {
        const response = await fetch(`http://127.0.0.1:${port}${path}`, {
          method,
          headers: body === undefined ? { authorization, ...headers } : { authorization, ...sent, ...headers },
          ...init,
        });
        return response.status >= 500 ? undefined : await response.json();
      } catch {
        // It is being started again.
        return undefined;
      }
    });
  };
  const settings = { name: 'Studio', currency: 'EUR', timeZone: 'Europe/Berlin', costBasis: 'capacity' };
  await call('PUT', '/v1/agency', JSON.stringify(settings));
  await call('POST', '/v1/specialists', JSON.stringify({ specialistId: 'boris', name: 'Boris', role: 'manager' }));

  const size = { rows: 10_000, people: 25, projects: 40 };
  const { operationId } = await call('POST', `/v1/imports?${query(createAll)}`, clockifyFile(size), CSV);
  const begun: number[] = [];
  for (let kill = 1; kill <= 2; kill += 1) {
    const { progress } = await until(async () => {
      const operation = await call('GET', `/v1/operations/${operationId}`);
      return operation.progress.done > (begun.at(-1) ?? 0) ? operation : undefined;
    });
    begun.push(progress.done);
    headroom.kill();
    await sleep(200);
  }
  t.ok((begun.at(-1) ?? 0) < size.rows, `killed after ${begun.join(', ')} rows`);
  const operation = await until(async () => {
    const found = await call('GET', `/v1/operations/${operationId}`);
    return found.finishedAt === null ? undefined : found;
  });
  t.match(operation, { status: 'succeeded', result: { created: size.rows, alreadyImported: 0, refused: 0 } });

  const min = { 'min-position': String(operation.result.position) };
  const batch = await until(async () => {
    const found = await call('GET', `/v1/imports/${operationId}`, undefined, min);
    return found.status === 'completed' ? found : undefined;
  });
  t.match(batch, { created: size.rows, seconds: secondsOf(size) });
  const logged = await pool.query(
    `select count(*)::int as entries, count(distinct data->>'entryId')::int as ids,
            sum((data->>'seconds')::int)::int as seconds from log.events where type like 'HoursLogged%'`,
  );
  t.strictSame(logged.rows, [{ entries: size.rows, ids: size.rows, seconds: secondsOf(size) }]);
  const made = await pool.query(
    `select type, count(*)::int as times from log.events
      where type in ('SpecialistAdded', 'ClientRegistered', 'ProjectOpened') group by type order by type`,
  );
  t.strictSame(made.rows, [
    { type: 'ClientRegistered', times: 20 },
    { type: 'ProjectOpened', times: 40 },
    { type: 'SpecialistAdded', times: 26 },
  ]);
});
