import { treeFiles } from '@headroom/check/tree-files';

/** Long runs have a command of their own: `npm run faults`. */
const APART = /^test\/faults\/long/;

/**
 * The test files under `root` whose path holds one of the fragments, or all. Those that cross folders come first: they
 * take longest, and started last they would leave a core idle.
 */
export const findTests = (root: string, fragments: readonly string[]): string[] => {
  const files = treeFiles(root, '**/*.test.ts').filter((file) => !APART.test(file));
  const wanted = fragments.length === 0 ? files : files.filter((file) => fragments.some((part) => file.includes(part)));
  return [...wanted.filter((file) => file.startsWith('test/')), ...wanted.filter((file) => !file.startsWith('test/'))];
};
