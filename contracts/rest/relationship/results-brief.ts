import { z } from 'zod';
import { currency, date, id, name, serviceType } from '../../events/index.ts';
import { language } from '../language.ts';
import { question } from '../operation.ts';
import { beyondRange } from '../roi/stated.ts';
import { provenance, ratio, revenueBasis, shownMoney, timeAxes } from '../values.ts';

const asked = {
  projectId: id.optional().meta({ description: 'One project of the client; all when absent' }),
  from: date.optional().meta({ description: 'First day; the client’s first day when absent' }),
  to: date.optional().meta({ description: 'The day after the last one, which is `asOf` when absent' }),
  ...timeAxes,
};

const refusals = {
  ...beyondRange,
  'project-not-of-client': 'The project is another client’s, or there is no such project.',
  'period-empty': '`from` must lie before `to`.',
};

const stage = { stageId: id, projectId: id, name, serviceType: serviceType.nullable() };
const dueOn = date.nullable().meta({ description: 'The day that was agreed; null when none was' });

const metric = z.object({
  metric: z.enum(['costPerInquiry', 'costPerVisitor', 'costPerCall', 'profitPerVisitor', 'turnoverFromInquiries']),
  value: shownMoney,
  baseline: shownMoney,
  change: ratio,
  better: z.boolean(),
});

const earned = {
  gain: shownMoney.meta({ description: 'What the client gained, as stated; null when it is not known' }),
  paid: shownMoney.meta({ description: 'Our fee and the advertising; null when it cannot be told' }),
  profit: shownMoney.meta({ description: 'Gain less what was paid: the client’s profit from our work' }),
};

const rub = (minor: number) => ({ minor, currency: 'RUB' });

const resultsBrief = z
  .object({
    agencyName: name,
    clientId: id,
    clientName: name,
    projectId: id.nullable(),
    period: z.object({ from: date, to: date }),
    delivered: z.object({
      stages: z.int().min(0),
      onTime: z.int().min(0),
      late: z.int().min(0),
      undated: z.int().min(0).meta({ description: 'No day had been agreed' }),
      items: z
        .array(
          z.object({
            ...stage,
            dueOn,
            closedOn: date,
            onTime: z.boolean().nullable(),
            daysLate: z.int().min(0),
          }),
        )
        .meta({ description: 'Stages finished in the period, by date, the newest 200' }),
    }),
    underWay: z.array(z.object({ ...stage, startedOn: date, dueOn, overdue: z.boolean() })),
    requests: z.object({
      asked: z.int().min(0),
      done: z.int().min(0),
      free: z.int().min(0).meta({ description: 'Done beyond the agreement, without an extra payment' }),
      items: z
        .array(z.object({ requestId: id, words: z.string(), askedOn: date, completedOn: date, free: z.boolean() }))
        .meta({ description: 'Requests done in the period, by date, the newest 200' }),
    }),
    metrics: z
      .array(
        z.object({
          projectId: id,
          name,
          measuredMonths: z.int().min(0),
          improved: z.int().min(0),
          compared: z.int().min(0),
          items: z.array(metric),
        }),
      )
      .meta({ description: 'The service metrics of the period against the baseline, those that can be compared' }),
    profit: z.object({
      inPeriod: z.object({
        ...earned,
        months: z.int().min(0).meta({ description: 'Months of the period whose gain is known' }),
        monthsUnknown: z.int().min(0),
      }),
      sinceStart: z.object({ ...earned, roi: ratio, paidBackIn: z.string().nullable() }),
    }),
    favours: z.object({
      seconds: z.int().min(0),
      value: shownMoney.meta({ description: 'Of the seconds, at the price of an hour on the day of the work' }),
      unpricedSeconds: z.int().min(0).meta({ description: 'Seconds without a price: not in the value' }),
      writeOffs: shownMoney,
      total: shownMoney.meta({ description: 'Value and write-offs' }),
      items: z.array(
        z.object({
          stageId: id.nullable(),
          name: name.nullable(),
          activity: z.string(),
          seconds: z.int(),
          value: shownMoney,
          unpricedSeconds: z.int().min(0),
        }),
      ),
    }),
    currency,
    revenueBasis,
    quality: z.object({
      unpricedSeconds: z.int().min(0),
      unconvertedAmounts: z.int().min(0).meta({ description: 'Write-offs left out for want of an exchange rate' }),
      monthsUnknown: z.int().min(0),
    }),
    ...provenance,
  })
  .meta({ id: 'ResultsBrief' });

