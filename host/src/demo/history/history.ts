import { addDays, monthOf, weekdayOf } from '@headroom/kernel';
import { recordBeginning } from './beginning.ts';
import { recordClientDay } from './clients.ts';
import { recordCorrections, recordHours } from './hours.ts';
import { recordNewMonth, recordRaises } from './months.ts';
import { Recorder, type Step } from './recorder.ts';
import { recordClosedStages, recordNewStages, recordStageNews } from './stages.ts';
import { createWorld, type Span, type World } from './world.ts';

export interface HistoryOptions {
  /** How many events, exactly. */
  readonly events: number;
  readonly tenantId: string;
  /** People of the agency; 200 unless told. */
  readonly specialists?: number;
  readonly seed?: number;
  /** How many entries each person logs on a day; three to five unless told. */
  readonly entriesADay?: Span;
}

const FRIDAY = 5;

const nextWorkingDay = (date: string): string => {
  const next = addDays(date, 1);
  return weekdayOf(next) <= FRIDAY ? next : nextWorkingDay(next);
};

const recordMorning = (world: World, recorder: Recorder, newMonth: boolean): void => {
  if (newMonth) recordNewMonth(world, recorder);
  recordRaises(world, recorder);
  recordNewStages(world, recorder);
  recordStageNews(world, recorder);
  recordClientDay(world, recorder);
  recordHours(world, recorder);
};

/**
 * The history of an agency, working day by working day, the same on every run: nearly nine of ten events are hours, the
 * others are what goes with them in the proportions of an ordinary agency. Nothing of it is refused by a rule.
 */
export function* history(options: HistoryOptions): Generator<Step> {
  const { events, tenantId, specialists = 200, seed = 1, entriesADay = { from: 3, to: 5 } } = options;
  const world = createWorld(specialists, seed, entriesADay);
  const recorder = new Recorder(tenantId, events);
  recordBeginning(world, recorder);
  yield recorder.take();
  while (!recorder.full) {
    const yesterday = world.today;
    world.today = nextWorkingDay(yesterday);
    recordMorning(world, recorder, monthOf(yesterday) !== monthOf(world.today));
    yield recorder.take();
    recordCorrections(world, recorder);
    recordClosedStages(world, recorder);
    yield recorder.take();
  }
}
