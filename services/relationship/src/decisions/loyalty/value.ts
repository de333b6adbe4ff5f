import type { CumulativeFigures } from '@headroom/contracts/questions';
import { millionths, ratioOf } from '@headroom/money';
import { type Component, missing, type Stated, scored } from './component.ts';
import type { LoyaltyFacts } from './facts.ts';
import { GROWTH_MONTHS, PROFIT_MONTHS, trailingMonths } from './windows.ts';

const profitOf = ({ revenueMinor, costMinor }: CumulativeFigures): number => revenueMinor - costMinor;

/** `clamp(50 + 50 (margin_12m - m) / m)`: 50 at the standard, 0 at no margin, 100 at twice the standard. */
const profitability = ({
  client: [now, , then],
  standardMargin,
  settings,
  asOf,
  currency,
}: LoyaltyFacts): Component => {
  const revenue = now.revenueMinor - then.revenueMinor;
  const profit = profitOf(now) - profitOf(then);
  const money = (minor: number) => ({ minor, currency });
  const stated: Stated = {
    component: 'profitability',
    dimension: 'value',
    weight: settings.weights.profitability,
    window: trailingMonths(asOf, PROFIT_MONTHS),
    inputs: [
      { name: 'revenue', money: money(revenue) },
      { name: 'profit', money: money(profit) },
      { name: 'margin', ratio: ratioOf(profit, revenue) },
      {
        name: 'standardMargin',
        ratio: standardMargin === null ? null : ratioOf(millionths(standardMargin), 1_000_000),
      },
    ],
    tellsCost: true,
  };
  if (standardMargin === null) return missing(stated, 'no standard margin has been approved');
  const standard = millionths(standardMargin);
  if (standard === 0n) return missing(stated, 'the standard margin is 0, so nothing can be measured by it');
  if (revenue <= 0) return missing(stated, 'nothing was earned in the twelve months');
  // 50 + 50 (p / r - s) / s = 50 p / (r s), with s in millionths
  return scored(stated, 50n * BigInt(profit) * 1_000_000n, BigInt(revenue) * standard);
};

/** `clamp(50 x share x number of clients)`: 50 for the client that brings as much as the mean one. */
const profitShare = ({ client, agency, clients, settings, asOf, currency }: LoyaltyFacts): Component => {
  const profit = profitOf(client[0]) - profitOf(client[2]);
  const whole = profitOf(agency[0]) - profitOf(agency[1]);
  const stated: Stated = {
    component: 'profit-share',
    dimension: 'value',
    weight: settings.weights.profitShare,
    window: trailingMonths(asOf, PROFIT_MONTHS),
    inputs: [
      { name: 'profit', money: { minor: profit, currency } },
      { name: 'agencyProfit', money: { minor: whole, currency } },
      { name: 'share', ratio: whole > 0 ? ratioOf(profit, whole) : null },
      { name: 'clients', count: clients },
    ],
    tellsCost: true,
  };
  if (whole <= 0) return missing(stated, 'the agency made no profit in the twelve months, so there is none to share');
  return scored(stated, 50n * BigInt(profit) * BigInt(clients), BigInt(whole));
};

/** `clamp(50 + 50 (rev_6m / rev_previous_6m - 1))`: 50 for a client that brings as much as before. */
const growth = ({ client: [now, half, year], settings, asOf, currency }: LoyaltyFacts): Component => {
  const recent = now.revenueMinor - half.revenueMinor;
  const previous = half.revenueMinor - year.revenueMinor;
  const stated: Stated = {
    component: 'growth',
    dimension: 'value',
    weight: settings.weights.growth,
    window: trailingMonths(asOf, GROWTH_MONTHS * 2),
    inputs: [
      { name: 'revenueOfLastSixMonths', money: { minor: recent, currency } },
      { name: 'revenueOfSixMonthsBefore', money: { minor: previous, currency } },
      { name: 'change', ratio: previous > 0 ? ratioOf(recent - previous, previous) : null },
    ],
    // What an open stage has earned follows its cost.
    tellsCost: true,
  };
  if (previous <= 0) return missing(stated, 'nothing was earned in the six months before the last six');
  return scored(stated, 50n * BigInt(recent), BigInt(previous));
};

/** What the client is worth. */
export const valueComponents = (facts: LoyaltyFacts): Component[] => [
  profitability(facts),
  profitShare(facts),
  growth(facts),
];
