import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { installedBinaries, usableBinaries } from './binaries.ts';
import { settleDataDirectory } from './data-directory.ts';
import { canEnter } from './run-as.ts';
import { isRoot, serverUser } from './server-user.ts';
import { makeSocketDirectory } from './socket-directory.ts';

const root = mkdtempSync('/tmp/embedded-test-');
chmodSync(root, 0o755);
t.teardown(() => rm(root, { recursive: true, force: true }));

const user = serverUser();
const onlyRoot = { skip: !isRoot() && 'only root runs the server as somebody else' };

const version = (program: string) => {
  const { stdout } = spawnSync(program, ['--version'], { ...user, cwd: '/', encoding: 'utf8' });
  return stdout;
};

/** The package as npm unpacks it: without its symbolic links, which some installers have kept as copies. */
const unlinkedPackage = (parent: string): string => {
  const native = join(parent, 'package/native');
  const installed = installedBinaries();
  cpSync(installed, native, { recursive: true, verbatimSymlinks: true });
  cpSync(join(installed, '../package.json'), join(parent, 'package/package.json'));
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { readonly target: string }[];
  for (const { target } of links) rmSync(join(parent, 'package', target), { force: true });
  return native;
};

t.test('the binaries run where they are, and their missing links are put back', async (t) => {
  const native = unlinkedPackage(join(root, 'open'));
  t.notOk(existsSync(join(native, 'lib/libicui18n.so.60')));
  const { postgres } = await usableBinaries(user, native, []);
  t.equal(postgres, join(native, 'bin/postgres'));
  t.equal(readlinkSync(join(native, 'lib/libicui18n.so.60')), 'libicui18n.so.60.2');
  t.match(version(postgres), /PostgreSQL\) 18/);
});

t.test('binaries below a closed directory are copied to where they can run, once', onlyRoot, async (t) => {
  const closed = join(root, 'closed');
  const before = process.umask(0o077);
  t.teardown(() => process.umask(before));
  const native = unlinkedPackage(closed);
  chmodSync(closed, 0o700);
  const shelf = join(root, 'shelf');
  mkdirSync(shelf);
  chmodSync(shelf, 0o755);
  const [first, second] = await Promise.all([
    usableBinaries(user, native, [shelf]),
    usableBinaries(user, native, [shelf]),
  ]);
  t.match(version(first.postgres), /PostgreSQL\) 18/);
  t.equal(second.postgres, first.postgres);
  t.equal((await usableBinaries(user, native, [shelf])).postgres, first.postgres);
  t.equal(readdirSync(shelf).length, 1);
});

t.test('a copy that somebody else could have written is not run', onlyRoot, async (t) => {
  const native = unlinkedPackage(join(root, 'guarded'));
  chmodSync(join(root, 'guarded'), 0o700);
  const shelf = join(root, 'trapped-shelf');
  mkdirSync(shelf);
  chmodSync(shelf, 0o755);
  const { postgres } = await usableBinaries(user, native, [shelf]);
  const planted = join(postgres, '../../..');
  chmodSync(planted, 0o777);
  const again = await usableBinaries(user, native, [shelf]);
  t.not(again.postgres, postgres);
  t.match(version(again.postgres), /PostgreSQL\) 18/);
});

t.test('binaries that do not run at all are an error that quotes them', async (t) => {
  const native = join(root, 'broken/package/native');
  mkdirSync(join(native, 'bin'), { recursive: true });
  cpSync('/bin/false', join(native, 'bin/postgres'));
  await t.rejects(usableBinaries(user, native, []), /does not run here/);
});

t.test('data stays where it was asked for when the server can get there', async (t) => {
  const asked = join(root, 'project/.data/postgres');
  t.equal(await settleDataDirectory(asked, user, join(root, 'unused')), asked);
  t.notOk(existsSync(join(root, 'unused')));
  t.ok(await canEnter(user, join(root, 'project/.data')));
});

t.test('data below a closed home moves to a shelter, with a link that later starts follow', onlyRoot, async (t) => {
  const home = join(root, 'home');
  mkdirSync(home, { mode: 0o700 });
  const asked = join(home, 'project/.data/postgres');
  const shelter = join(root, 'shelter');
  const settled = await settleDataDirectory(asked, user, shelter);
  t.match(settled, new RegExp(`^${shelter}/data-\\w+/postgres$`));
  t.equal(readlinkSync(asked), settled);
  t.equal(await settleDataDirectory(asked, user, shelter), settled, 'before the cluster is made');
  mkdirSync(settled);
  t.equal(await settleDataDirectory(asked, user, shelter), settled, 'and after');
  t.equal(statSync(home).mode & 0o777, 0o700, 'the home stays closed');
});

t.test('the socket goes where its path fits and its user can enter', async (t) => {
  const long = join(root, 'x'.repeat(100));
  mkdirSync(long);
  const closed = join(root, 'locked');
  mkdirSync(closed, { mode: isRoot() ? 0o700 : 0o000 });
  const directory = await makeSocketDirectory(user, [long, closed, root]);
  t.match(directory, new RegExp(`^${root}/headroom-\\w{6}$`));
  await t.rejects(makeSocketDirectory(user, [long, closed]), /No directory for the database socket/);
});
