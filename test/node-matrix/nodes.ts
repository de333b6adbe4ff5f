import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Beside the project's own: the line before it that still strips types, and the newest. */
const VERSIONS = ['22.23.3', '26.10.0'];

const cache = fileURLToPath(new URL('../../.cache/nodes', import.meta.url));

/** A Node of a version, through npm as the project gets its own. */
const installed = async (version: string): Promise<string> => {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(cache, version);
  const program = join(folder, `node_modules/${name}/bin/node`);
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', `${name}@${version}`]);
  }
  return program;
};

/** The Nodes on which the same log must give the same rows; the first is the one that runs this. */
export const nodes = async (): Promise<string[]> => {
  const programs = [process.execPath];
  for (const version of VERSIONS) programs.push(await installed(version));
  return programs;
};
