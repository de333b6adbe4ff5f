import {
  agencyBegins,
  entry,
  stageBegins,
  stageGoesOn,
  stageIds,
  type workedExample,
} from '@headroom/contracts/examples/worked-example';
import { foldInMemory } from '@headroom/projecting';
import fc from 'fast-check';
import t from 'tap';
import { recorded, TENANT } from '../../test-support/recorded.ts';
import { profitabilityQuestions } from '../read-models/for-other-services.ts';
import { AgencyStages } from '../read-models/in-mind/agency-stages.ts';
import { listPeriods } from '../read-models/periods.ts';
import { runningTimer } from '../read-models/running-timer.ts';
import { type Configured, configured, viewStage } from '../read-models/stage-view.ts';
import { stageTable } from '../read-models/tables.ts';
import { listTimeEntries } from '../read-models/time-entries.ts';
import { profitabilityProjection } from './profitability.ts';

type Published = (typeof workedExample)[number];

const begun = [...agencyBegins, ...stageBegins];
const approvals: Published[] = agencyBegins.flatMap((event) =>
  event.type === 'AgencyConfigured' ? [{ ...event, data: { ...event.data, approvalRequired: true } }] : [],
);

const after = async (events: readonly Published[], asOf = '2026-04-30') => {
  const reader = (await foldInMemory([profitabilityProjection], recorded(events))).reader();
  const row = await reader.get(stageTable, TENANT, stageIds.stageId);
  const agency = (await configured(reader, TENANT)) as Configured;
  if (row === undefined) throw new Error('no stage');
  const { figures, state } = await viewStage(reader, row, agency, asOf);
  const { items } = await listTimeEntries(new AgencyStages(), reader, agency, { limit: 200 }, true);
  return { reader, figures, state, items, row };
};

const hours = (id: string, day: string, length = 8): Published => ({
  type: 'HoursLogged',
  data: entry(id, 'anna', day, length, 'production'),
});
const close: Published = { type: 'PeriodClosed', data: { month: '2026-03' } };
const reopen: Published = { type: 'PeriodReopened', data: { month: '2026-03' } };

t.test('hours that land behind the closing of their month are late', async (t) => {
  const { items, figures, reader } = await after([
    ...begun,
    hours('before', '2026-03-03'),
    close,
    hours('behind', '2026-03-04', 2),
    hours('april', '2026-04-01'),
    reopen,
    hours('again', '2026-03-05'),
  ]);
  t.strictSame(
    items.map(({ entryId, late }) => [entryId, late]),
    [
      ['before', false],
      ['behind', true],
      ['again', false],
      ['april', false],
    ],
  );
  t.equal(figures.lateSeconds, 2 * 3_600);
  const { items: periods } = await listPeriods(reader, TENANT, { limit: 10 });
  t.match(periods, [
    { month: '2026-03', status: 'open', history: [{ what: 'closed', by: 'key:owner' }, { what: 'reopened' }] },
  ]);
});

t.test('what adjusts an entry is set off against it where work is told one by one', async (t) => {
  const before = entry('trip', 'boris', '2026-03-10', 4, 'travel');
  const afterwards = { ...before, seconds: 3_600 };
  const line = { lineId: 'less', of: 'after' as const, seconds: -3 * 3_600 };
  const adjustment = { adjustmentId: 'less', before, after: afterwards, postedOn: '2026-04-02', lines: [line] };
  const { reader, items, figures } = await after([
    ...begun,
    { type: 'HoursLogged', data: before },
    close,
    { type: 'HoursAdjusted', data: adjustment },
  ]);
  t.strictSame(
    items.map(({ entryId, workDate, postedOn, seconds, adjusts }) => [entryId, workDate, postedOn, seconds, adjusts]),
    [
      ['trip', '2026-03-10', null, 14_400, null],
      ['less', '2026-03-10', '2026-04-02', -10_800, 'trip'],
    ],
  );
  t.strictSame([figures.seconds, figures.lateSeconds], [3_600, 0]);
  const told = async (asOf: string) =>
    (await profitabilityQuestions(new AgencyStages()).unplannedWork(reader, TENANT, stageIds.stageId, asOf)).map(
      ({ id, seconds }) => [id, seconds],
    );
  t.strictSame(await told('2026-03-31'), [['trip', 14_400]], 'as it was reported');
  t.strictSame(await told('2026-04-30'), [['trip', 3_600]], 'the line is no work of its own');
});

t.test('approvals move hours into the figures, whatever their order', async (t) => {
  const logged = stageGoesOn.flatMap((event) => (event.type === 'HoursLogged' ? [event.data] : []));
  const ids = logged.map(({ entryId }) => entryId);
  const judged = (type: 'HoursSubmitted' | 'HoursApproved', entryId: string): Published => {
    const { specialistId = '' } = logged.find((each) => each.entryId === entryId) ?? {};
    return { type, data: { specialistId, month: '2026-03', entryIds: [entryId], stageIds: [stageIds.stageId] } };
  };
  const all = logged.reduce((sum, { seconds }) => sum + seconds, 0);
  const history = (approved: readonly string[]) => [
    ...begun,
    ...approvals,
    ...stageGoesOn,
    ...ids.map((id) => judged('HoursSubmitted', id)),
    ...approved.map((id) => judged('HoursApproved', id)),
  ];
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(ids), async (approved) => {
      const one = await after(history(approved));
      const other = await after(history(approved.toSorted()));
      return (
        one.figures.costMinor === other.figures.costMinor &&
        one.figures.estimateAtCompletionMinor === other.figures.estimateAtCompletionMinor &&
        one.figures.seconds + one.state.unapprovedSeconds === all
      );
    }),
    { numRuns: 40 },
  );
  const { figures, state } = await after(history(ids));
  t.strictSame([figures.seconds, state.unapprovedSeconds], [all, 0]);
});

t.test('the hours of a timer end it, before its own stream says so', async (t) => {
  const what = { activity: 'rework', billable: true, goodwill: false, requestId: null, note: null } as const;
  const startedAt = '2026-03-10T09:00:00.000Z';
  const timer = { timerId: 't1', specialistId: 'anna', ...stageIds, ...what, startedAt };
  const started: Published = { type: 'TimerStarted', data: timer };
  const running = async (...events: Published[]) =>
    runningTimer((await after([...begun, started, ...events])).reader, TENANT, 'anna', '2026-03-10T09:10:30.500Z');
  t.match(await running(), { timerId: 't1', seconds: 630 });
  const data = { ...entry('timed', 'anna', '2026-03-10', 1, 'rework'), timerId: 't1' };
  t.equal(await running({ type: 'HoursLogged', data }), null);
  t.match(await running(hours('other', '2026-03-10')), { timerId: 't1' }, 'other hours do not');
  t.equal(await running({ type: 'TimerDiscarded', data: { timerId: 't1', specialistId: 'anna' } }), null);
});
