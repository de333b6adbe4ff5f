import {
  agencyBegins,
  annaEarnsMore,
  entry,
  fontIsPaid,
  stageBegins,
  stageEntries,
  stageGoesOn,
  stageIds,
  workedExample,
} from '@headroom/contracts/examples/worked-example';
import { foldInMemory } from '@headroom/projecting';
import fc from 'fast-check';
import t from 'tap';
import { recorded, TENANT } from '../../test-support/recorded.ts';
import { AgencyStages } from '../read-models/in-mind/agency-stages.ts';
import { levelProfitability } from '../read-models/level-profitability.ts';
import { answerSmallRequest } from '../read-models/small-request/answer.ts';
import { stageProfitabilityOf } from '../read-models/stage-profitability.ts';
import { type Configured, configured, viewStage } from '../read-models/stage-view.ts';
import { stageTable } from '../read-models/tables.ts';
import { listTimeEntries } from '../read-models/time-entries.ts';
import { profitabilityProjection } from './profitability.ts';

type Published = (typeof workedExample)[number];

const readerAfter = async (events: readonly Published[]) =>
  (await foldInMemory([profitabilityProjection], recorded(events))).reader();

const stageAfter = async (events: readonly Published[], asOf = '2026-03-31', seesRates = true) => {
  const reader = await readerAfter(events);
  const row = await reader.get(stageTable, TENANT, stageIds.stageId);
  const agency = (await configured(reader, TENANT)) as Configured;
  if (row === undefined) throw new Error('no stage');
  const view = await viewStage(reader, row, agency, asOf);
  return {
    reader,
    row,
    agency,
    view,
    answer: stageProfitabilityOf(view, { seesRates, basis: 'earned', knownAt: reader.position }),
  };
};

const untilNow = [...agencyBegins, ...stageBegins, ...stageGoesOn];
const rub = (minor: number) => ({ minor, currency: 'RUB' });

t.test('the stage of the worked example', async (t) => {
  const { answer } = await stageAfter(untilNow);
  t.strictSame(answer.plan.cost, rub(11_001_750), '40 x 2,328 + 6 x 2,816.25');
  t.equal(answer.plan.margin, '0.449913');
  t.strictSame(answer.cost, rub(11_910_225), '39.5 x 2,328 + 9 x 2,816.25 + 1,800');
  t.strictSame(answer.estimateAtCompletion, rub(12_841_425), 'and 4 h of Anna');
  t.equal(answer.forecastMargin, '0.357929');
  t.strictSame(answer.headroom?.money, rub(-841_425), '200,000 x 0.6 - 128,414.25');
  // Earned: 200,000 x 119,102.25 / 128,414.25 = 185,496.94 (rounded); profit 66,394.69; the margin is the same.
  t.strictSame(answer.revenue, rub(18_549_694));
  t.strictSame(answer.profit, rub(6_639_469));
  t.equal(answer.margin, '0.357929');
  t.strictSame(
    answer.byActivity.map(({ activity, cost }) => [activity, cost?.minor]),
    [
      ['production', 8_380_800],
      ['communication', 563_250],
      ['travel', 563_250],
      ['rework', 814_800],
      ['management', 1_408_125],
    ],
  );
});

t.test('plan against actual by role and activity', async (t) => {
  const plannedActivities = [
    { role: 'designer', activity: 'production' as const, seconds: 35 * 3_600 },
    { role: 'designer', activity: 'rework' as const, seconds: 4 * 3_600 },
    { role: 'designer', activity: 'travel' as const, seconds: 3_600 },
  ];
  const split = untilNow.map(
    (event): Published =>
      event.type === 'StagePlanned' ? { ...event, data: { ...event.data, plannedActivities } } : event,
  );
  const { answer } = await stageAfter(split);
  t.strictSame(
    answer.plan.byRoleAndActivity.map(({ role, activity, plannedSeconds, actualSeconds, cost }) => [
      `${role} ${activity}`,
      plannedSeconds === null ? null : plannedSeconds / 3_600,
      actualSeconds / 3_600,
      cost?.minor,
    ]),
    [
      // 36 h and 3.5 h at 2,328; the managers' hours were planned as a whole, at 2,816.25.
      ['designer production', 35, 36, 8_380_800],
      ['designer travel', 1, 0, 0],
      ['designer rework', 4, 3.5, 814_800],
      ['manager communication', null, 2, 563_250],
      ['manager travel', null, 2, 563_250],
      ['manager management', null, 5, 1_408_125],
    ],
  );
  const { answer: managers } = await stageAfter(split, '2026-03-31', false);
  t.ok(managers.plan.byRoleAndActivity.every(({ cost }) => cost === null));
});

