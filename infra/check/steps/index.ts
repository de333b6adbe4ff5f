import type { Step } from '../step.ts';
import { boundaries } from './boundaries.ts';
import { hygiene } from './hygiene.ts';
import { lint } from './lint.ts';
import { openapi } from './openapi.ts';
import { purity } from './purity.ts';
import { types } from './types.ts';
import { unused } from './unused.ts';

/** All that must hold of the tree, the longest first. */
export const steps: readonly Step[] = [boundaries, openapi, unused, lint, types, purity, hygiene];
