import { join } from 'node:path';
import { findingOf } from '../run-program.ts';
import type { Step } from '../step.ts';

const KINDS = 'files,dependencies,unlisted,unresolved,exports,duplicates';

/** Files that nothing reaches, exports that nobody imports, dependencies that are not used or not declared. */
export const unused: Step = {
  name: 'unused',
  look: (root) =>
    findingOf(
      join(root, 'infra/check/node_modules/knip/bin/knip.js'),
      [
        '--directory',
        root,
        '--config',
        'infra/check/knip.json',
        '--include',
        KINDS,
        '--no-progress',
        '--no-config-hints',
      ],
      root,
    ),
};
