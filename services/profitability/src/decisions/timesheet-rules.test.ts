import { stageIds } from '@headroom/contracts/examples/worked-example';
import fc from 'fast-check';
import t from 'tap';
import { given } from '../../test-support/given.ts';
import type { TimesheetEvent } from '../events/streams.ts';
import type { Destination } from './destination.ts';
import { type Timesheet, timesheetEvolution } from './timesheet.ts';
import { decideApproveHours, decideRejectHours, decideSubmitHours, type JudgeHours } from './timesheet-approval.ts';
import { type CorrectHours, decideCorrectHours, decideVoidHours } from './timesheet-correct.ts';
import { decideLogHours, type LogHours } from './timesheet-log.ts';
import { firstOpenDay, type TimeRules } from './timesheet-rules.ts';

const HOUR = 3_600;
const specialist = { data: { role: 'designer' } };
const project = { opened: { clientId: stageIds.clientId, serviceType: null } };
const destination = { stage: undefined, project, request: undefined } as unknown as Destination;
const nowhere: Destination = { stage: undefined, project: undefined, request: undefined };

/** Moscow refuses overlaps and has closed February; it is 20 March there. */
const rules: TimeRules = {
  overlap: 'refuse',
  timeZone: 'Europe/Moscow',
  closedMonths: new Set(['2026-02']),
  today: '2026-03-20',
  neighbours: [],
};

const command: LogHours = {
  entryId: 'e1',
  specialistId: 'anna',
  projectId: 'landing',
  workDate: '2026-03-16',
  seconds: 2 * HOUR,
  activity: 'production',
  goodwill: false,
};

const after = (...events: TimesheetEvent[]) => given(timesheetEvolution, ...events);
const log = (events: TimesheetEvent[], more: Partial<LogHours> = {}, under = rules) =>
  after(...events).when((sheet) =>
    decideLogHours({ ...command, ...more }, sheet, { specialist, destination, rules: under }),
  );
const only = (decision: { accepted: readonly TimesheetEvent[] } | { refused: string }): TimesheetEvent => {
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.accepted[0] as TimesheetEvent;
};
const sheetOf = (...events: TimesheetEvent[]): Timesheet =>
  events.reduce((sheet, event) => timesheetEvolution.evolve(sheet, event), timesheetEvolution.initial());

t.test('spans of one person do not overlap where the agency refuses it', async (t) => {
  const nine = '2026-03-16T09:00:00+03:00';
  const first = only(log([], { startedAt: nine }));
  t.match(first.data, { startedAt: nine, timerId: null, postedOn: null });
  const second = (startedAt: string, under = rules) => log([first], { entryId: 'e2', startedAt }, under);
  t.strictSame(second('2026-03-16T10:59:59+03:00'), { refused: 'overlapping-entry', detail: { overlaps: 'e1' } });
  t.strictSame(second('2026-03-16T07:30:00Z'), { refused: 'overlapping-entry', detail: { overlaps: 'e1' } });
  t.match(second('2026-03-16T11:00:00+03:00'), { accepted: [{}] }, 'the end is the next one’s beginning');
  t.match(second('2026-03-16T07:00:00+03:00'), { accepted: [{}] }, 'two hours before');
  t.match(log([first], { entryId: 'e2' }), { accepted: [{}] }, 'an entry without a clock time has no span');
  t.match(second('2026-03-16T10:00:00+03:00', { ...rules, overlap: 'allow' }), { accepted: [{}] });
  t.match(second('2026-03-15T22:30:00Z'), { accepted: [{}] }, '01:30 of the 16th in Moscow');
  t.match(second('2026-03-15T20:30:00Z'), { refused: 'started-on-other-day' });
  const night = { entryId: 'n', workDate: '2026-02-28', startedAt: '2026-02-28T23:00:00+03:00' };
  const open = { ...rules, closedMonths: new Set<string>() };
  const february = sheetOf(only(log([], night, open)));
  const early = { workDate: '2026-03-01', startedAt: '2026-03-01T00:30:00+03:00' };
  t.match(log([], early, { ...open, neighbours: [february] }), { refused: 'overlapping-entry' }, 'over a month’s end');
});

