import { join } from 'node:path';
import { findingOf } from '../run-program.ts';
import type { Step } from '../step.ts';

/** Format, import order and lint; `npx biome check --write` mends most of it. */
export const lint: Step = {
  name: 'lint',
  look: (root) =>
    findingOf(
      join(root, 'node_modules/@biomejs/biome/bin/biome'),
      ['check', '--error-on-warnings', '--diagnostic-level=warn', '--max-diagnostics=50', '--colors=off'],
      root,
    ),
};