t.test('the font: two hours of Anna', async (t) => {
  const { reader, agency, view } = await stageAfter(untilNow);
  const question = { tenantId: TENANT, specialistId: 'anna', seconds: 7_200, seesRates: true, language: 'en' as const };
  const answer = await answerSmallRequest(reader, agency, view, question);
  if (typeof answer === 'string') throw new Error(answer);
  t.equal(answer.verdict, 'exceeds-standard');
  t.strictSame(answer.after.estimateAtCompletion, rub(13_307_025));
  t.equal(answer.after.forecastMargin, '0.334649');
  t.strictSame(answer.surcharge, rub(2_178_375));
  t.strictSame(
    answer.evidence.map(({ title, seconds, cost }) => [title, seconds, cost?.minor]),
    [
      ['Meeting in Butovo', 14_400, 1_126_500],
      ['Second round of the hero section', 12_600, 814_800],
      ['Taxi to Butovo', 0, 180_000],
    ],
  );
  t.match(answer.clientText, /Meeting in Butovo \(4 hours\)/);
  t.notMatch(answer.clientText, /RUB|margin/);
  const role = await answerSmallRequest(reader, agency, view, {
    tenantId: TENANT,
    role: 'designer',
    seconds: 7_200,
    seesRates: true,
    language: 'en',
  });
  t.equal(typeof role === 'string' ? role : role.requestCost?.minor, 465_600, 'the mean of one designer is Anna');
  const neither = await answerSmallRequest(reader, agency, view, {
    tenantId: TENANT,
    seconds: 1,
    seesRates: true,
    language: 'en',
  });
  t.equal(neither, 'role-or-specialist');
  const nobody = await answerSmallRequest(reader, agency, view, {
    tenantId: TENANT,
    role: 'pilot',
    seconds: 1,
    seesRates: true,
    language: 'en',
  });
  t.equal(nobody, 'no-cost-rate');
});

t.test('an agreed extra payment adds to revenue and, with its cost, to the baseline', async (t) => {
  const { answer } = await stageAfter([...untilNow, fontIsPaid]);
  t.strictSame(answer.contractRevenue, rub(21_500_000));
  t.equal(answer.forecastMargin, '0.402724');
  t.strictSame([answer.plan.revenue, answer.plan.cost], [rub(21_500_000), rub(11_467_350)]);
  const { answer: before } = await stageAfter([...untilNow, fontIsPaid], '2026-03-19');
  t.strictSame(before.contractRevenue, rub(20_000_000), 'it was agreed on the 20th');
});

t.test('a rate set for a past date re-costs the hours from then on', async (t) => {
  const { answer, reader, agency } = await stageAfter(workedExample);
  t.strictSame(answer.cost, rub(12_544_950), '19.5 h x 325.50 = 6,347.25 more');
  t.strictSame(answer.estimateAtCompletion, rub(13_606_350));
  t.equal(answer.forecastMargin, '0.367147');
  const { items } = await listTimeEntries(new AgencyStages(), reader, agency, { limit: 200 }, true);
  t.strictSame(
    items
      .filter(({ specialistId }) => specialistId === 'anna')
      .map(({ workDate, ratePerHour }) => [workDate, ratePerHour]),
    [
      ['2026-03-03', '2328.0000'],
      ['2026-03-04', '2328.0000'],
      ['2026-03-05', '2328.0000'],
      ['2026-03-16', '2653.5000'],
      ['2026-03-17', '2653.5000'],
      ['2026-03-18', '2653.5000'],
    ],
  );
  t.equal(
    items.reduce((sum, { cost }) => sum + (cost?.minor ?? 0), 0),
    answer.labourCost?.minor,
    'the entries add up to the labour cost',
  );
});

