// Installs what is missing, then runs a script on the project's own Node: `node infra/run.mjs SCRIPT [ARGUMENTS]`.
// Needs nothing but Node >= 20 and npm; this file and bootstrap/ stay free of dependencies and of TypeScript.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './bootstrap/install.mjs';
import { runProgram } from './bootstrap/program.mjs';

const MINIMUM = { installing: 20, running: 24 };
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const major = Number.parseInt(process.versions.node, 10);
const platform = `${process.platform}-${process.arch}`;

/** The locked Node where there is one for this platform, else the one that runs this, if it can run TypeScript. */
const runtime = () => {
  const locked = join(root, `infra/node_modules/node-${platform}/bin/node`);
  if (existsSync(locked)) return locked;
  return major >= MINIMUM.running ? process.execPath : undefined;
};

/** A reason why this cannot work here, however good the network. */
const obstacle = () => {
  if (major < MINIMUM.installing)
    return `Headroom needs Node ${MINIMUM.installing} or newer; this is ${process.version}.`;
  const brought = ['linux-x64', 'linux-arm64'].includes(platform);
  if (brought || major >= MINIMUM.running) return undefined;
  return `Headroom brings a Node of its own for Linux only; on ${platform} please run it with Node ${MINIMUM.running} or newer.`;
};

/** Where Node keeps what it compiled: to strip and compile a thousand files takes each process more than a second. */
const compiled = () => ({ NODE_COMPILE_CACHE: join(root, '.cache/compiled'), ...process.env });

/** Commands that go through whole logs: with a small young generation they need little memory for that. */
const flagsFor = (script) => (/\/(cli|demo-large)\.ts$/.test(script) ? ['--max-semi-space-size=8'] : []);

const main = async ([script, ...args]) => {
  const failure = obstacle();
  if (failure) {
    process.stderr.write(`${failure}\n`);
    return 1;
  }
  const code = await ensureInstalled(root, runtime);
  if (code !== 0) return code;
  // When this process vanishes, even by kill -9, the IPC channel breaks and the script hears `disconnect`.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  return runProgram(runtime(), [...flagsFor(script), join(root, script), ...args], {
    cwd: root,
    stdio,
    env: compiled(),
  });
};

process.exitCode = await main(process.argv.slice(2));
