import { z } from 'zod';
import { currency, date, id, month, name, ratePerHour } from '../../events/index.ts';
import { provenance, quality, ratio, revenueBasis, shownMoney } from '../values.ts';

const figures = z.object({
  revenue: shownMoney,
  cost: shownMoney,
  profit: shownMoney,
  margin: ratio,
  estimateAtCompletion: shownMoney,
  forecastMargin: ratio,
});

const compared = {
  before: figures,
  after: figures,
  difference: z.object({ revenue: shownMoney, cost: shownMoney, profit: shownMoney, margin: ratio }),
};

const line = z.object({ id, name: name.nullable(), ...compared }).meta({ id: 'RateChangeLine' });

const lines = z.object({
  count: z.int().min(0).meta({ description: 'How many move in all' }),
  items: z.array(line).meta({ description: 'Those that move most first, as many as `limit` says' }),
});

const monthFigures = z.object({ revenue: shownMoney, cost: shownMoney, profit: shownMoney, margin: ratio });

/** What a change of rates or standards does, stage by stage, and to what was reported. */
export const rateChangeReport = z
  .object({
    rateChangeId: id,
    changes: z
      .array(
        z.object({
          specialistId: id,
          name,
          effectiveFrom: date,
          rateBefore: ratePerHour.nullable().meta({ description: 'In force on that date before; null: none was' }),
          ratePerHour,
        }),
      )
      .meta({ description: 'Every rate that is set, by person and date' }),
    withoutBreakdown: z
      .array(z.object({ specialistId: id, effectiveFrom: date }))
      .meta({ description: 'Rates that an adjustment leaves as they are: they were stated without a breakdown' }),
    entries: z
      .object({ count: z.int().min(0), seconds: z.int(), from: date.nullable(), to: date.nullable() })
      .meta({ description: 'Time entries priced anew; seconds are a net sum, adjustments take away' }),
    agency: z.object(compared).meta({ description: 'All stages together' }),
    stages: lines,
    projects: lines,
    clients: lines,
    managers: lines.meta({ description: 'Each with all stages of the projects managed on the day' }),
    flips: z.object({
      count: z.int().min(0),
      items: z.array(
        z.object({
          what: z.enum(['standard', 'headroom', 'kpi', 'alert']).meta({
            description:
              '`standard`: forecast margin above or below the standard; `headroom`: enough or negative; `kpi`: a closed stage hit or missed; `alert`: a budget threshold would be reached',
          }),
          stageId: id,
          name,
          before: z.string(),
          after: z.string(),
          threshold: ratio,
        }),
      ),
    }),
    closedMonths: z
      .array(z.object({ month, before: monthFigures, after: monthFigures, seconds: z.int() }))
      .meta({ description: 'Closed months whose figures move: reported figures stay, the new ones stand beside them' }),
    frozenReviews: z.array(month).meta({ description: 'Frozen reviews that hold a stage which moves' }),
    revenueBasis,
    currency,
    quality,
    ...provenance,
  })
  .meta({ id: 'RateChangeReport' });

const rub = (minor: number) => ({ minor, currency: 'RUB' });

const exampleFigures = (costMinor: number, eacMinor: number, margin: string, forecastMargin: string) => ({
  revenue: rub(19_941_227),
  cost: rub(costMinor),
  profit: rub(19_941_227 - costMinor),
  margin,
  estimateAtCompletion: rub(eacMinor),
  forecastMargin,
});

const exampleLine = {
  before: exampleFigures(11_910_225, 12_841_425, '0.402733', '0.402724'),
  after: exampleFigures(12_544_950, 13_606_350, '0.370904', '0.367147'),
  difference: { revenue: rub(0), cost: rub(634_725), profit: rub(-634_725), margin: '-0.031829' },
};

const exampleLines = (id: string, name: string) => ({ count: 1, items: [{ id, name, ...exampleLine }] });

/** A report as the worked example of the rate change has it. */
export const rateChangeExample: z.infer<typeof rateChangeReport> = {
  rateChangeId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
  changes: [
    {
      specialistId: 'anna',
      name: 'Anna',
      effectiveFrom: '2026-03-16',
      rateBefore: '2328.0000',
      ratePerHour: '2653.5000',
    },
  ],
  withoutBreakdown: [],
  entries: { count: 5, seconds: 70_200, from: '2026-03-16', to: '2026-03-26' },
  agency: exampleLine,
  stages: exampleLines('landing-design', 'Landing design'),
  projects: exampleLines('landing', 'Landing page'),
  clients: exampleLines('butovo-bricks', 'Butovo Bricks'),
  managers: exampleLines('boris', 'Boris'),
  flips: {
    count: 1,
    items: [
      {
        what: 'standard',
        stageId: 'landing-design',
        name: 'Landing design',
        before: 'above',
        after: 'below',
        threshold: null,
      },
    ],
  },
  closedMonths: [],
  frozenReviews: [],
  revenueBasis: 'earned',
  currency: 'RUB',
  quality: {
    uncostedSeconds: 0,
    unapprovedSeconds: 0,
    unattributedSeconds: 0,
    unpricedSeconds: 0,
    unconvertedAmounts: [],
  },
  asOf: '2026-03-31',
  knownAt: 128,
  formulaVersion: '2026.1',
};