t.test('a rate set before or after the hours, in any order of dates, makes the same rows', async (t) => {
  const rows = async (events: readonly Published[]) => (await stageAfter(events)).row;
  const early = await rows([...agencyBegins, annaEarnsMore, ...stageBegins, ...stageGoesOn]);
  const late = await rows([...untilNow, annaEarnsMore]);
  t.strictSame(Object.entries(late.ledger.labour).sort(), Object.entries(early.ledger.labour).sort());
  t.strictSame(late.ledger.people, early.ledger.people);
});

t.test('figures as of a day leave later work out, whole months and parts of them', async (t) => {
  const asOf = async (day: string) => (await stageAfter(untilNow, day)).answer;
  // Until 5 March: 20 h of Anna, 3 h of Boris.
  t.equal((await asOf('2026-03-05')).cost?.minor, 20 * 232_800 + 3 * 281_625);
  t.equal((await asOf('2026-03-01')).status, 'planned');
  t.equal((await asOf('2026-03-01')).cost?.minor, 0);
  t.equal((await asOf('2026-02-28')).cost?.minor, 0, 'the end of the month before');
  t.equal((await asOf('2026-03-31')).cost?.minor, 11_910_225, 'the last day of the month is in');
});

t.test('closing earns all, late hours land marked, reopening undoes the status', async (t) => {
  const closed = { type: 'StageClosed', data: { ...stageIds, closedOn: '2026-03-25' } } as const;
  const reopened = { type: 'StageReopened', data: { ...stageIds, reopenedOn: '2026-03-27' } } as const;
  const late = { type: 'HoursLogged', data: entry('late', 'anna', '2026-03-24', 1, 'production') } as const;
  const { answer } = await stageAfter([...untilNow, closed, late]);
  t.strictSame([answer.status, answer.revenue?.minor, answer.lateSeconds], ['closed', 20_000_000, 3_600]);
  t.equal(answer.estimateAtCompletion?.minor, answer.cost?.minor, 'nothing remains of a closed stage');
  const { answer: again } = await stageAfter([...untilNow, closed, late, reopened]);
  t.strictSame([again.status, again.lateSeconds], ['started', 3_600]);
  const { answer: between } = await stageAfter([...untilNow, closed, reopened], '2026-03-26');
  t.equal(between.status, 'closed', 'as of the day between');
});

t.test('corrected and voided hours', async (t) => {
  const [first] = stageEntries;
  if (first === undefined) throw new Error('no entry');
  const corrected = {
    type: 'HoursCorrected',
    data: { before: first, after: { ...first, workDate: '2026-03-20', seconds: 3_600 } },
  } as const;
  const voided = { type: 'HoursVoided', data: { entry: corrected.data.after } } as const;
  const { answer, row } = await stageAfter([...workedExample, corrected]);
  // 8 h at the old rate become 1 h on a day of the new one: - 18,624.00 + 2,653.50
  t.equal(answer.labourCost?.minor, 12_364_950 - 1_862_400 + 265_350);
  t.equal(row.ledger.lastWorkDate, '2026-03-20');
  const { answer: without, reader } = await stageAfter([...workedExample, corrected, voided]);
  t.equal(without.labourCost?.minor, 12_364_950 - 1_862_400);
  const agency = (await configured(reader, TENANT)) as Configured;
  t.equal(
    (await listTimeEntries(new AgencyStages(), reader, agency, { limit: 200 }, true)).items.length,
    stageEntries.length - 1,
  );
});

t.test('minutes without a rate are counted and never costed', async (t) => {
  const newcomer = {
    type: 'SpecialistAdded',
    data: { specialistId: 'vera', name: 'Vera', role: 'writer', kind: 'contractor', externalRef: null },
  } as const;
  const work = { ...entry('vera-1', 'anna', '2026-03-10', 2, 'production'), specialistId: 'vera', role: 'writer' };
  const { answer } = await stageAfter([...untilNow, newcomer, { type: 'HoursLogged', data: work }]);
  t.equal(answer.quality.uncostedSeconds, 7_200);
  t.equal(answer.cost?.minor, 11_910_225);
  t.equal(answer.seconds, 48.5 * 3_600 + 7_200);
});

