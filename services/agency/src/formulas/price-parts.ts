import type { CostBreakdown } from '@headroom/contracts/events';
import { costPerHour, divideRounded, exactCost, millionths, moneyOf, ONE, rateUnits, shareOf } from '@headroom/money';

const HOUR = 3_600;

export interface BillableCost {
  readonly ratePerHour: string;
  /** Decimal share of the paid hours that is sold; null where nothing says it. */
  readonly utilisation: string | null;
}

interface CostRate {
  readonly ratePerHour: string;
  readonly breakdown: CostBreakdown | null;
}

/**
 * What an hour costs that is sold. On the billable basis that is the rate; on the capacity basis it follows from the
 * breakdown, or from the utilisation given. Undefined where that is not known, or no hour is sold.
 */
export const billableCost = (
  { ratePerHour, breakdown }: CostRate,
  given: string | undefined,
  { basis, currency }: { readonly basis: 'capacity' | 'billable'; readonly currency: string },
): BillableCost | undefined => {
  const utilisation = breakdown?.utilisation ?? given ?? null;
  if (basis === 'billable') return { ratePerHour, utilisation };
  if (utilisation === null || millionths(utilisation) === 0n) return undefined;
  if (breakdown !== null) return { ratePerHour: costPerHour(breakdown, 'billable', currency), utilisation };
  const units = divideRounded(BigInt(rateUnits(ratePerHour)) * ONE, millionths(utilisation));
  return { ratePerHour: rateOf(units), utilisation };
};

const RATE_ONE = 10_000n;
const rateOf = (units: bigint): string => `${units / RATE_ONE}.${String(units % RATE_ONE).padStart(4, '0')}`;

export interface PricePart {
  readonly part: 'salary' | 'payroll-tax' | 'overhead' | 'cost' | 'idle-time' | 'revenue-tax' | 'margin';
  readonly minor: number;
}

/** What a paid hour is made of, in minor units: by running total, so that the parts add up to the whole. */
const paidHour = ({
  monthlySalaryMinor,
  payrollTax,
  monthlyOverheadMinor,
  monthlyHours,
}: CostBreakdown): PricePart[] => {
  const salary = BigInt(monthlySalaryMinor);
  const hours = BigInt(monthlyHours) * ONE;
  const sums = [
    salary * ONE,
    salary * (ONE + millionths(payrollTax)),
    salary * (ONE + millionths(payrollTax)) + BigInt(monthlyOverheadMinor) * ONE,
  ].map((sum) => Number(divideRounded(sum, hours)));
  const [first = 0, second = 0, third = 0] = sums;
  return [
    { part: 'salary', minor: first },
    { part: 'payroll-tax', minor: second - first },
    { part: 'overhead', minor: third - second },
  ];
};

/**
 * The parts of the price of an hour, in minor units; they add up to the price, and the margin takes the rounding. Without
 * a breakdown the cost of a billable hour is one part.
 */
export const priceParts = (
  {
    priceMinor,
    revenueTax,
    currency,
  }: { readonly priceMinor: number; readonly revenueTax: string; readonly currency: string },
  cost: BillableCost,
  breakdown: CostBreakdown | null,
): PricePart[] => {
  const costMinor = moneyOf(exactCost(HOUR, rateUnits(cost.ratePerHour)), currency);
  const paid = breakdown === null ? [] : paidHour(breakdown);
  const paidMinor = paid.reduce((sum, { minor }) => sum + minor, 0);
  const taxMinor = shareOf(priceMinor, revenueTax);
  const ofCost: PricePart[] =
    breakdown === null
      ? [{ part: 'cost', minor: costMinor }]
      : [...paid, { part: 'idle-time', minor: costMinor - paidMinor }];
  return [
    ...ofCost,
    { part: 'revenue-tax', minor: taxMinor },
    { part: 'margin', minor: priceMinor - taxMinor - costMinor },
  ];
};
