import { z } from 'zod';
import {
  costBreakdown,
  currency,
  date,
  id,
  month,
  ratePerHour,
  reason,
  role,
  serviceType,
  share,
} from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { FORMULA_VERSION, nextCursor, page, provenance, ratio, revenueBasis, shownMoney } from '../values.ts';
import { rateChangeExample, rateChangeReport } from './rate-change-report.ts';

const statedRate = z
  .strictObject({
    specialistId: id,
    effectiveFrom: date,
    ratePerHour: ratePerHour.optional(),
    breakdown: costBreakdown.optional(),
  })
  .refine((rate) => (rate.ratePerHour === undefined) !== (rate.breakdown === undefined), {
    message: 'give either ratePerHour or breakdown',
    path: ['ratePerHour'],
  });

const adjustment = z
  .strictObject({
    effectiveFrom: date,
    specialistIds: z.array(id).min(1).max(500).optional().meta({ description: 'Everybody when absent' }),
    role: role.optional().meta({ description: 'Only people of this role' }),
    ...costBreakdown.partial().shape,
  })
  .refine((each) => Object.keys(costBreakdown.shape).some((part) => each[part as keyof typeof each] !== undefined), {
    message: 'name a part of the breakdown that becomes another one',
    path: ['utilisation'],
  });

const wish = {
  rates: z.array(statedRate).max(500).default([]).meta({ description: 'Rates as `setCostRate` takes them' }),
  adjustments: z.array(adjustment).max(50).default([]).meta({
    description:
      'Other salaries, taxes, overheads, hours or utilisation from a date on: the rate in force on that date and every later one are derived anew from their breakdowns. Carried out in their order, before `rates`',
  }),
};

const refusals = {
  'agency-not-configured': 'The agency has not been configured yet.',
  'specialist-not-found': 'There is no such specialist.',
  'no-sold-hour': 'On the billable basis a utilisation of 0 leaves no hour to carry the cost.',
  'nothing-to-change': 'Nothing named would be another rate or standard.',
  'too-many-rates': 'More than 2,000 rates would change at once; divide the change by people.',
  'rates-hidden': 'The answer tells cost rates, which this credential may not see.',
} as const;

const limit = z.int().min(1).max(200).default(50).meta({ description: 'Lines in each list, 200 at most' });

const anna = {
  specialistId: 'anna',
  effectiveFrom: '2026-03-16',
  breakdown: {
    monthlySalaryMinor: 14_000_000,
    payrollTax: '0.302',
    monthlyOverheadMinor: 3_000_000,
    monthlyHours: 160,
    utilisation: '0.5',
  },
};

export const previewRateChange = command({
  operationId: 'previewRateChange',
  method: 'POST',
  path: '/v1/rate-changes/preview',
  tag: 'profitability',
  summary: 'What other cost rates, or another standard, would do to every figure; nothing is changed',
  description:
    'The dry run of `applyRateChange`: the change is folded over the rows as they are now, by the same code that folds recorded events, and its rows are thrown away. Nothing is recorded, and no key is used up. `standards` may be supposed here, too; they are approved by `proposeStandard` and `approveStandard`.',
  permission: 'rates:write',
  body: z.strictObject({
    ...wish,
    standards: z
      .array(
        z.strictObject({
          margin: share,
          effectiveFrom: date,
          serviceType: serviceType.optional().meta({ description: 'All service types when absent' }),
        }),
      )
      .max(50)
      .default([]),
    asOf: date.optional().meta({ description: 'Valid time: leave out facts dated after this day; today when absent' }),
    limit,
  }),
  response: rateChangeReport,
  refusals,
  example: { body: { rates: [anna] }, response: rateChangeExample },
});

export const applyRateChange = command({
  operationId: 'applyRateChange',
  method: 'POST',
  path: '/v1/rate-changes',
  tag: 'profitability',
  summary: 'Set several cost rates at once: all become visible together, or none',
  description:
    'Always long work (202): its operation tells how far it is, and its `result` is the report below. Open months are priced anew. Of a closed month the reported figures stay; what it comes to stands beside them as a restatement (`listRestatements`), as in a frozen review. Cancelled before the change is recorded it leaves everything as it was; after that it is done. A `rateChangeId` that was recorded before fails as `rate-change-exists`. What the change will do `previewRateChange` shows.',
  permission: 'rates:write',
  mayTakeLong: true,
  body: z.strictObject({
    rateChangeId: id.optional(),
    ...wish,
    reason,
    limit,
  }),
  response: rateChangeReport.extend({ position: provenance.knownAt }),
  refusals,
  example: {
    body: { rates: [anna], reason: 'The payslip of March' },
    response: { ...rateChangeExample, position: 129 },
  },
});

const monthFigures = z.object({ revenue: shownMoney, cost: shownMoney, profit: shownMoney, margin: ratio });

const exampleMonth = (costMinor: number, margin: string) => ({
  revenue: { minor: 21_500_000, currency: 'RUB' },
  cost: { minor: costMinor, currency: 'RUB' },
  profit: { minor: 21_500_000 - costMinor, currency: 'RUB' },
  margin,
});

export const listRestatements = question({
  operationId: 'listRestatements',
  path: '/v1/restatements',
  tag: 'profitability',
  summary: 'What changes of cost rates made of closed months, beside what was reported',
  description:
    'Recorded with the change, and never rewritten: by the month, the earliest change first. `reported` is what the month came to when it was first restated since it was closed, `before` and `restated` are what this change found and left.',
  permission: 'rates:read',
  query: { month: month.optional(), ...page },
  response: z.object({
    items: z.array(
      z
        .object({
          rateChangeId: id,
          month,
          reported: monthFigures,
          before: monthFigures,
          restated: monthFigures,
          seconds: z.int().meta({ description: 'Of the month, priced anew' }),
          reason: reason.nullable(),
          appliedAt: z.string(),
          appliedBy: z.string(),
          figuresAt: provenance.knownAt.meta({ description: 'The log position that `before` holds for' }),
          position: provenance.knownAt.meta({ description: 'Of the change in the log' }),
        })
        .meta({ id: 'Restatement' }),
    ),
    nextCursor,
    revenueBasis,
    currency: currency.nullable(),
    knownAt: provenance.knownAt,
    formulaVersion: provenance.formulaVersion,
  }),
  example: {
    query: { month: '2026-03' },
    response: {
      items: [
        {
          rateChangeId: rateChangeExample.rateChangeId,
          month: '2026-03',
          reported: exampleMonth(11_910_225, '0.446036'),
          before: exampleMonth(11_910_225, '0.446036'),
          restated: exampleMonth(12_544_950, '0.416514'),
          seconds: 70_200,
          reason: 'The payslip of March',
          appliedAt: '2026-04-03T09:00:00.000Z',
          appliedBy: 'key:9846ce0258d10a75',
          figuresAt: 128,
          position: 129,
        },
      ],
      nextCursor: null,
      revenueBasis: 'earned',
      currency: 'RUB',
      knownAt: 129,
      formulaVersion: FORMULA_VERSION,
    },
  },
});