const ids = { entryId: 'e1', adjustmentId: 'a1' };
const correct = (events: TimesheetEvent[], more: Partial<CorrectHours>, under = rules) =>
  after(...events).when((sheet) =>
    decideCorrectHours({ ...ids, ...more }, sheet, { from: undefined, to: nowhere, rules: under }),
  );
const voidIt = (events: TimesheetEvent[], more: Partial<CorrectHours> = {}, under = rules) =>
  after(...events).when((sheet) => decideVoidHours({ ...ids, ...more }, sheet, { from: undefined, rules: under }));

const open: TimeRules = { ...rules, closedMonths: new Set() };
const inFebruary = only(log([], { workDate: '2026-02-10', seconds: 8 * HOUR }, open));

t.test('a closed month takes nothing but adjustments into an open one', async (t) => {
  t.match(log([], { workDate: '2026-02-10' }), { refused: 'period-closed', detail: { month: '2026-02' } });
  const late = log([], { workDate: '2026-02-10', adjustment: true });
  t.match(late, { accepted: [{ data: { workDate: '2026-02-10', postedOn: '2026-03-20' } }] }, 'counted today');
  t.match(log([], { adjustment: true }), { accepted: [{ data: { postedOn: null } }] }, 'an open month needs none');
  const on = (postOn: string) => log([], { workDate: '2026-02-10', adjustment: true, postOn });
  t.match(on('2026-03-02'), { accepted: [{ data: { postedOn: '2026-03-02' } }] });
  t.match(on('2026-02-27'), { refused: 'period-closed' });
  t.match(on('2026-01-31'), { refused: 'posted-before-work' });

  t.match(correct([inFebruary], { seconds: 6 * HOUR }), { refused: 'period-closed' });
  t.match(voidIt([inFebruary]), { refused: 'period-closed' });
  const less = correct([inFebruary], { seconds: 6 * HOUR, adjustment: true });
  t.match(less, {
    accepted: [
      {
        type: 'HoursAdjusted',
        data: {
          before: { seconds: 8 * HOUR },
          after: { seconds: 6 * HOUR },
          postedOn: '2026-03-20',
          lines: [{ lineId: 'a1', of: 'after', seconds: -2 * HOUR }],
        },
      },
    ],
  });
  const adjusted = only(less);
  t.match(correct([inFebruary, adjusted], { seconds: HOUR }, open), { refused: 'entry-adjusted' });
  const again = correct([inFebruary, adjusted], { activity: 'rework', adjustment: true, adjustmentId: 'a2' }, open);
  t.match(again, {
    accepted: [
      {
        data: {
          lines: [
            { lineId: 'a2:out', of: 'before', seconds: -6 * HOUR },
            { lineId: 'a2', of: 'after', seconds: 6 * HOUR },
          ],
        },
      },
    ],
  });
  const gone = voidIt([inFebruary, adjusted], { adjustment: true, adjustmentId: 'a2' });
  t.match(gone, { accepted: [{ data: { after: null, lines: [{ lineId: 'a2', of: 'before', seconds: -6 * HOUR }] } }] });
  t.strictSame(voidIt([inFebruary, adjusted, only(gone)], { adjustment: true }), { refused: 'entry-voided' });
  t.strictSame(correct([inFebruary], { note: 'Same', adjustment: true }), { refused: 'nothing-changed' });
  t.match(correct([inFebruary], { seconds: HOUR, adjustment: true, postOn: '2026-02-28' }), {
    refused: 'period-closed',
  });
  t.match(correct([inFebruary], { seconds: 25 * HOUR, adjustment: true }), { refused: 'day-over-24-hours' });
  t.equal(firstOpenDay('2026-02-10', new Set(['2026-02', '2026-03'])), '2026-04-01');
});

const anna = { specialistId: 'anna', month: '2026-03' };
const submit = (events: TimesheetEvent[], more: Partial<JudgeHours> = {}) =>
  after(...events).when((sheet) => decideSubmitHours({ ...anna, ...more }, sheet));
const approve = (events: TimesheetEvent[], more: Partial<JudgeHours> = {}) =>
  after(...events).when((sheet) => decideApproveHours({ ...anna, ...more }, sheet));
