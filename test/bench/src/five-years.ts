import { categories, defaultLoyaltySettings, defaultRuleSettings, type TimeEntry } from '@headroom/contracts/events';
import { type HistoryAppend, Recorder } from '@headroom/host/demo/history/recorder';
import { addMonths, lastDayOf } from '@headroom/kernel';

const FIRST_MONTH = '2021-01';
const MONTHS = 60;
const MONTHS_A_STAGE = 6;
const HOUR = 3_600;
const NO_LIMIT = 10_000_000;

const rub = (minor: number) => ({ minor, currency: 'RUB' });
const fact = (stated: string, low: string, high: string) => ({ stated, low, high, source: 'client' as const });

/** The last day of the five years. */
export const FIVE_YEARS_END = lastDayOf(addMonths(FIRST_MONTH, MONTHS - 1));

const recordAgency = (recorder: Recorder): void => {
  const settings = {
    name: 'Northlight',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    costBasis: 'billable',
    loyalty: defaultLoyaltySettings,
    ...defaultRuleSettings,
  } as const;
  recorder.record(categories.agency, [], [{ type: 'AgencyConfigured', data: settings }]);
  const anna = { specialistId: 'anna', name: 'Anna', role: 'designer', kind: 'employee', externalRef: null } as const;
  const rate = {
    rateId: 'first',
    specialistId: 'anna',
    effectiveFrom: '2020-01-01',
    ratePerHour: '2328.0000',
    currency: 'RUB',
    basis: 'billable',
    breakdown: null,
  } as const;
  recorder.record(
    categories.specialist,
    ['anna'],
    [
      { type: 'SpecialistAdded', data: anna },
      { type: 'CostRateSet', data: rate },
    ],
  );
};

interface Ids {
  readonly clientId: string;
  readonly projectId: string;
}

const recordClient = (recorder: Recorder, { clientId, projectId }: Ids): void => {
  const since = `${FIRST_MONTH}-04`;
  const client = { clientId, name: `Company ${clientId}`, since, externalRef: null };
  recorder.record(categories.client, [clientId], [{ type: 'ClientRegistered', data: client }]);
  const project = {
    projectId,
    clientId,
    name: 'Site',
    managerId: 'anna',
    serviceType: 'site',
    openedOn: since,
    externalRef: null,
  };
  recorder.record(categories.project, [projectId], [{ type: 'ProjectOpened', data: project }]);
  const baseline = {
    projectId,
    clientId,
    periodFrom: '2020-10',
    periodTo: '2020-12',
    totalVisitors: 5_400,
    totalInquiries: 60,
    totalCalls: 24,
    totalForms: null,
    totalSales: null,
    totalTurnover: rub(18_000_000),
    totalPromotionCost: rub(9_000_000),
  };
  recorder.record(categories.projectMetrics, [projectId], [{ type: 'BaselineSet', data: baseline }]);
};

/** Facts are told anew each year. */
const recordFacts = (recorder: Recorder, clientId: string, year: number): void => {
  const check = rub(1_000_000 + year * 50_000);
  const facts = {
    clientId,
    effectiveFrom: addMonths(FIRST_MONTH, year * 12),
    measuredFrom: null,
    measuredTo: null,
    conversion: fact('0.02', '0.01', '0.03'),
    closeRate: fact('0.25', '0.2', '0.3'),
    averageCheck: { stated: check, low: check, high: check, source: 'client' as const },
    grossMargin: fact('0.5', '0.4', '0.5'),
  };
  recorder.record(categories.clientBusiness, [clientId], [{ type: 'BusinessFactsRecorded', data: facts }]);
};

/** A stage of half a year for a fixed fee, with a day of work a month. */
const recordStage = (recorder: Recorder, { clientId, projectId }: Ids, number: number): void => {
  const ids = { stageId: `${projectId}-${number}`, projectId, clientId };
  const [from, to] = [
    addMonths(FIRST_MONTH, number * MONTHS_A_STAGE),
    addMonths(FIRST_MONTH, (number + 1) * MONTHS_A_STAGE - 1),
  ];
  const fee = rub(30_000_000);
  const work = [{ role: 'designer', seconds: MONTHS_A_STAGE * 8 * HOUR, ratePerHour: '2328.0000' }];
  const plan = {
    ...ids,
    name: `Half-year ${number + 1}`,
    serviceType: 'site',
    billing: { kind: 'fixed' as const, fee },
    plannedRevenue: fee,
    plannedWork: work,
    plannedActivities: [],
    plannedExpenses: rub(0),
    startsOn: null,
    endsOn: null,
    externalRef: null,
  };
  const baseline = { revenueMinor: fee.minor, expensesMinor: 0, costMinor: 11_174_400, currency: 'RUB', work };
  recorder.record(
    categories.stage,
    [ids.stageId],
    [
      { type: 'StagePlanned', data: plan },
      { type: 'StageStarted', data: { ...ids, startedOn: `${from}-01`, baseline } },
    ],
  );
  for (let n = 0; n < MONTHS_A_STAGE; n += 1) {
    const month = addMonths(from, n);
    const entry: TimeEntry = {
      ...ids,
      entryId: `${ids.stageId}-${month}`,
      specialistId: 'anna',
      role: 'designer',
      workDate: `${month}-15`,
      seconds: 8 * HOUR,
      startedAt: null,
      activity: 'production',
      billable: true,
      goodwill: false,
      requestId: null,
      note: null,
      externalRef: null,
      importId: null,
      timerId: null,
      postedOn: null,
    };
    recorder.record(categories.timesheet, ['anna', month], [{ type: 'HoursLogged', data: entry }]);
  }
  recorder.record(
    categories.stage,
    [ids.stageId],
    [{ type: 'StageClosed', data: { ...ids, closedOn: lastDayOf(to) } }],
  );
};

const recordMetrics = (recorder: Recorder, ids: Ids): void => {
  const recorded = Array.from({ length: MONTHS }, (_, n) => ({
    type: 'MetricRecorded' as const,
    data: {
      ...ids,
      month: addMonths(FIRST_MONTH, n),
      visitors: 2_000 + n * 40,
      inquiries: 25 + n,
      calls: 10 + n,
      forms: 15,
      sales: null,
      turnover: null,
      advertisingSpend: rub(1_500_000),
    },
  }));
  recorder.record(categories.projectMetrics, [ids.projectId], recorded);
};

export const clientIdOf = (n: number): string => `client-${n + 1}`;

/** Five years of so many clients, each with a project: stages, work, metrics month by month, facts year by year. */
export function* fiveYears(tenantId: string, clients: number): Generator<readonly HistoryAppend[]> {
  const recorder = new Recorder(tenantId, NO_LIMIT);
  recordAgency(recorder);
  yield recorder.take();
  for (let n = 0; n < clients; n += 1) {
    const ids = { clientId: clientIdOf(n), projectId: `project-${n + 1}` };
    recordClient(recorder, ids);
    for (let year = 0; year < MONTHS / 12; year += 1) recordFacts(recorder, ids.clientId, year);
    for (let stage = 0; stage < MONTHS / MONTHS_A_STAGE; stage += 1) recordStage(recorder, ids, stage);
    recordMetrics(recorder, ids);
    yield recorder.take();
  }
}
