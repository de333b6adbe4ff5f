import { stageIds } from '@headroom/contracts/examples/worked-example';
import t from 'tap';
import { given } from '../../test-support/given.ts';
import type { TimesheetEvent } from '../events/streams.ts';
import type { Destination } from './destination.ts';
import { type Stage, stageEvolution } from './stage.ts';
import type { Request, Specialist } from './surroundings.ts';
import { timesheetEvolution } from './timesheet.ts';
import { type CorrectHours, decideCorrectHours, decideVoidHours, type VoidHours } from './timesheet-correct.ts';
import { decideLogHours, type LogHours } from './timesheet-log.ts';
import type { TimeRules } from './timesheet-rules.ts';

const HOUR = 3_600;
const anna: Specialist = { data: { role: 'designer' } };
const asked: Request = { data: { requestId: 'r' } };
const unknown: Request = { data: undefined };

const stageThat = (status: Stage['status'], stageId = stageIds.stageId): Stage => ({
  ...stageEvolution.initial(),
  status,
  plan:
    status === 'absent'
      ? undefined
      : {
          ...stageIds,
          stageId,
          name: 'Landing design',
          serviceType: null,
          billing: { kind: 'fixed', fee: { minor: 1, currency: 'RUB' } },
          plannedRevenue: { minor: 1, currency: 'RUB' },
          plannedWork: [],
          plannedActivities: [],
          plannedExpenses: { minor: 0, currency: 'RUB' },
          startsOn: null,
          endsOn: null,
          externalRef: null,
        },
});
const to = (stage: Stage, request?: Request): Destination => ({ stage, project: undefined, request });
const open = to(stageThat('started'));

/** An agency in Moscow that allows overlaps and has closed nothing, on 20 March. */
const usual: TimeRules = {
  overlap: 'allow',
  timeZone: 'Europe/Moscow',
  closedMonths: new Set(),
  today: '2026-03-20',
  neighbours: [],
};

const command: LogHours = {
  entryId: 'e1',
  specialistId: 'anna',
  workDate: '2026-03-16',
  seconds: 8 * HOUR,
  activity: 'production',
  goodwill: false,
};
const log = (
  events: TimesheetEvent[],
  more: Partial<LogHours> = {},
  destination = open,
  specialist = anna,
  rules = usual,
) =>
  given(timesheetEvolution, ...events).when((sheet) =>
    decideLogHours({ ...command, ...more }, sheet, { specialist, destination, rules }),
  );

const accepted = (decision: { accepted: readonly TimesheetEvent[] } | { refused: string }): TimesheetEvent => {
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.accepted[0] as TimesheetEvent;
};
const logged = accepted(log([]));
const voiding = { entryId: 'e1', adjustmentId: 'a1' };

t.test('hours are logged on a running stage', async (t) => {
  t.match(logged, {
    type: 'HoursLogged',
    data: { ...stageIds, role: 'designer', seconds: 8 * HOUR, billable: true, goodwill: false, requestId: null },
  });
  t.match(accepted(log([], { goodwill: true })).data, { billable: false }, 'a favour is not billed');
  t.match(log([], { requestId: 'r' }, to(stageThat('started'), asked)), { accepted: [{}] });
});

t.test('hours without a known place are refused', async (t) => {
  t.strictSame(log([], {}, open, { data: undefined }), { refused: 'specialist-not-found' });
  t.strictSame(log([], {}, to(stageThat('absent'))), { refused: 'stage-not-found' });
  t.strictSame(log([], {}, to(stageThat('planned'))), { refused: 'stage-not-started' });
  t.strictSame(log([], {}, to(stageThat('closed'))), { refused: 'stage-closed' }, 'a closed stage takes no more hours');
  t.strictSame(log([], {}, to(stageThat('started'), unknown)), { refused: 'request-not-found' });
});

t.test('a known project without a stage takes unattributed hours', async (t) => {
  const project = { opened: { clientId: 'c', serviceType: null } };
  const loose = { stage: undefined, project, request: undefined };
  t.match(accepted(log([], { projectId: 'p' }, loose)).data, { stageId: null, projectId: 'p', clientId: 'c' });
  const nowhere = { ...loose, project: { opened: undefined } };
  t.strictSame(log([], { projectId: 'p' }, nowhere), { refused: 'project-not-found' });
});

