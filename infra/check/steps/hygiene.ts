import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../step.ts';
import { treeFiles } from '../tree-files.ts';

/** What must be in no file, since it is true of one machine only. */
const FOREIGN: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /(?<![\w.~-])\/(root|work|Users|home\/\w+)\//, what: 'path of one machine' },
  { pattern: /\b(registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com)\b/, what: 'address of a registry' },
  { pattern: /\bresolution: \{.*\btarball: |^\s+tarball: /, what: 'address of a tarball' },
  { pattern: /^(<{7}|>{7}) /, what: 'unfinished merge' },
];

const TEXT = /\.(ts|mjs|js|json|jsonc|yaml|yml|md|sql|csv|sh|txt|html)$|(^|\/)(Dockerfile|run|\.gitignore|\.npmrc)$/;

const findingsIn = (file: string, text: string): string[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      FOREIGN.filter(({ pattern }) => pattern.test(line)).map(
        ({ what }) => `${file}:${index + 1} ${what}: ${line.trim()}`,
      ),
    );

/** No file, the lockfile least of all, holds what belongs to one machine or one registry. */
export const hygiene: Step = {
  name: 'hygiene',
  look: async (root) => {
    const files = [...treeFiles(root), ...treeFiles(root, '.ci/*')].filter((file) => TEXT.test(file));
    const found = files.flatMap((file) => findingsIn(file, readFileSync(join(root, file), 'utf8')));
    return found.length > 0 ? found.join('\n') : undefined;
  },
};
