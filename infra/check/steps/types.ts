import { join } from 'node:path';
import { findingOf } from '../run-program.ts';
import type { Step } from '../step.ts';

export const types: Step = {
  name: 'types',
  look: (root) =>
    findingOf(join(root, 'node_modules/typescript/bin/tsc'), ['--noEmit', '--project', 'tsconfig.json'], root),
};
