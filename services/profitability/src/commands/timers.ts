import type { CommandContext, Commands, Outcome } from '@headroom/commanding';
import { accept, derivedId, localDate, monthOf, refuse } from '@headroom/kernel';
import {
  decideDiscardTimer,
  decideStartTimer,
  decideStopTimer,
  type RunningTimer,
  type StartTimer,
  type StopRefusal,
  type Timer,
  timedSeconds,
} from '../decisions/timer.ts';
import type { LogHoursRefusal } from '../decisions/timesheet-log.ts';
import { specialistStreamId, type TimerEvent, timerStreamId, timesheetStreamId } from '../events/streams.ts';
import { specialistKind, timerKind, timesheetKind } from './kinds.ts';
import { destinationOf, logHours } from './log-hours.ts';
import { booksOf } from './time-rules.ts';

/** The key under which a timer's hours are logged: however often and by whomever it is stopped, they are logged once. */
const hoursContext = (context: CommandContext, { timerId }: RunningTimer): CommandContext => {
  const { expectedRevision: _, ...rest } = context;
  return { ...rest, commandKey: `timer:${timerId}`, fingerprint: derivedId('timer', timerId) };
};

const entryIdOf = (tenantId: string, { timerId }: RunningTimer): string =>
  derivedId('entry', tenantId, `timer:${timerId}`);

interface Found {
  readonly streamId: string;
  readonly timer: Timer;
  readonly timeZone: string;
  /** The running timer when its hours stand in the timesheet already: the stop was not taken note of. */
  readonly loggedTimerId: string | undefined;
}

/** A specialist's timer; undefined when there is no such specialist. */
const timerOf = async (
  commands: Commands,
  context: CommandContext,
  specialistId: string,
): Promise<Found | undefined> => {
  const { tenantId } = context;
  const streamId = timerStreamId(tenantId, specialistId);
  const [specialist, { state: timer }, { timeZone }] = await Promise.all([
    commands.state(specialistKind, specialistStreamId(tenantId, specialistId)),
    commands.state(timerKind, streamId),
    booksOf(commands, context),
  ]);
  if (specialist.state.data === undefined) return undefined;
  const { running } = timer;
  if (running === undefined) return { streamId, timer, timeZone, loggedTimerId: undefined };
  const month = monthOf(localDate(running.startedAt, timeZone));
  const { state } = await commands.state(timesheetKind, timesheetStreamId(tenantId, specialistId, month));
  const logged = state.entries.has(entryIdOf(tenantId, running));
  return { streamId, timer, timeZone, loggedTimerId: logged ? running.timerId : undefined };
};

export const startTimer = async (
  commands: Commands,
  context: CommandContext,
  command: Omit<StartTimer, 'timerId'> & { readonly stageId?: string | undefined },
) => {
  const { tenantId, commandKey, now } = context;
  const found = await timerOf(commands, context, command.specialistId);
  if (found === undefined) return undefined;
  const [specialist, destination] = await Promise.all([
    commands.state(specialistKind, specialistStreamId(tenantId, command.specialistId)),
    destinationOf(commands, tenantId, command),
  ]);
  const timerId = derivedId('timer', tenantId, commandKey);
  const { loggedTimerId, streamId } = found;
  return commands.execute({
    kind: timerKind,
    streamId,
    context,
    decide: (timer) =>
      decideStartTimer({ ...command, timerId }, timer, {
        specialist: specialist.state,
        destination,
        now,
        loggedTimerId,
      }),
  });
};

/**
 * Logs the hours of a running timer on the day on which it was started. Hours that are logged already are found, whatever
 * the stop says now: a stop that is repeated days after its process died is no stop of a timer that ran for days.
 */
const logTimed = async (
  commands: Commands,
  context: CommandContext,
  { running, stoppedAt, found }: { running: RunningTimer; stoppedAt: string; found: Found },
) => {
  const { timeZone, loggedTimerId } = found;
  const logged = loggedTimerId === running.timerId;
  const timed = logged ? { seconds: 1 } : timedSeconds(running.startedAt, stoppedAt, context.now);
  if ('refused' in timed) {
    const { refused: code, detail } = timed;
    return detail === undefined ? ({ kind: 'refused', code } as const) : ({ kind: 'refused', code, detail } as const);
  }
  const { stageId, projectId, clientId: _, requestId, note, ...what } = running;
  return logHours(commands, hoursContext(context, running), {
    ...what,
    ...(stageId === null ? { projectId } : { stageId }),
    requestId: requestId ?? undefined,
    note: note ?? undefined,
    workDate: localDate(running.startedAt, timeZone),
    seconds: timed.seconds,
  });
};

type StopOutcome = Outcome<TimerEvent, StopRefusal | LogHoursRefusal | 'no-running-timer'>;

const secondsAfter = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1_000).toISOString();

export interface StopTimer {
  readonly specialistId: string;
  /** Only this timer; whichever runs, when absent. */
  readonly timerId?: string | undefined;
  /** Now, when absent. */
  readonly stoppedAt?: string | undefined;
}

/**
 * Stops a specialist's timer. The hours are logged first, under a key made of the timer, and then the timer takes note:
 * whoever dies between the two has logged them, and the next stop finds them instead of logging them again.
 */
export const stopTimer = async (
  commands: Commands,
  context: CommandContext,
  command: StopTimer,
): Promise<StopOutcome | undefined> => {
  const { specialistId, timerId, stoppedAt = context.now } = command;
  const found = await timerOf(commands, context, specialistId);
  if (found === undefined) return undefined;
  const wish = { kind: timerKind, streamId: found.streamId, context };
  // A stop that was carried out before is found by its key, before another timer's hours could be logged for it.
  const before = await commands.execute({
    ...wish,
    decide: ({ running }: Timer) =>
      running === undefined || (timerId ?? running.timerId) !== running.timerId
        ? refuse('no-running-timer')
        : accept<TimerEvent>(),
  });
  const { running } = found.timer;
  if (before.kind !== 'accepted' || before.replayed || running === undefined) return before;
  const logged = await logTimed(commands, context, { running, stoppedAt, found });
  if (logged.kind !== 'accepted') return logged;
  const [hours] = logged.events;
  if (hours?.type !== 'HoursLogged') throw new Error('the hours of a timer were not logged as such');
  const { entryId, workDate, seconds } = hours.data;
  const end = secondsAfter(running.startedAt, seconds);
  const stopped = { timerId: running.timerId, specialistId, stoppedAt: end, entryId, workDate, seconds };
  return commands.execute({ ...wish, decide: (timer: Timer) => decideStopTimer(stopped, timer) });
};

export const discardTimer = async (
  commands: Commands,
  context: CommandContext,
  { specialistId, reason }: { readonly specialistId: string; readonly reason?: string | undefined },
) => {
  const found = await timerOf(commands, context, specialistId);
  if (found === undefined) return undefined;
  const { streamId, loggedTimerId } = found;
  return commands.execute({
    kind: timerKind,
    streamId,
    context,
    ...(reason === undefined ? {} : { reason }),
    decide: (timer) => decideDiscardTimer(timer, loggedTimerId),
  });
};
