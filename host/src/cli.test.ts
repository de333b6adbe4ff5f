/** The command line: in this process for what it does, as processes of their own for how it is started. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createKey, createLogger } from '@headroom/http';
import t, { type Test } from 'tap';
import { runProgram } from '../test-support/program.ts';
import { ask, dataFolder, startStandalone, until } from '../test-support/standalone.ts';
import { runCommandLine } from './cli/program.ts';
import type { Terminal } from './cli/terminal.ts';
import { openApi, openBase, openProjections } from './composition.ts';
import { migrateDatabaseAt } from './migrations.ts';
import { listen } from './process/listen.ts';

/** Whole processes are started here, maybe on a machine that has other things to do. */
const patiently = { timeout: 240_000 };
t.setTimeout(600_000);

/** Runs a command line with nothing in its environment but what is given. */
const cli = async (environment: NodeJS.ProcessEnv, ...args: string[]) => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    environment,
    print: (text) => void out.push(`${text}\n`),
    tell: (text) => void err.push(`${text}\n`),
    progress: () => undefined,
    endProgress: () => undefined,
  };
  const code = await runCommandLine(args, terminal);
  return { code, out: out.join(''), err: err.join('') };
};

const KEY = /^hdr_live_([0-9a-f]{16})_[\w-]{43}\n$/;

t.test('help, and wrong usage', patiently, async (t) => {
  const help = await cli({}, '--help');
  t.equal(help.code, 0);
  for (const command of [
    'start',
    'api',
    'projector',
    'migrate',
    'status',
    'rebuild',
    'verify',
    'resume',
    'audit',
    'verify-pack',
    'import',
    'key',
  ])
    t.match(help.out, new RegExp(`^  ${command} `, 'm'));
  t.match(help.out, /Exit codes: 0 done/);
  const wrong: [string[], RegExp][] = [
    [['frobnicate'], /^headroom: unknown command 'frobnicate'/],
    [['key', 'create', '--tenant', 'x'], /^headroom: required option '--role <role>' not specified/],
    [['key', 'create', '--tenant', 'x', '--role', 'king', '--name', 'k'], /^headroom: .*'king' is invalid.*owner/],
    [['import', 'file.csv', '--format', 'excel'], /^headroom: .*'excel' is invalid.*toggl/],
  ];
  for (const [args, message] of wrong) {
    const { code, out, err } = await cli({}, ...args);
    t.equal(code, 2, args.join(' '));
    t.equal(out, '');
    t.match(err, message);
  }
  t.match(await cli({ PORT: 'eighty' }, 'migrate'), { code: 2, err: /^headroom: PORT is "eighty"/ });
  t.equal((await cli({}, 'key', 'revoke', '--help')).code, 0);
  const started = await runProgram(t, 'cli.ts', ['api']);
  t.match(started, { code: 1, out: '', err: /^headroom: DATABASE_URL is not set: .*`npm start`.*\n$/ });
  const misused = await runProgram(t, 'cli.ts', ['frobnicate']);
  t.match(misused, { code: 2, err: /^headroom: unknown command/ });
});

t.test('output that nobody reads to its end', async (t) => {
  const program = fileURLToPath(new URL('cli.ts', import.meta.url));
  const { stderr } = spawnSync('sh', ['-c', '"$0" "$1" --help | true', process.execPath, program], {
    encoding: 'utf8',
  });
  t.equal(stderr, '', 'is no fault');
});

