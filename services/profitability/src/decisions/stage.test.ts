import { rub, stageIds } from '@headroom/contracts/examples/worked-example';
import t from 'tap';
import { given } from '../../test-support/given.ts';
import type { StageEvent } from '../events/streams.ts';
import { decidePlan, type PlanStage } from './plan-stage.ts';
import { decideOpen, projectEvolution } from './project.ts';
import { decideRecordExpense, decideVoidExpense } from './record-expense.ts';
import { stageEvolution } from './stage.ts';
import { decideClose, decideReopen, decideRevise, decideStart } from './stage-life.ts';
import type { Posting } from './timesheet-rules.ts';

const rates = new Map([
  ['designer', '2328.0000'],
  ['manager', '2816.2500'],
]);
const plan: PlanStage = {
  stageId: stageIds.stageId,
  projectId: stageIds.projectId,
  name: 'Landing design',
  billing: { kind: 'fixed', fee: rub(20_000_000) },
  plannedWork: [
    { role: 'designer', seconds: 144_000 },
    { role: 'manager', seconds: 21_600 },
  ],
};
const around = {
  agency: { data: { currency: 'RUB' } },
  project: { opened: { clientId: stageIds.clientId, serviceType: 'landing-page' } },
  rates,
  prices: new Map<string, string>(),
};

const decided = (decision: { accepted: readonly StageEvent[] } | { refused: string }): StageEvent => {
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.accepted[0] as StageEvent;
};

const stage = (...events: StageEvent[]) => given(stageEvolution, ...events);
const planned = decided(stage().when((state) => decidePlan(plan, state, around)));
const started = decided(stage(planned).when((state) => decideStart({ startedOn: '2026-03-02' }, state, around)));
const closed = decided(stage(planned, started).when((state) => decideClose({ closedOn: '2026-03-31' }, state)));
const reopened = decided(
  stage(planned, started, closed).when((state) => decideReopen({ reopenedOn: '2026-04-02' }, state)),
);

t.test('a project is opened once, for a known client, by a known manager', async (t) => {
  const command = { projectId: 'p', clientId: 'c', name: 'P', managerId: 'boris', openedOn: '2026-03-01' };
  const known = { client: { data: { clientId: 'c' } }, manager: { data: { role: 'manager' } } };
  const open = given(projectEvolution).when((project) => decideOpen(command, project, known));
  t.ok('accepted' in open && open.accepted[0]?.type === 'ProjectOpened');
  const again = 'accepted' in open ? [...open.accepted] : [];
  t.match(
    given(projectEvolution, ...again).when((project) => decideOpen(command, project, known)),
    {
      refused: 'project-exists',
    },
  );
  const refusal = (around: Parameters<typeof decideOpen>[2]) =>
    given(projectEvolution).when((project) => decideOpen(command, project, around));
  t.strictSame(refusal({ ...known, client: { data: undefined } }), { refused: 'client-not-found' });
  t.strictSame(refusal({ ...known, manager: { data: undefined } }), { refused: 'manager-not-found' });
});

t.test('a stage is planned once, in the agency’s currency, with its roles costed', async (t) => {
  t.match(planned.data, {
    ...stageIds,
    serviceType: 'landing-page',
    plannedExpenses: rub(0),
    plannedWork: [
      { role: 'designer', ratePerHour: '2328.0000' },
      { role: 'manager', ratePerHour: '2816.2500' },
    ],
  });
  t.strictSame(
    stage(planned).when((state) => decidePlan(plan, state, around)),
    { refused: 'stage-exists' },
  );
  const unconfigured = { ...around, agency: { data: undefined } };
  t.strictSame(
    stage().when((state) => decidePlan(plan, state, unconfigured)),
    { refused: 'agency-not-configured' },
  );
  const homeless = { ...around, project: { opened: undefined } };
  t.strictSame(
    stage().when((state) => decidePlan(plan, state, homeless)),
    { refused: 'project-not-found' },
  );
  const euro: PlanStage = { ...plan, billing: { kind: 'fixed', fee: { minor: 1, currency: 'EUR' } } };
  t.match(
    stage().when((state) => decidePlan(euro, state, around)),
    { refused: 'currency-mismatch' },
  );
  const unknownRole = { ...plan, plannedWork: [{ role: 'pilot', seconds: 60 }] };
  t.match(decided(stage().when((state) => decidePlan(unknownRole, state, around))).data, {
    plannedWork: [{ role: 'pilot', ratePerHour: null }],
  });
});

t.test('starting freezes the plan at the rates of the day', async (t) => {
  // 40 h x 2,328.00 + 6 h x 2,816.25 = 110,017.50
  t.match(started.data, { startedOn: '2026-03-02', baseline: { revenueMinor: 20_000_000, costMinor: 11_001_750 } });
  const start = (...events: StageEvent[]) =>
    stage(...events).when((state) => decideStart({ startedOn: '2026-03-02' }, state, around));
  t.strictSame(start(), { refused: 'stage-not-found' });
  t.strictSame(start(planned, started), { refused: 'stage-already-started' });
  t.strictSame(start(planned, started, closed), { refused: 'stage-closed' });
});