const reject = (events: TimesheetEvent[], more: Partial<JudgeHours> = {}) =>
  after(...events).when((sheet) => decideRejectHours({ ...anna, ...more }, sheet));

const one = only(log([], { entryId: 'e1' }));
const two = only(log([one], { entryId: 'e2', workDate: '2026-03-17' }));
const both = [one, two];

t.test('hours are submitted, then approved or rejected by another', async (t) => {
  t.strictSame(submit([]), { refused: 'nothing-to-submit' });
  const submitted = only(submit(both));
  t.match(submitted, { type: 'HoursSubmitted', data: { ...anna, entryIds: ['e1', 'e2'] } });
  const second = { from: '2026-03-17', to: '2026-03-18' };
  t.match(submit(both, second), { accepted: [{ data: { entryIds: ['e2'] } }] });
  t.match(submit([...both, submitted], { entryIds: ['e1'] }), {
    refused: 'entry-not-a-draft',
    detail: { entryId: 'e1', status: 'submitted' },
  });
  t.match(submit(both, { entryIds: ['none'] }), { refused: 'entry-not-found' });

  t.strictSame(approve(both), { refused: 'nothing-submitted' });
  t.match(approve(both, { entryIds: ['e1'] }), { refused: 'entry-not-submitted' });
  t.strictSame(approve([...both, submitted], { judgeId: 'anna' }), { refused: 'own-hours' });
  t.strictSame(reject([...both, submitted], { judgeId: 'anna' }), { refused: 'own-hours' });
  const approved = only(approve([...both, submitted], { ...second, judgeId: 'boris' }));
  t.match(approved, { type: 'HoursApproved', data: { entryIds: ['e2'] } });
  t.match(reject([...both, submitted, approved]), { accepted: [{ data: { entryIds: ['e1'] } }] });
  const taken = only(reject([...both, submitted, approved], { entryIds: ['e2'] }));
  t.match(taken, { type: 'HoursRejected', data: { entryIds: ['e2'] } }, 'an approval is taken back by name');
  t.match(submit([...both, submitted, approved, taken]), { accepted: [{ data: { entryIds: ['e2'] } }] });

  const corrected = only(correct([...both, submitted, approved], { entryId: 'e2', seconds: HOUR }));
  t.match(submit([...both, submitted, approved, corrected]), {
    accepted: [{ data: { entryIds: ['e2'] } }],
  });
  const voided = only(voidIt(both));
  t.match(submit([...both, voided]), { accepted: [{ data: { entryIds: ['e2'] } }] });
});

t.test('an entry and the lines of its adjustments are judged together', async (t) => {
  const adjusted = only(correct([inFebruary], { seconds: HOUR, adjustment: true }));
  const february = { month: '2026-02', entryIds: ['a1'] };
  const submitted = only(submit([inFebruary, adjusted], february));
  t.match(submitted, { data: { entryIds: ['e1', 'a1'] } });
  const approved = only(approve([inFebruary, adjusted, submitted], february));
  t.match(approved, { data: { entryIds: ['e1', 'a1'] } });
  const history = [inFebruary, adjusted, submitted, approved];
  t.match(reject(history, { month: '2026-02', entryIds: ['e1'] }), {
    accepted: [{ data: { entryIds: ['e1', 'a1'] } }],
  });
});

t.test('in whatever order entries are approved, the same hours are approved', async (t) => {
  const entries = Array.from({ length: 6 }, (_, index) =>
    only(log([], { entryId: `e${index}`, workDate: `2026-03-0${index + 1}` })),
  );
  const names = entries.map((_, index) => `e${index}`);
  const statuses = (order: readonly string[]) => {
    let history: TimesheetEvent[] = [...entries, only(submit(entries))];
    for (const id of order) history = [...history, only(approve(history, { entryIds: [id] }))];
    return [...sheetOf(...structuredClone(history)).judged].map(([id, { status }]) => `${id} ${status}`).sort();
  };
  const order = fc.shuffledSubarray(names, { minLength: names.length });
  fc.assert(
    fc.property(order, fc.nat(names.length), (shuffled, count) => {
      const some = shuffled.slice(0, count);
      return JSON.stringify(statuses(some)) === JSON.stringify(statuses(some.toSorted()));
    }),
  );
  t.equal(statuses(names).length, 6);
});
