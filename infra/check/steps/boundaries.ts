import { FOLDERS, readBoundaries, type Violation } from '../boundaries/read-boundaries.ts';
import { rules } from '../boundaries/rules.ts';
import type { Step } from '../step.ts';
import { treeFiles } from '../tree-files.ts';

const reasons = new Map(rules.map(({ name, comment }) => [name, comment]));

const sentence = ({ rule, from, to }: Violation): string => `${from} → ${to}\n  ${rule}: ${reasons.get(rule) ?? ''}`;

const SOURCES = `{${FOLDERS.join(',')}}/**/*.{ts,mts,js,mjs}`;

/** Who may import whom; the patterns are in `boundaries/`. */
export const boundaries: Step = {
  name: 'boundaries',
  look: async (root) => {
    const { files, violations } = await readBoundaries(root);
    const read = new Set(files);
    const unread = treeFiles(root, SOURCES).filter((file) => !read.has(file));
    const found = [...unread.map((file) => `${file} was not read`), ...violations.map(sentence)];
    return found.length > 0 ? found.join('\n') : undefined;
  },
};