t.test('an estimate is revised while the stage runs', async (t) => {
  const command = { revisedOn: '2026-03-19', remainingWork: [{ role: 'designer', seconds: 14_400 }] };
  const revise = (events: StageEvent[], more = {}) =>
    stage(...events).when((state) => decideRevise({ ...command, ...more }, state));
  t.match(revise([planned, started]), { accepted: [{ type: 'RemainingEstimateRevised' }] });
  t.strictSame(revise([]), { refused: 'stage-not-found' });
  t.strictSame(revise([planned]), { refused: 'stage-not-started' });
  t.strictSame(revise([planned, started, closed]), { refused: 'stage-closed' });
  const euro = { remainingExpenses: { minor: 1, currency: 'EUR' } };
  t.match(revise([planned, started], euro), { refused: 'currency-mismatch' });
});

t.test('a stage is closed and reopened any number of times, never backwards in time', async (t) => {
  const close = (events: StageEvent[], closedOn = '2026-04-10') =>
    stage(...events).when((state) => decideClose({ closedOn }, state));
  t.match(close([planned, started, closed, reopened]), { accepted: [{ type: 'StageClosed' }] });
  t.strictSame(close([]), { refused: 'stage-not-found' });
  t.strictSame(close([planned]), { refused: 'stage-not-started' });
  t.strictSame(close([planned, started, closed]), { refused: 'stage-closed' });
  t.match(close([planned, started], '2026-03-01'), { refused: 'closed-before-start' });
  t.match(close([planned, started, closed, reopened], '2026-04-01'), { refused: 'closed-before-start' });
  const reopen = (events: StageEvent[], reopenedOn = '2026-04-02') =>
    stage(...events).when((state) => decideReopen({ reopenedOn }, state));
  t.strictSame(reopen([]), { refused: 'stage-not-found' });
  t.strictSame(reopen([planned, started]), { refused: 'stage-not-closed' });
  t.match(reopen([planned, started, closed], '2026-03-30'), { refused: 'reopened-before-close' });
});

t.test('an expense is recorded once, on an open stage, in a real currency', async (t) => {
  const books = { closedMonths: new Set(['2026-02']), today: '2026-03-20' };
  const command = { expenseId: 'taxi', category: 'travel', amount: rub(180_000), incurredOn: '2026-03-12' } as const;
  const record = (events: StageEvent[], more = {}) =>
    stage(...events).when((state) => decideRecordExpense({ ...command, ...more }, state, books));
  const recorded = decided(record([planned, started]));
  t.match(recorded, { type: 'ExpenseRecorded', data: { ...stageIds, expenseId: 'taxi' } });
  t.match(record([planned]), { accepted: [{}] }, 'a licence is bought ahead');
  t.strictSame(record([]), { refused: 'stage-not-found' });
  t.strictSame(record([planned, started, closed]), { refused: 'stage-closed' });
  t.strictSame(record([planned, started, recorded]), { refused: 'expense-exists' });
  t.match(record([planned], { amount: { minor: 1, currency: 'ZZZ' } }), { refused: 'unknown-currency' });

  const february = { incurredOn: '2026-02-27' };
  t.match(record([planned, started], february), { refused: 'period-closed', detail: { month: '2026-02' } });
  const posted = decided(record([planned, started], { ...february, adjustment: true }));
  t.match(posted.data, { incurredOn: '2026-02-27', postedOn: '2026-03-20' });
  const back = { ...february, adjustment: true, postOn: '2026-01-31' };
  t.match(record([planned, started], back), { refused: 'posted-before-work' });

  const voidIt = (events: StageEvent[], closedMonths = books.closedMonths, posting: Posting = {}) =>
    stage(...events).when((state) =>
      decideVoidExpense({ expenseId: 'taxi', ...posting }, state, { ...books, closedMonths }),
    );
  t.match(voidIt([planned, started, posted]), { accepted: [{ type: 'ExpenseVoided' }] }, 'March counts it');
  t.match(voidIt([planned, started, posted], new Set(['2026-03'])), { refused: 'period-closed' });
  const march = new Set(['2026-03']);
  const takenBack = decided(voidIt([planned, started, posted], march, { adjustment: true }));
  t.match(
    takenBack,
    { type: 'ExpenseVoided', data: { postedOn: '2026-04-01' } },
    'today is in March: the next open day',
  );
  const earlier = { adjustment: true, postOn: '2026-02-27' };
  t.match(voidIt([planned, started, posted], march, earlier), { refused: 'posted-before-work' });
  t.match(voidIt([planned, started, posted, takenBack], march), { refused: 'expense-voided' });
});
