import { globSync } from 'node:fs';

const OUTSIDE = new Set(['node_modules', '.git', '.data', '.tap', '.cache', '.pnpm-store']);

/** The tree's own files, relative to its root: no dependencies, data or caches. It asks no git, which may be missing. */
export const treeFiles = (root: string, pattern = '**/*'): string[] =>
  globSync(pattern, { cwd: root, withFileTypes: true, exclude: (entry) => OUTSIDE.has(entry.name) })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length + 1))
    .sort();
