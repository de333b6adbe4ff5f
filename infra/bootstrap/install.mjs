import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { runProgram } from './program.mjs';

const STAMP = 'node_modules/.headroom-install';
const TOLD_EVERY_MS = 10_000;

const FAILED = `
The installation failed; why is said above. It needs the npm registry (see \`npm config get registry\`): is the network
reachable, and are proxy and certificate settings right? It can be repeated at any time.`;

const say = (text) => process.stderr.write(`${text}\n`);

/** Every file that decides what an installation holds, in a fixed order. */
const manifests = (root) => {
  const found = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'];
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

/** The package manager with its exact version: `pnpm@...`. */
const packageManager = (root) => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager;

/** What an installation of the present manifests on this platform is known by. */
const wantedStamp = (root) => {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of manifests(root)) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
};

/** Says now and then that the work goes on, and keeps all that was written for the case that it fails. */
const follow = (child) => {
  let output = '';
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  const now = () => output.trimEnd().split('\n').at(-1) || 'waiting for the npm registry';
  const timer = setInterval(() => say(`  ${seconds()} s: ${now()}`), TOLD_EVERY_MS);
  child.once('close', () => clearInterval(timer));
  return { output: () => output, seconds };
};

const install = async (root, runtime, stamp) => {
  say('Installing dependencies (first start, or the lockfile changed) ...');
  rmSync(join(root, STAMP), { force: true });
  // NODE_ENV=production would leave out development dependencies, and with them check and tests.
  const { NODE_ENV: _, ...environment } = process.env;
  let progress;
  const code = await runProgram(
    'npm',
    [
      'exec',
      '--yes',
      `--package=${packageManager(root)}`,
      '--',
      'pnpm',
      'install',
      '--frozen-lockfile',
      '--reporter=append-only',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment, CI: 'true', npm_config_prefer_offline: 'true', npm_config_update_notifier: 'false' },
      // npm and pnpm start programs of their own: in a group, all can be ended at once.
      detached: true,
      started: (child) => {
        progress = follow(child);
      },
    },
  );
  // pnpm counts a runtime that it could not fetch as merely optional.
  const complete = code === 0 && runtime() !== undefined;
  if (complete) writeFileSync(join(root, STAMP), stamp);
  if (complete) say(`Installed in ${progress.seconds()} s.`);
  else say(code > 128 ? 'The installation was interrupted.' : `${progress.output()}${FAILED}`);
  return complete ? 0 : code || 1;
};

/**
 * Installs the locked dependencies unless that was done since a manifest last changed. Gives the exit code to leave
 * with, 0 when all is in place. `runtime()` tells where the Node to run on is, when there is one.
 */
export const ensureInstalled = async (root, runtime) => {
  const stamp = wantedStamp(root);
  const file = join(root, STAMP);
  const isInstalled = () => existsSync(file) && readFileSync(file, 'utf8') === stamp && runtime() !== undefined;
  if (isInstalled()) return 0;
  const folder = join(root, '.cache/install');
  return withLock(folder, say, async () => (isInstalled() ? 0 : install(root, runtime, stamp)));
};
