import { z } from 'zod';
import { derivedMonth } from '../../events/derived-values.ts';
import { month } from '../../events/index.ts';
import { ratio, shownMoney } from '../values.ts';

const gain = z.object({ low: shownMoney, base: shownMoney, high: shownMoney }).nullable().meta({
  id: 'Gain',
  description: 'With all uncertain facts at their low, stated and high value; null when not known',
});

const payback = z
  .object({
    month: derivedMonth,
    reached: z.boolean().meta({ description: 'False: projected from the last three complete months' }),
  })
  .nullable()
  .meta({ id: 'Payback', description: 'First month whose cumulative gain reaches the cumulative cost; null: none' });

const monthly = z.object({
  month,
  complete: z.boolean().meta({ description: 'False for the month in which `asOf` lies, before its last day' }),
  gain,
  revenue: shownMoney.meta({ description: 'What the agency earned in the month' }),
  advertisingSpend: shownMoney,
  cost: shownMoney.meta({ description: 'Revenue and advertising spend' }),
  cumulativeGain: z.object({ low: shownMoney, base: shownMoney, high: shownMoney }),
  cumulativeCost: shownMoney,
});

/** What was earned from what was paid, in all and month by month. */
export const outcome = {
  gain,
  cost: shownMoney,
  roi: z.object({ low: ratio, base: ratio, high: ratio }),
  payback: z.object({ low: payback, base: payback, high: payback }),
  months: z.array(monthly),
};

const rub = (minor: number) => ({ minor, currency: 'RUB' });
const exampleMonth = {
  month: '2026-01',
  complete: true,
  gain: { low: rub(2520000), base: rub(3150000), high: rub(3780000) },
  revenue: rub(5000000),
  advertisingSpend: rub(1500000),
  cost: rub(6500000),
  cumulativeGain: { low: rub(2520000), base: rub(3150000), high: rub(3780000) },
  cumulativeCost: rub(6500000),
};
export const exampleOutcome = {
  gain: { low: rub(2520000), base: rub(3150000), high: rub(3780000) },
  cost: rub(6500000),
  roi: { low: '-0.612308', base: '-0.515385', high: '-0.418462' },
  payback: { low: null, base: null, high: null },
  months: [exampleMonth],
};
