import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pureFolders } from '../boundaries/folders.ts';
import { findImpurities } from '../purity/find-impurities.ts';
import type { Step } from '../step.ts';

const PATTERN = `services/*/src/{${pureFolders.join(',')}}/**/*.ts`;

/** Decisions, formulas and folds are functions of their arguments alone. */
export const purity: Step = {
  name: 'purity',
  look: async (root) => {
    const files = globSync(PATTERN, { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
    if (files.length === 0) return `no file matches ${PATTERN}`;
    const found = files.flatMap((file) =>
      findImpurities(readFileSync(join(root, file), 'utf8')).map(({ line, what }) => `${file}:${line} ${what}`),
    );
    return found.length > 0 ? found.join('\n') : undefined;
  },
};
