import { z } from 'zod';
import { event } from './event.ts';
import { activity, date, entrySeconds, id, instant, note } from './values.ts';

/** Of a running timer, what its entry will say. */
export const timerStarted = event('TimerStarted', 1, {
  timerId: id,
  specialistId: id,
  stageId: id.nullable(),
  projectId: id,
  clientId: id,
  startedAt: instant,
  activity,
  billable: z.boolean(),
  goodwill: z.boolean(),
  requestId: id.nullable(),
  note: note.nullable(),
});

/** Follows the `HoursLogged` of the timer, which names the timer and is what counts. */
export const timerStopped = event('TimerStopped', 1, {
  timerId: id,
  specialistId: id,
  stoppedAt: instant,
  entryId: id,
  workDate: date,
  seconds: entrySeconds,
});

export const timerDiscarded = event('TimerDiscarded', 1, { timerId: id, specialistId: id });

export const timerEvents = [timerStarted, timerStopped, timerDiscarded] as const;
