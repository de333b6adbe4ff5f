import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Test } from 'tap';

/** The files that a small tree of our shape holds: paths from its root, and texts. */
export type Tree = Readonly<Record<string, string>>;

const REGISTRY = ['zod', 'pg', 'tap'];

const write = (root: string, path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const manifest = (name: string, main: string): string =>
  JSON.stringify({ name, type: 'module', exports: { '.': main } });

/**
 * Writes a tree into a folder that goes when the test ends, with stand-ins for a few packages of the registry and with
 * its own packages linked as pnpm links them. Gives the folder.
 */
export const plantTree = (t: Test, tree: Tree): string => {
  const root = mkdtempSync(join(tmpdir(), 'headroom-tree-'));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  for (const name of REGISTRY) {
    write(root, `node_modules/${name}/package.json`, manifest(name, './index.js'));
    write(root, `node_modules/${name}/index.js`, 'export default 1;\n');
  }
  for (const [path, text] of Object.entries(tree)) write(root, path, text);
  mkdirSync(join(root, 'node_modules/@headroom'));
  const packages = new Set(Object.keys(tree).flatMap((path) => /^(?:packages|services)\/[^/]+/.exec(path) ?? []));
  for (const path of packages) {
    const name = `@headroom/${path.split('/').at(-1)}`;
    write(root, `${path}/package.json`, manifest(name, './src/index.ts'));
    symlinkSync(relative(join(root, 'node_modules/@headroom'), join(root, path)), join(root, 'node_modules', name));
  }
  return root;
};
