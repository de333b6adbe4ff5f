import type { allEvents, EventUnion, TimeEntry } from '../events/index.ts';
import { defaultLoyaltySettings, defaultRuleSettings } from '../events/index.ts';

/** The worked example of the published language as events: an agency, two specialists, one stage. */

type PublishedEvent = EventUnion<(typeof allEvents)[number]>;

export const rub = (minor: number) => ({ minor, currency: 'RUB' });

const HOUR = 3_600;
export const stageIds = { stageId: 'landing-design', projectId: 'landing', clientId: 'butovo-bricks' };

const breakdown = (monthlySalaryMinor: number) => ({
  monthlySalaryMinor,
  payrollTax: '0.302',
  monthlyOverheadMinor: 3_000_000,
  monthlyHours: 160,
  utilisation: '0.5',
});

const rate = (
  specialistId: string,
  effectiveFrom: string,
  salaryMinor: number,
  ratePerHour: string,
): PublishedEvent => ({
  type: 'CostRateSet',
  data: {
    rateId: `${specialistId}-${effectiveFrom}`,
    specialistId,
    effectiveFrom,
    ratePerHour,
    currency: 'RUB',
    basis: 'billable',
    breakdown: breakdown(salaryMinor),
  },
});

const roles = { anna: 'designer', boris: 'manager' } as const;

/** An entry of the worked example's stage; what is not given is usual. */
export const entry = (
  entryId: string,
  specialistId: keyof typeof roles,
  workDate: string,
  hours: number,
  activity: TimeEntry['activity'],
  more: Partial<TimeEntry> = {},
): TimeEntry => ({
  entryId,
  specialistId,
  role: roles[specialistId],
  ...stageIds,
  workDate,
  seconds: hours * HOUR,
  activity,
  billable: true,
  goodwill: false,
  requestId: null,
  note: null,
  externalRef: null,
  importId: null,
  startedAt: null,
  timerId: null,
  postedOn: null,
  ...more,
});

const logged = (data: TimeEntry): PublishedEvent => ({ type: 'HoursLogged', data });

const work = [
  { role: 'designer', seconds: 40 * HOUR, ratePerHour: '2328.0000' },
  { role: 'manager', seconds: 6 * HOUR, ratePerHour: '2816.2500' },
];

export const agencyBegins: readonly PublishedEvent[] = [
  {
    type: 'AgencyConfigured',
    data: {
      name: 'Northlight',
      currency: 'RUB',
      timeZone: 'Europe/Moscow',
      costBasis: 'billable',
      loyalty: defaultLoyaltySettings,
      ...defaultRuleSettings,
    },
  },
  {
    type: 'StandardProposed',
    data: {
      standardId: 'standard-2026',
      margin: '0.4',
      effectiveFrom: '2026-01-01',
      serviceType: null,
      rationale: null,
      review: null,
      proposedBy: 'key:manager',
    },
  },
  {
    type: 'StandardApproved',
    data: {
      standardId: 'standard-2026',
      margin: '0.4',
      effectiveFrom: '2026-01-01',
      serviceType: null,
      approvedBy: 'key:finance',
    },
  },
  {
    type: 'SpecialistAdded',
    data: { specialistId: 'anna', name: 'Anna', role: 'designer', kind: 'employee', externalRef: null },
  },
  {
    type: 'SpecialistAdded',
    data: { specialistId: 'boris', name: 'Boris', role: 'manager', kind: 'employee', externalRef: null },
  },
  rate('anna', '2026-01-01', 12_000_000, '2328.0000'),
  rate('boris', '2026-01-01', 15_000_000, '2816.2500'),
];

export const stageBegins: readonly PublishedEvent[] = [
  {
    type: 'ProjectOpened',
    data: {
      projectId: stageIds.projectId,
      clientId: stageIds.clientId,
      name: 'Landing page',
      managerId: 'boris',
      serviceType: null,
      openedOn: '2026-03-01',
      externalRef: null,
    },
  },
  {
    type: 'StagePlanned',
    data: {
      ...stageIds,
      name: 'Landing design',
      serviceType: null,
      billing: { kind: 'fixed', fee: rub(20_000_000) },
      plannedRevenue: rub(20_000_000),
      plannedWork: work,
      plannedActivities: [],
      plannedExpenses: rub(0),
      startsOn: null,
      endsOn: null,
      externalRef: null,
    },
  },
  {
    type: 'StageStarted',
    data: {
      ...stageIds,
      startedOn: '2026-03-02',
      baseline: { revenueMinor: 20_000_000, expensesMinor: 0, costMinor: 11_001_750, currency: 'RUB', work },
    },
  },
];

/** Anna: 36 h production and 3.5 h rework, 19.5 h of them from 16 March on. Boris: 5 h management and the Butovo trip. */
export const stageEntries: readonly TimeEntry[] = [
  entry('anna-1', 'anna', '2026-03-03', 8, 'production'),
  entry('anna-2', 'anna', '2026-03-04', 8, 'production'),
  entry('anna-3', 'anna', '2026-03-05', 4, 'production'),
  entry('anna-4', 'anna', '2026-03-16', 8, 'production'),
  entry('anna-5', 'anna', '2026-03-17', 8, 'production'),
  entry('anna-6', 'anna', '2026-03-18', 3.5, 'rework', { note: 'Second round of the hero section' }),
  entry('boris-1', 'boris', '2026-03-03', 3, 'management'),
  entry('boris-2', 'boris', '2026-03-12', 2, 'travel', { note: 'Meeting in Butovo' }),
  entry('boris-3', 'boris', '2026-03-12', 2, 'communication', { note: 'Meeting in Butovo' }),
  entry('boris-4', 'boris', '2026-03-17', 2, 'management'),
];

export const stageGoesOn: readonly PublishedEvent[] = [
  ...stageEntries.map(logged),
  {
    type: 'ExpenseRecorded',
    data: {
      expenseId: 'taxi',
      ...stageIds,
      category: 'travel',
      amount: rub(180_000),
      incurredOn: '2026-03-12',
      postedOn: null,
      note: 'Taxi to Butovo',
      externalRef: null,
    },
  },
  {
    type: 'RemainingEstimateRevised',
    data: {
      ...stageIds,
      revisedOn: '2026-03-19',
      remainingWork: [
        { role: 'designer', seconds: 4 * HOUR },
        { role: 'manager', seconds: 0 },
      ],
      remainingExpenses: rub(0),
    },
  },
];

/** 15,000 more for the font. */
export const fontIsPaid: PublishedEvent = {
  type: 'ExtraPaymentAgreed',
  data: {
    extraPaymentId: 'font',
    requestId: null,
    ...stageIds,
    amount: rub(1_500_000),
    estimatedCost: rub(465_600),
    agreedOn: '2026-03-20',
    agreedBy: 'The client’s director',
    channel: 'email',
    evidence: [],
    agreedAt: null,
    attachment: null,
    portalKey: null,
    disputeId: null,
  },
};

/** Anna's salary turns out to be 140,000 from 16 March on. */
export const annaEarnsMore: PublishedEvent = rate('anna', '2026-03-16', 14_000_000, '2653.5000');

/** All of it, in order. */
export const workedExample: readonly PublishedEvent[] = [
  ...agencyBegins,
  ...stageBegins,
  ...stageGoesOn,
  fontIsPaid,
  annaEarnsMore,
];