t.test('a day has 24 hours', async (t) => {
  const day = [logged, accepted(log([logged], { entryId: 'e2', seconds: 16 * HOUR }))];
  t.match(log(day, { entryId: 'e3', seconds: 1 }), { refused: 'day-over-24-hours', detail: { loggedSeconds: 86_400 } });
  t.match(log(day, { entryId: 'e3', workDate: '2026-03-17' }), { accepted: [{}] }, 'the next day is free');
  const voided = accepted(
    given(timesheetEvolution, ...day).when((sheet) =>
      decideVoidHours(voiding, sheet, { from: undefined, rules: usual }),
    ),
  );
  t.match(log([...day, voided], { entryId: 'e3' }), { accepted: [{}] }, 'voided hours make room');
});

const correct = (
  events: TimesheetEvent[],
  more: Partial<CorrectHours>,
  from = stageThat('started'),
  place?: Destination,
  rules = usual,
) =>
  given(timesheetEvolution, ...events).when((sheet) =>
    decideCorrectHours({ ...voiding, ...more }, sheet, {
      from,
      rules,
      to: place ?? { stage: undefined, project: undefined, request: undefined },
    }),
  );

t.test('a correction keeps what it replaces', async (t) => {
  const corrected = accepted(correct([logged], { seconds: HOUR, note: 'Only one' }));
  t.match(corrected, {
    type: 'HoursCorrected',
    data: { before: { seconds: 8 * HOUR, note: null }, after: { seconds: HOUR, note: 'Only one', entryId: 'e1' } },
  });
  t.match(correct([logged, corrected], { note: null }), { accepted: [{ data: { after: { note: null } } }] });
  const moved = correct([logged], {}, stageThat('started'), to(stageThat('started', 'other')));
  t.match(moved, { accepted: [{ data: { after: { stageId: 'other' } } }] });
});

t.test('a correction that cannot be is refused', async (t) => {
  t.strictSame(correct([], { seconds: 1 }), { refused: 'entry-not-found' });
  const voided = accepted(
    given(timesheetEvolution, logged).when((sheet) =>
      decideVoidHours(voiding, sheet, { from: undefined, rules: usual }),
    ),
  );
  t.strictSame(correct([logged, voided], { seconds: 1 }), { refused: 'entry-voided' });
  t.strictSame(correct([logged], { seconds: 1 }, stageThat('closed')), { refused: 'stage-closed' });
  t.strictSame(correct([logged], {}, stageThat('started'), to(stageThat('closed', 'o'))), { refused: 'stage-closed' });
  t.strictSame(correct([logged], {}, stageThat('started'), to(stageThat('absent'))), { refused: 'stage-not-found' });
  t.strictSame(correct([logged], {}, stageThat('started'), to(stageThat('planned'))), { refused: 'stage-not-started' });
  const nowhere = { stage: undefined, project: undefined, request: unknown };
  t.strictSame(correct([logged], { requestId: 'r' }, undefined, nowhere), { refused: 'request-not-found' });
  t.strictSame(correct([logged], { workDate: '2026-04-01' }), { refused: 'other-month' });
  t.strictSame(correct([logged], { goodwill: true, billable: true }), { refused: 'goodwill-billable' });
  t.strictSame(correct([logged], { seconds: 8 * HOUR }), { refused: 'nothing-changed' });
  const other = accepted(log([logged], { entryId: 'e2', seconds: 16 * HOUR }));
  t.match(correct([logged, other], { seconds: 9 * HOUR }), { refused: 'day-over-24-hours' });
  t.match(correct([logged, other], { seconds: 7 * HOUR }), { accepted: [{}] }, 'its own hours are free for it');
});

t.test('an entry is voided once, while its stage is open', async (t) => {
  const voidIt = (events: TimesheetEvent[], from?: Stage, rules = usual, more: Partial<VoidHours> = {}) =>
    given(timesheetEvolution, ...events).when((sheet) =>
      decideVoidHours({ ...voiding, ...more }, sheet, { from, rules }),
    );
  const voided = accepted(voidIt([logged], stageThat('started')));
  t.match(voided, { type: 'HoursVoided', data: { entry: { entryId: 'e1', seconds: 8 * HOUR } } });
  t.strictSame(voidIt([]), { refused: 'entry-not-found' });
  t.strictSame(voidIt([logged, voided]), { refused: 'entry-voided' });
  t.strictSame(voidIt([logged], stageThat('closed')), { refused: 'stage-closed' });
});