export const getResultsBrief = question({
  operationId: 'getResultsBrief',
  path: '/v1/clients/:clientId/results-brief',
  tag: 'relationship',
  summary: 'What a client got from us: deliveries, metrics, profit from our work, favours',
  description:
    'Always fit to be handed to the client, whoever asks: no cost, no margin, nothing from which one person’s rate can be told. Favours are worth what the hours would have been billed at.',
  permission: 'figures:read',
  params: { clientId: id },
  query: asked,
  response: resultsBrief,
  refusals,
  example: {
    params: { clientId: 'flora' },
    query: { from: '2026-01-01', asOf: '2026-03-31' },
    response: {
      agencyName: 'Northlight',
      clientId: 'flora',
      clientName: 'Flora Garden Centres',
      projectId: null,
      period: { from: '2026-01-01', to: '2026-04-01' },
      delivered: {
        stages: 1,
        onTime: 1,
        late: 0,
        undated: 0,
        items: [
          {
            stageId: 'landing-design',
            projectId: 'flora-site',
            name: 'Landing design',
            serviceType: null,
            dueOn: '2026-03-31',
            closedOn: '2026-03-27',
            onTime: true,
            daysLate: 0,
          },
        ],
      },
      underWay: [],
      requests: {
        asked: 1,
        done: 1,
        free: 1,
        items: [
          {
            requestId: 'font-change',
            words: 'Could you also change the font?',
            askedOn: '2026-03-20',
            completedOn: '2026-03-26',
            free: true,
          },
        ],
      },
      metrics: [
        {
          projectId: 'flora-site',
          name: 'Site',
          measuredMonths: 1,
          improved: 1,
          compared: 1,
          items: [
            {
              metric: 'profitPerVisitor',
              value: rub(2_500),
              baseline: rub(1_700),
              change: '0.470588',
              better: true,
            },
          ],
        },
      ],
      profit: {
        inPeriod: { gain: rub(9_000_000), paid: rub(6_500_000), profit: rub(2_500_000), months: 3, monthsUnknown: 0 },
        sinceStart: {
          gain: rub(9_000_000),
          paid: rub(6_500_000),
          profit: rub(2_500_000),
          roi: '0.384615',
          paidBackIn: '2026-03',
        },
      },
      favours: {
        seconds: 7_200,
        value: rub(1_000_000),
        unpricedSeconds: 0,
        writeOffs: rub(500_000),
        total: rub(1_500_000),
        items: [
          {
            stageId: 'landing-design',
            name: 'Landing design',
            activity: 'production',
            seconds: 7_200,
            value: rub(1_000_000),
            unpricedSeconds: 0,
          },
        ],
      },
      currency: 'RUB',
      revenueBasis: 'earned',
      quality: { unpricedSeconds: 0, unconvertedAmounts: 0, monthsUnknown: 0 },
      asOf: '2026-03-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});

export const getResultsBriefPage = question({
  operationId: 'getResultsBriefPage',
  path: '/v1/clients/:clientId/results-brief.html',
  tag: 'relationship',
  summary: 'What a client got from us, on a page to print and to hand over',
  description: 'The answer of getResultsBrief as HTML that stands alone: no scripts, nothing loaded from elsewhere.',
  permission: 'figures:read',
  params: { clientId: id },
  query: { ...asked, lang: language },
  produces: 'text/html',
  response: z.string().meta({ description: 'The page' }),
  refusals,
  example: {
    params: { clientId: 'flora' },
    query: { from: '2026-01-01', asOf: '2026-03-31', lang: 'ru' },
    response: '<!doctype html><html lang="ru"><head><meta charset="utf-8"></head><body>...</body></html>',
  },
});
