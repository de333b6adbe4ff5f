import { categories, type TimeEntry } from '@headroom/contracts/events';
import { monthOf } from '@headroom/kernel';
import type { Recorder } from './recorder.ts';
import { forgetOldEntries, type Specialist, type Stage, type World } from './world.ts';

const QUARTER = 900;
const ACTIVITIES = [
  ...new Array(14).fill('production'),
  ...new Array(3).fill('communication'),
  'travel',
  'rework',
  'management',
] as readonly TimeEntry['activity'][];
const NOTES = ['Second round of the hero section', 'Call about the price list', 'Weekly meeting', 'Fixed the form'];

const entryOf = (world: World, { id, role, stages }: Specialist): { entry: TimeEntry; stage: Stage | undefined } => {
  const { random, today, projects, requests } = world;
  const stage = stages.length > 0 && !random.chance(0.01) ? random.pick(stages) : undefined;
  const { projectId, clientId } = stage?.ids ?? random.pick(projects);
  const goodwill = random.chance(0.02);
  const request = random.chance(0.02) ? requests.find((one) => one.stage === stage) : undefined;
  const entry: TimeEntry = {
    entryId: random.id(),
    specialistId: id,
    role,
    stageId: stage?.ids.stageId ?? null,
    projectId,
    clientId,
    workDate: today,
    seconds: random.integer(2, 10) * QUARTER,
    activity: random.pick(ACTIVITIES),
    billable: !goodwill && !random.chance(0.1),
    goodwill,
    requestId: request?.requestId ?? null,
    note: random.chance(0.4) ? random.pick(NOTES) : null,
    externalRef: null,
    importId: null,
    startedAt: null,
    timerId: null,
    postedOn: null,
  };
  return { entry, stage };
};

const timesheet = ({ specialistId, workDate }: TimeEntry): string[] => [specialistId, monthOf(workDate)];

/** What everybody logs in the evening. */
export const recordHours = (world: World, recorder: Recorder): void => {
  for (const specialist of world.specialists) {
    for (let entries = world.random.integer(world.entriesADay.from, world.entriesADay.to); entries > 0; entries -= 1) {
      const { entry, stage } = entryOf(world, specialist);
      recorder.record(categories.timesheet, timesheet(entry), [{ type: 'HoursLogged', data: entry }]);
      if (stage) stage.entries += 1;
      world.recent.push({ entry, stage });
    }
  }
  forgetOldEntries(world);
};

const correctedOf = ({ random, recent }: World, index: number): TimeEntry => {
  const { entry } = recent[index] as World['recent'][number];
  const stages = recent.filter(({ entry: other }) => other.specialistId === entry.specialistId).slice(0, 5);
  const to = random.chance(0.2) ? random.pick(stages).entry : entry;
  const { stageId, projectId, clientId } = to;
  return { ...entry, stageId, projectId, clientId, seconds: entry.seconds + QUARTER };
};

/** Mistakes found: entries of the last days are corrected, some of them voided. */
export const recordCorrections = (world: World, recorder: Recorder): void => {
  const { random, specialists } = world;
  for (let n = Math.round(specialists.length * 0.14); n > 0 && world.recent.length > 0; n -= 1) {
    const index = random.integer(0, world.recent.length - 1);
    const { entry: before, stage } = world.recent[index] as World['recent'][number];
    if (random.chance(0.2)) {
      const voided = { type: 'HoursVoided', data: { entry: before } } as const;
      recorder.record(categories.timesheet, timesheet(before), [voided], 'Logged twice');
      world.recent.splice(index, 1);
      continue;
    }
    const after = correctedOf(world, index);
    const moved = world.recent.find(({ entry }) => entry.stageId === after.stageId)?.stage;
    const corrected = { type: 'HoursCorrected', data: { before, after } } as const;
    recorder.record(categories.timesheet, timesheet(before), [corrected], 'The break was counted as work');
    world.recent[index] = { entry: after, stage: after.stageId === before.stageId ? stage : moved };
  }
};
