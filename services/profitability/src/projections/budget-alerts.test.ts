import {
  agencyBegins,
  annaEarnsMore,
  entry,
  fontIsPaid,
  stageBegins,
  stageEntries,
  stageGoesOn,
  stageIds,
  type workedExample,
} from '@headroom/contracts/examples/worked-example';
import { foldInMemory } from '@headroom/projecting';
import fc from 'fast-check';
import t from 'tap';
import { recorded, TENANT } from '../../test-support/recorded.ts';
import { budgetOf, reached, slackOf } from '../formulas/budget.ts';
import { alertTable } from '../read-models/alerts/tables.ts';
import { type Configured, configured, viewStage } from '../read-models/stage-view.ts';
import { stageTable } from '../read-models/tables.ts';
import { profitabilityProjection } from './profitability.ts';

type Published = (typeof workedExample)[number];

const readerAfter = async (events: readonly Published[]) =>
  (await foldInMemory([profitabilityProjection], recorded(events))).reader();

const alertsAfter = async (events: readonly Published[]) => {
  const rows = await (await readerAfter(events)).where(alertTable, 'byPosition', [TENANT]);
  return rows
    .sort((one, other) => one.position - other.position || (one.threshold < other.threshold ? -1 : 1))
    .map(({ threshold, raisedOn, cause, costMinor }) => [threshold, raisedOn, cause.id ?? cause.kind, costMinor]);
};

const begun = [...agencyBegins, ...stageBegins];
const logged = (data: ReturnType<typeof entry>): Published => ({ type: 'HoursLogged', data });
const untilNow = [...begun, ...stageGoesOn];

t.test('each threshold is raised once, by the entry that brought the cost there', async (t) => {
  // Planned: 110,017.50; half is 55,008.75, 80% is 88,014. Hour by hour: 24 h of Anna 65,184 + ...
  t.strictSame(await alertsAfter(begun), []);
  t.strictSame(await alertsAfter(untilNow), [
    ['0.500000', '2026-03-16', 'anna-4', 28 * 232_800], // 20 h were 46,560; 28 h are 65,184
    ['0.800000', '2026-03-18', 'anna-6', 39.5 * 232_800], // 36 h were 83,808; 39.5 h are 91,956
    ['1.000000', '2026-03-12', 'boris-3', 39.5 * 232_800 + 7 * 281_625], // 111,669.75
  ]);
});

t.test('a correction below a threshold raises nothing twice', async (t) => {
  const before = entry('big', 'anna', '2026-03-03', 24, 'production');
  const after = { ...before, seconds: 3_600 };
  const again = entry('more', 'anna', '2026-03-05', 23, 'production');
  const events: Published[] = [
    ...begun,
    logged(before),
    { type: 'HoursCorrected', data: { before, after } },
    logged(again),
  ];
  // 24 h are 55,872: half. One hour is not, and 24 h again are.
  t.strictSame(await alertsAfter(events), [['0.500000', '2026-03-03', 'big', 24 * 232_800]]);
});

t.test('an entry, an expense, a rate or a lower threshold can bring it there', async (t) => {
  const twenty = [...begun, ...stageEntries.slice(0, 3).map(logged)]; // 20 h: 46,560
  const expense: Published = {
    type: 'ExpenseRecorded',
    data: {
      expenseId: 'studio',
      ...stageIds,
      category: 'subcontractor',
      amount: { minor: 844_875, currency: 'RUB' },
      incurredOn: '2026-03-06',
      postedOn: null,
      note: null,
      externalRef: null,
    },
  };
  t.strictSame(
    await alertsAfter([...twenty, expense]),
    [['0.500000', '2026-03-06', 'studio', 5_500_875]],
    'to the kopeck',
  );
  const rate: Published = {
    ...annaEarnsMore,
    data: { ...annaEarnsMore.data, effectiveFrom: '2026-03-01', ratePerHour: '2800' },
  } as Published;
  t.strictSame(await alertsAfter([...twenty, rate]), [['0.500000', '2026-03-01', 'anna-2026-03-16', 5_600_000]]);
  const lower: Published = { type: 'StageThresholdsSet', data: { ...stageIds, thresholds: ['0.400000'] } };
  const [alert] = await alertsAfter([...twenty, lower]);
  t.match(alert, ['0.400000', /^20/, 'thresholds', 4_656_000]);
  const none: Published = { type: 'StageThresholdsSet', data: { ...stageIds, thresholds: [] } };
  t.strictSame(await alertsAfter([...begun, none, ...stageGoesOn]), []);
});

t.test('an agreed extra payment adds its estimated cost to the budget', async (t) => {
  const budget = async (events: readonly Published[]) => {
    const row = await (await readerAfter(events)).get(stageTable, TENANT, stageIds.stageId);
    return row === undefined ? undefined : budgetOf(row.ledger, { exchangeRates: [], approvalRequired: false });
  };
  t.match(await budget(untilNow), { actualMinor: 11_910_225, plannedMinor: 11_001_750 });
  t.match(await budget([...untilNow, fontIsPaid]), { plannedMinor: 11_467_350 });
});

const minor = fc.integer({ min: 0, max: 1_000_000_000 });
const threshold = fc
  .integer({ min: 1, max: 2_000_000 })
  .map((n) => `${Math.floor(n / 1_000_000)}.${String(n % 1_000_000).padStart(6, '0')}`);

t.test('labour within the slack never reaches a threshold', async (t) => {
  fc.assert(
    fc.property(minor, minor, fc.array(threshold, { maxLength: 4 }), (actualMinor, plannedMinor, thresholds) => {
      const budget = { actualMinor, plannedMinor, currency: 'RUB' };
      const open = thresholds.filter((each) => !reached(budget, [each]).length);
      const slack = slackOf(budget, open);
      // An exact unit is a 360,000th of a kopeck.
      const added = Math.floor(slack / 360_000);
      return reached({ ...budget, actualMinor: actualMinor + added }, open).length === 0;
    }),
  );
  t.pass();
});

t.test('the budget is that of the stage’s figures', async (t) => {
  const reader = await readerAfter([...untilNow, fontIsPaid, annaEarnsMore]);
  const agency = (await configured(reader, TENANT)) as Configured;
  const row = await reader.get(stageTable, TENANT, stageIds.stageId);
  if (row === undefined) throw new Error('no stage');
  const { figures } = await viewStage(reader, row, agency, '2026-12-31');
  t.match(budgetOf(row.ledger, { exchangeRates: [], approvalRequired: false }), {
    actualMinor: figures.costMinor,
    plannedMinor: figures.planCostMinor,
  });
});
