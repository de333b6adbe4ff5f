import type { Figure } from '../figure.ts';
import { append } from './append.ts';
import { lostEvents } from './lost-events.ts';

/** Every figure, in the order in which they are measured. */
export const figures: readonly Figure[] = [append, lostEvents];
