import type { Figure } from '../figure.ts';
import { append } from './append.ts';
import { clientRoi } from './client-roi.ts';
import { importFile } from './import.ts';
import { knownAt } from './known-at.ts';
import { liveProjection } from './live-projection.ts';
import { logHours } from './log-hours.ts';
import { lostEvents } from './lost-events.ts';
import { notary } from './notary.ts';
import { openLoop } from './open-loop.ts';
import { questions } from './questions.ts';
import { rateChange } from './rate-change.ts';
import { rebuild } from './rebuild.ts';
import { stageProfitability } from './stage-profitability.ts';
import { visible } from './visible.ts';

/** Every figure, in the order in which they are measured. */
export const figures: readonly Figure[] = [
  append,
  notary,
  lostEvents,
  logHours,
  stageProfitability,
  openLoop,
  rebuild,
  liveProjection,
  visible,
  questions,
  importFile,
  clientRoi,
  rateChange,
  knownAt,
];
