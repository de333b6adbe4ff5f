import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../step.ts';

const firstDifference = (kept: string, made: string): string => {
  const keptLines = kept.split('\n');
  const madeLines = made.split('\n');
  const at = madeLines.findIndex((line, index) => line !== keptLines[index]);
  const line = at === -1 ? madeLines.length : at;
  return `line ${line + 1}\n  kept: ${keptLines[line] ?? '(nothing)'}\n  made: ${madeLines[line] ?? '(nothing)'}`;
};

/** The committed document is the one that the operations make. */
export const openapi: Step = {
  name: 'openapi',
  look: async (root) => {
    // Imported here, so that services which do not even load cannot stop the other steps.
    const { OPENAPI_FILE, openApiText } = await import('../openapi.ts');
    const file = join(root, OPENAPI_FILE);
    const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const made = await openApiText(root);
    if (kept === made) return undefined;
    return `${OPENAPI_FILE} is not what the operations make; \`npm run openapi\` writes it. They differ from ${firstDifference(kept, made)}`;
  },
};