t.test('an amount without an exchange rate is left out and counted, with one it is converted', async (t) => {
  const expense = {
    type: 'ExpenseRecorded',
    data: {
      expenseId: 'font-licence',
      ...stageIds,
      category: 'licence',
      amount: { minor: 10_000, currency: 'EUR' },
      incurredOn: '2026-03-15',
      postedOn: null,
      note: null,
      externalRef: null,
    },
  } as const;
  const rate = (effectiveFrom: string, value: string) =>
    ({ type: 'ExchangeRateSet', data: { currency: 'EUR', rate: value, effectiveFrom } }) as const;
  const { answer } = await stageAfter([...untilNow, expense, rate('2026-03-16', '100')]);
  t.equal(answer.cost?.minor, 11_910_225, 'the rate begins a day too late');
  t.strictSame(answer.quality.unconvertedAmounts, [{ minor: 10_000, currency: 'EUR' }]);
  const { answer: converted } = await stageAfter([...untilNow, expense, rate('2026-03-01', '101.25')]);
  t.equal(converted.expenses?.minor, 180_000 + 1_012_500);
});

t.test('hours of a project without a stage are unattributed', async (t) => {
  const loose = {
    type: 'HoursLogged',
    data: entry('loose', 'anna', '2026-03-20', 1, 'production', { stageId: null }),
  } as const;
  const { reader, agency } = await stageAfter([...untilNow, loose]);
  const question = { tenantId: TENANT, agency, asOf: '2026-03-31', seesRates: true, basis: 'earned' as const };
  const project = await levelProfitability(new AgencyStages(), reader, { projectId: stageIds.projectId }, question);
  t.equal(project.quality.unattributedSeconds, 3_600);
  t.equal(project.cost?.minor, 11_910_225);
  const client = await levelProfitability(
    new AgencyStages(),
    reader,
    { clientId: stageIds.clientId },
    { ...question, asOf: '2026-03-19' },
  );
  t.equal(client.quality.unattributedSeconds, 0, 'not yet');
});

t.test('who may not see rates sees nothing from which one can be derived', async (t) => {
  const { answer } = await stageAfter(untilNow, '2026-03-31', false);
  t.equal(answer.suppressed, true);
  t.equal(answer.cost, null, 'the remaining work is Anna’s alone: EAC less cost would tell her rate');
  t.equal(answer.forecastMargin, '0.357929', 'two people stand behind the forecast');
  t.ok(answer.byRole.every(({ cost }) => cost === null));
  const anna = untilNow.filter(({ data }) => !('specialistId' in data && data.specialistId === 'boris'));
  const { answer: alone } = await stageAfter(anna, '2026-03-31', false);
  t.strictSame(
    [alone.cost, alone.estimateAtCompletion, alone.forecastMargin, alone.headroom?.money],
    [null, null, null, null],
  );
  const text = JSON.stringify(alone);
  t.notMatch(text, /2328|23280000/);
});

t.test('splitting and merging entries changes no total, whatever their order', async (t) => {
  const base = [...agencyBegins, ...stageBegins];
  const pieces = fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      seconds: fc.integer({ min: 2, max: 30_000 }),
      who: fc.constantFrom<'anna' | 'boris'>('anna', 'boris'),
      cut: fc.nat(),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const hours = (id: string, who: 'anna' | 'boris', day: number, seconds: number): Published => ({
    type: 'HoursLogged',
    data: entry(id, who, `2026-03-${String(day).padStart(2, '0')}`, 1, 'production', { seconds }),
  });
  await fc.assert(
    fc.asyncProperty(pieces, async (list) => {
      const whole = list.map(({ who, day, seconds }, index) => hours(`w${index}`, who, day, seconds));
      const split = list.flatMap(({ who, day, seconds, cut }, index) => {
        const first = 1 + (cut % (seconds - 1));
        return [hours(`a${index}`, who, day, first), hours(`b${index}`, who, day, seconds - first)];
      });
      const one = await stageAfter([...base, ...whole, annaEarnsMore]);
      const other = await stageAfter([...base, annaEarnsMore, ...split.toReversed()]);
      const sums = ({ byRole, labourCost, byActivity }: typeof one.answer) =>
        [byRole, byActivity].map(
          (lines) => lines.reduce((sum, { cost }) => sum + (cost?.minor ?? 0), 0) - (labourCost?.minor ?? 0),
        );
      return (
        one.answer.cost?.minor === other.answer.cost?.minor &&
        one.answer.estimateAtCompletion?.minor === other.answer.estimateAtCompletion?.minor &&
        sums(one.answer).every((difference) => difference === 0)
      );
    }),
    { numRuns: 60 },
  );
  t.pass('equal cost and forecast; lines add up');
});
