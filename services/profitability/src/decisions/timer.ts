import type { Activity } from '@headroom/contracts/events';
import { accept, type Decision, type Evolution, type Refused, refuse } from '@headroom/kernel';
import type { TimerEvent } from '../events/streams.ts';
import { type Destination, type DestinationRefusal, placeOf } from './destination.ts';
import type { Specialist } from './surroundings.ts';

const SECONDS_A_DAY = 86_400;

export type RunningTimer = Extract<TimerEvent, { type: 'TimerStarted' }>['data'];

/** The one timer that a specialist may have running. */
export interface Timer {
  running: RunningTimer | undefined;
}

export const timerEvolution: Evolution<Timer, TimerEvent> = {
  initial: () => ({ running: undefined }),
  evolve: (timer, event) => {
    switch (event.type) {
      case 'TimerStarted':
        timer.running = event.data;
        return timer;
      case 'TimerStopped':
      case 'TimerDiscarded':
        if (timer.running?.timerId === event.data.timerId) timer.running = undefined;
        return timer;
    }
  },
};

export interface StartTimer {
  readonly timerId: string;
  readonly specialistId: string;
  readonly projectId?: string | undefined;
  readonly activity: Activity;
  readonly billable?: boolean | undefined;
  readonly goodwill: boolean;
  readonly requestId?: string | undefined;
  readonly note?: string | undefined;
  /** Now, when absent. */
  readonly startedAt?: string | undefined;
}

export type StartTimerRefusal = DestinationRefusal | 'specialist-not-found' | 'timer-running' | 'in-the-future';

const isAfter = (instant: string, other: string): boolean => Date.parse(instant) > Date.parse(other);

export interface StartTimerSurroundings {
  readonly specialist: Specialist;
  readonly destination: Destination;
  readonly now: string;
  /** The timer whose hours stand in a timesheet already: it has stopped, whatever its own stream says. */
  readonly loggedTimerId: string | undefined;
}

export const decideStartTimer = (
  command: StartTimer,
  { running }: Timer,
  { specialist, destination, now, loggedTimerId }: StartTimerSurroundings,
): Decision<TimerEvent, StartTimerRefusal> => {
  if (specialist.data === undefined) return refuse('specialist-not-found');
  if (running !== undefined && running.timerId !== loggedTimerId) {
    return refuse('timer-running', { timerId: running.timerId, startedAt: running.startedAt });
  }
  const place = placeOf(destination, command.projectId);
  if (typeof place === 'string') return refuse(place);
  const startedAt = command.startedAt ?? now;
  if (isAfter(startedAt, now)) return refuse('in-the-future');
  return accept({
    type: 'TimerStarted',
    data: {
      timerId: command.timerId,
      specialistId: command.specialistId,
      ...place,
      startedAt,
      activity: command.activity,
      billable: command.billable ?? !command.goodwill,
      goodwill: command.goodwill,
      requestId: command.requestId ?? null,
      note: command.note ?? null,
    },
  });
};

export type StopRefusal = 'in-the-future' | 'stop-before-start' | 'timer-over-24-hours';

/** Seconds from a timer's start to its stop, whole ones and at least one. */
export const timedSeconds = (
  startedAt: string,
  stoppedAt: string,
  now: string,
): { readonly seconds: number } | Refused<StopRefusal> => {
  if (isAfter(stoppedAt, now)) return refuse('in-the-future');
  const milliseconds = Date.parse(stoppedAt) - Date.parse(startedAt);
  if (milliseconds < 0) return refuse('stop-before-start', { startedAt });
  if (milliseconds > SECONDS_A_DAY * 1_000) return refuse('timer-over-24-hours', { startedAt });
  return { seconds: Math.max(1, Math.floor(milliseconds / 1_000)) };
};

type Stopped = Extract<TimerEvent, { type: 'TimerStopped' }>['data'];

/** Takes note of the stop of the timer whose hours are logged. */
export const decideStopTimer = (stopped: Stopped, { running }: Timer): Decision<TimerEvent, 'no-running-timer'> =>
  running?.timerId === stopped.timerId ? accept({ type: 'TimerStopped', data: stopped }) : refuse('no-running-timer');

export const decideDiscardTimer = (
  { running }: Timer,
  loggedTimerId: string | undefined,
): Decision<TimerEvent, 'no-running-timer'> => {
  if (running === undefined || running.timerId === loggedTimerId) return refuse('no-running-timer');
  return accept({ type: 'TimerDiscarded', data: { timerId: running.timerId, specialistId: running.specialistId } });
};
