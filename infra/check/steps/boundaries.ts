import { readBoundaries, type Violation } from '../boundaries/read-boundaries.ts';
import { rules } from '../boundaries/rules.ts';
import type { Step } from '../step.ts';

const reasons = new Map(rules.map(({ name, comment }) => [name, comment]));

const sentence = ({ rule, from, to }: Violation): string => `${from} → ${to}\n  ${rule}: ${reasons.get(rule) ?? ''}`;

/** Who may import whom; the patterns are in `boundaries/`. */
export const boundaries: Step = {
  name: 'boundaries',
  look: async (root) => {
    const { files, violations } = await readBoundaries(root);
    if (files.length === 0) return 'no file was read';
    return violations.length > 0 ? violations.map(sentence).join('\n') : undefined;
  },
};