t.test('over a database that others run', patiently, async (t) => {
  const { connectionString: databaseUrl } = await testDatabase(t);
  const run = (...args: string[]) => cli({ DATABASE_URL: databaseUrl }, ...args);

  t.match(await run('status'), { code: 1, err: /^headroom: The database is not up to date .*headroom -- migrate`\n$/ });
  const migrated = await run('migrate');
  t.match(migrated, {
    code: 0,
    out: /^applied log\/0001-.*\n(applied .*\n)+The database is up to date; \d+ applied\.\n$/,
  });
  t.match(await run('migrate'), { code: 0, out: 'The database is up to date.\n' });
  t.match(await run('status'), { code: 1, out: /^agency\tmissing\t/ });

  const made = await run(
    'key',
    'create',
    '--tenant',
    'acme',
    '--role',
    'owner',
    '--name',
    'Ann',
    '--expires',
    '2099-01-01',
  );
  t.match(made, { code: 0, out: KEY, err: /shown this once/ });
  const id = KEY.exec(made.out)?.[1] ?? '';
  const listed = await run('key', 'list', '--tenant', 'acme');
  t.equal(listed.out, `${id}\towner\tvalid until 2099-01-01\tAnn\n`);
  t.match(await run('key', 'revoke', id, '--tenant', 'others'), { code: 1, err: /others has no valid key/ });
  t.match(await run('key', 'revoke', id, '--tenant', 'acme'), { code: 0 });
  t.match(await run('key', 'revoke', id, '--tenant', 'acme'), { code: 1 });
  t.match((await run('key', 'list', '--tenant', 'acme')).out, /\trevoked \d{4}-/);
  const refused = await run(
    'key',
    'create',
    '--tenant',
    'acme',
    '--role',
    'owner',
    '--name',
    'Ann',
    '--expires',
    'soon',
  );
  t.match(refused, { code: 1, out: '', err: /^headroom: --expires takes a day .* not soon\n$/ });
  t.match(await run('key', 'create', '--tenant', 'No', '--role', 'owner', '--name', 'Ann'), { code: 1, err: /tenant/ });

  t.match(await run('rebuild', 'agency', 'nonsense'), { code: 1, err: /no projection nonsense; there are agency,/ });
  t.match(await run('rebuild'), { code: 0, out: /^Rebuilt from 0 events/ });
  t.match(await run('status'), { code: 0, out: /^agency\tfollowing\tat 0\t0 behind\n/ });
  t.match(await run('verify', 'roi'), {
    code: 0,
    out: /^roi\.\w+\t0\t[0-9a-f]{64}\n[\s\S]*The live rows are the same\.\n$/,
  });
  t.match(await run('verify', '--at', 'soon'), { code: 1, err: /--at takes a position of the log/ });
  t.match(await run('verify', '--at', '0'), { code: 0, out: /up to position 0 in/ });
  t.match(await run('verify', '--recorded-at', 'soon'), { code: 1, err: /--recorded-at takes an instant/ });
  t.match(await run('verify', '--recorded-at', '2020-01-01T00:00:00Z'), { code: 0, out: /up to position 0 in/ });
  const both = await run('verify', '--at', '0', '--recorded-at', '2020-01-01T00:00:00Z');
  t.match(both, { code: 1, err: /give one of them/ });
  t.match(await run('resume'), { code: 0, out: 'None of them had stopped.\n' });
  const nowhere = await cli({ DATABASE_URL: 'postgres://127.0.0.1:1/none' }, 'migrate');
  t.match(nowhere, { code: 1, err: /^headroom: The database cannot be reached: .*\n$/ });
});

t.test('over the embedded database, running or not', patiently, async (t) => {
  const dataDir = dataFolder(t);
  const run = (...args: string[]) => cli({ DATA_DIR: dataDir }, ...args);
  const create = ['key', 'create', '--tenant', 'acme', '--role', 'owner', '--name', 'Ann'];
  const before = await run(...create);
  t.match(before, { code: 0, out: KEY }, 'it is started for the command');
  const running = await startStandalone(t, dataDir, { DEMO: 'off' });
  const meanwhile = await run(...create);
  t.match(meanwhile, { code: 0, out: KEY }, 'it is found where it runs');
  for (const { out } of [before, meanwhile])
    t.equal((await ask({ url: running.url, owner: out.trim() }, '/v1/clients')).status, 200);
  t.match(await run('status'), { code: 0 });
  running.child.kill('SIGKILL');
  await running.ended;
  t.match(await run('key', 'list', '--tenant', 'acme'), { code: 0, out: /Ann\n.*Ann\n/ }, 'after kill -9, too');
});

const HEADER =
  'User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags';
const row = (who: string, day: string, task: string) =>
  `${who},,Acme,Site,${task},Work,Yes,${day},10:00:00,${day},12:30:00,02:30:00,`;

/** An API with an agency, one specialist and one stage that takes hours. */
const openAgency = async (t: Test) => {
  const { connectionString: databaseUrl } = await testDatabase(t);
  await migrateDatabaseAt(databaseUrl);
  const closing = new AsyncDisposableStack();
  t.teardown(() => closing.disposeAsync());
  const logger = createLogger({ level: 'silent' });
  const base = await openBase(closing, { databaseUrl, eventStoreUrl: undefined, logger, processName: 'test' });
  const { api } = await openApi(closing, base, {
    requestsPerMinute: false,
    trustProxy: false,
    masterKey: '0f'.repeat(32),
  });
  openProjections(closing, base);
  const now = new Date().toISOString();
  const wish = { tenantId: 'acme', name: 'Owner', role: 'owner', createdBy: 'system:test', now } as const;
  const { key: owner } = await createKey(base.pool, wish);
  const headroom = { url: await listen(api, { host: '127.0.0.1', port: 0 }), owner };
  const commands: [string, object][] = [
    ['/v1/agency', { name: 'Acme', currency: 'EUR', timeZone: 'Europe/Berlin', costBasis: 'billable' }],
    ['/v1/specialists', { specialistId: 'ann', name: 'Ann', role: 'designer' }],
    ['/v1/clients', { clientId: 'acme', name: 'Acme', since: '2026-01-01' }],
    ['/v1/projects', { projectId: 'site', clientId: 'acme', name: 'Site', managerId: 'ann', openedOn: '2026-01-01' }],
    [
      '/v1/stages',
      {
        stageId: 'design',
        projectId: 'site',
        name: 'Design',
        billing: { kind: 'fixed', fee: { minor: 100_000, currency: 'EUR' } },
        plannedWork: [],
      },
    ],
    ['/v1/stages/design/start', { startedOn: '2026-03-01' }],
  ];
  for (const [path, body] of commands) {
    const command = path === '/v1/agency' ? { key: path, body, method: 'PUT' as const } : { key: path, body };
    const { status, body: answer } = await ask(headroom, path, command);
    if (status >= 300) throw new Error(JSON.stringify(answer));
  }
  return headroom;
};

t.test('an import', patiently, async (t) => {
  const { url, owner } = await openAgency(t);
  const folder = dataFolder(t);
  mkdirSync(join(folder, 'exports'));
  const file = 'exports/march.csv';
  writeFileSync(
    join(folder, file),
    [
      HEADER,
      row('Ann', '2026-03-16', 'Design'),
      row('Ann', '2026-03-17', 'Design'),
      row('Bob', '2026-03-17', 'Design'),
      '',
    ].join('\n'),
  );
  const env = { DATA_DIR: folder, INIT_CWD: folder, HEADROOM_KEY: owner };
  const run = (...args: string[]) => cli(env, 'import', file, '--url', url, ...args);

  const dry = await run('--dry-run');
  t.match(dry.out, /^Dry run of exports\/march.csv: 2 created, 0 already imported, 1 refused, 0 skipped/);
  const { code, out, err } = await run();
  t.equal(code, 3, 'some lines were refused');
  t.match(out, /^Imported exports\/march.csv: 2 created, 0 already imported, 1 refused, 0 skipped/);
  t.match(err, /^line 4: unknown-person, .*Bob/m);
  t.match(err, /^to be mapped in people: "Bob"/m);
  t.match((await run()).out, /: 0 created, 2 already imported, 1 refused/, 'a second import creates nothing');
  writeFileSync(join(folder, 'mapping.json'), JSON.stringify({ people: { Bob: 'ann' } }));
  const mapped = await run('--mapping', 'mapping.json');
  t.equal(mapped.code, 0);
  t.match(mapped.out, /: 1 created, 2 already imported, 0 refused/);
  await until(async () => {
    const { body } = await ask({ url, owner }, '/v1/time-entries?stageId=design');
    return body.items?.length === 3;
  });

  const long = 'exports/long.csv';
  const note = 'word '.repeat(300);
  const rows = Array.from({ length: 800 }, (_, n) => {
    const day = new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
    return row('Cleo', day, 'Design').replace('Work', note);
  });
  writeFileSync(join(folder, long), [HEADER, ...rows, ''].join('\n'));
  const creating = ['--unknown-people', 'create', '--new-people-role', 'designer'];
  const followed = await cli(env, 'import', long, '--url', url, ...creating);
  t.match(followed.out, /^Created: people Cleo$/m, 'a large file is followed until it is imported');
  t.match(followed.out, /^Imported exports\/long.csv: 800 created, 0 already imported, 0 refused/m);
  t.match(await cli(env, 'import', long, '--url', url), { code: 0, out: /: 0 created, 800 already imported/ });

  t.match(await cli(env, 'import', 'nowhere.csv', '--url', url), {
    code: 1,
    err: /^headroom: nowhere.csv cannot be read: ENOENT\n$/,
  });
  t.match(await run('--time-zone', 'Mars/Olympus'), { code: 1, err: /^headroom: .*\n$/ });
  t.match(await run('--key', 'hdr_live_nonsense'), { code: 1, err: /^headroom: The API refused it with 401/ });
  const keyless = await cli({ ...env, HEADROOM_KEY: '' }, 'import', file, '--url', url);
  t.match(keyless, { code: 1, err: /^headroom: An API key is needed/ });
});
