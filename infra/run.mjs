// Installs what is missing, then runs a script on the project's own Node.
// Needs nothing but Node >= 20 and npm; must therefore stay free of dependencies.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PNPM = '10.34.8';
const runtime = join(root, 'node_modules/node/bin/node');
const stampFile = join(root, 'node_modules/.headroom-install');

const manifests = () => {
  const found = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc'];
  const visit = (folder, depth) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (existsSync(join(root, path, 'package.json'))) found.push(`${path}/package.json`);
      if (depth < 2) visit(path, depth + 1);
    }
  };
  visit('', 0);
  return found.sort();
};

const stamp = () => {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}-${PNPM}`);
  for (const file of manifests()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
};

const installed = (wanted) =>
  existsSync(runtime) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted;

const install = (wanted) => {
  process.stderr.write('Installing dependencies (first start, or the lockfile changed) ...\n');
  const { status } = spawnSync(
    'npm',
    ['exec', '--yes', `--package=pnpm@${PNPM}`, '--', 'pnpm', 'install', '--frozen-lockfile', '--reporter=append-only'],
    { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, CI: 'true' }, shell: process.platform === 'win32' },
  );
  if (status !== 0) {
    process.stderr.write('The installation failed; its output is above.\n');
    process.exit(status ?? 1);
  }
  writeFileSync(stampFile, wanted);
};

const wanted = stamp();
if (!installed(wanted)) install(wanted);

const [script, ...args] = process.argv.slice(2);
// The child gets an IPC channel: when this process vanishes, even by kill -9, the child hears `disconnect`.
const child = spawn(runtime, [join(root, script), ...args], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, HEADROOM_SUPERVISED: '1' },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
