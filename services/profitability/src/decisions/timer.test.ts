import t from 'tap';
import { given } from '../../test-support/given.ts';
import type { PeriodEvent, TimerEvent } from '../events/streams.ts';
import type { Destination } from './destination.ts';
import { decideClosePeriod, decideReopenPeriod, periodsEvolution } from './periods.ts';
import {
  decideDiscardTimer,
  decideStartTimer,
  decideStopTimer,
  type StartTimer,
  timedSeconds,
  timerEvolution,
} from './timer.ts';

const project = { opened: { clientId: 'flora', serviceType: null } };
const destination = { stage: undefined, project, request: undefined } as unknown as Destination;
const now = '2026-03-16T09:00:00.000Z';
const command: StartTimer = {
  timerId: 't1',
  specialistId: 'anna',
  projectId: 'site',
  activity: 'production',
  goodwill: false,
};
const anna = { data: { role: 'designer' } };
const start = (events: TimerEvent[], more: Partial<StartTimer> = {}, around = {}) =>
  given(timerEvolution, ...events).when((timer) =>
    decideStartTimer({ ...command, ...more }, timer, {
      specialist: anna,
      destination,
      now,
      loggedTimerId: undefined,
      ...around,
    }),
  );
const only = <Event>(decision: { accepted: readonly Event[] } | { refused: string }): Event => {
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.accepted[0] as Event;
};
const started = only(start([]));

t.test('a specialist has one timer running', async (t) => {
  t.match(started, { type: 'TimerStarted', data: { timerId: 't1', startedAt: now, stageId: null, billable: true } });
  t.match(start([started], { timerId: 't2' }), { refused: 'timer-running', detail: { timerId: 't1', startedAt: now } });
  t.match(start([started], { timerId: 't2' }, { loggedTimerId: 't1' }), { accepted: [{}] }, 'its hours are logged');
  t.match(start([], { startedAt: '2026-03-16T11:30:00+03:00' }), { accepted: [{}] }, 'half an hour ago');
  t.strictSame(start([], { startedAt: '2026-03-16T12:00:01+03:00' }), { refused: 'in-the-future' });
  t.strictSame(start([], {}, { specialist: { data: undefined } }), { refused: 'specialist-not-found' });
  const unopened = { stage: undefined, project: { opened: undefined }, request: undefined };
  t.strictSame(start([], {}, { destination: unopened }), { refused: 'project-not-found' });
  t.match(start([], { goodwill: true }), { accepted: [{ data: { billable: false } }] });
});

t.test('a timer is stopped once, or discarded', async (t) => {
  const data = {
    timerId: 't1',
    specialistId: 'anna',
    stoppedAt: now,
    entryId: 'e',
    workDate: '2026-03-16',
    seconds: 1,
  };
  const stop = (events: TimerEvent[], timerId = 't1') =>
    given(timerEvolution, ...events).when((timer) => decideStopTimer({ ...data, timerId }, timer));
  const stopped = only(stop([started]));
  t.match(stopped, { type: 'TimerStopped', data });
  t.strictSame(stop([started, stopped]), { refused: 'no-running-timer' });
  t.strictSame(stop([started], 'another'), { refused: 'no-running-timer' });
  const discard = (events: TimerEvent[], logged?: string) =>
    given(timerEvolution, ...events).when((timer) => decideDiscardTimer(timer, logged));
  t.match(discard([started]), { accepted: [{ type: 'TimerDiscarded', data: { timerId: 't1' } }] });
  t.strictSame(discard([started], 't1'), { refused: 'no-running-timer' }, 'its hours are logged already');
  t.strictSame(discard([]), { refused: 'no-running-timer' });
  t.match(start([started, stopped], { timerId: 't2' }), { accepted: [{}] });
});

t.test('what a timer has measured', async (t) => {
  const until = (stoppedAt: string, later = '2026-03-18T00:00:00Z') => timedSeconds(now, stoppedAt, later);
  t.strictSame(until('2026-03-16T11:30:00.900Z'), { seconds: 9_000 }, 'whole seconds');
  t.strictSame(until(now), { seconds: 1 }, 'at least one');
  t.strictSame(until('2026-03-17T09:00:00Z'), { seconds: 86_400 });
  t.match(until('2026-03-17T09:00:01Z'), { refused: 'timer-over-24-hours' });
  t.match(until('2026-03-16T08:59:59Z'), { refused: 'stop-before-start' });
  t.strictSame(until('2026-03-16T11:00:00Z', '2026-03-16T10:00:00Z'), { refused: 'in-the-future' });
});

t.test('a month is closed and reopened', async (t) => {
  const close = (events: PeriodEvent[], month = '2026-02') =>
    given(periodsEvolution, ...events).when((periods) => decideClosePeriod({ month, today: '2026-03-20' }, periods));
  const reopen = (events: PeriodEvent[]) =>
    given(periodsEvolution, ...events).when((periods) => decideReopenPeriod({ month: '2026-02' }, periods));
  const closed = only(close([]));
  t.strictSame(closed, { type: 'PeriodClosed', data: { month: '2026-02' } });
  t.strictSame(close([closed]), { refused: 'period-already-closed' });
  t.strictSame(close([], '2026-04'), { refused: 'period-not-begun' });
  t.match(close([closed], '2026-03'), { accepted: [{}] }, 'the present month may be closed early');
  const reopened = only(reopen([closed]));
  t.strictSame(reopened, { type: 'PeriodReopened', data: { month: '2026-02' } });
  t.strictSame(reopen([closed, reopened]), { refused: 'period-not-closed' });
  t.match(close([closed, reopened]), { accepted: [{}] });
});
