import type { CostMethod } from '@headroom/contracts/events';
import type { Effort } from '@headroom/contracts/questions';
import { divideRounded } from '@headroom/money';

/** What was spent within a window, and what the client agreed to pay on top. */
export interface Observed {
  readonly effort: Effort;
  readonly agreedMinor: number;
}

/** What a measure has saved since its start; `savingMinor` is null when that cannot be told. */
export interface Effect {
  readonly savingMinor: number | null;
  readonly monthlyMinor: number | null;
  readonly formula: string;
  readonly missing: string | null;
}

const contactCost = ({ effort }: Observed): number => effort.contactCostMinor;

const lessContact = (before: Observed, after: Observed): number => contactCost(before) - contactCost(after);

/** What a share of the revenue has fallen by, of the revenue afterwards; null without a revenue in either window. */
const lessOfRevenue = (before: Observed, after: Observed, of: (observed: Observed) => number): number | null => {
  const [was, is] = [before.effort.revenueMinor, after.effort.revenueMinor];
  if (was <= 0 || is <= 0) return null;
  return Number(divideRounded(BigInt(of(before)) * BigInt(is), BigInt(was))) - of(after);
};

interface Measured {
  readonly formula: string;
  readonly saving: (before: Observed, after: Observed) => number | null;
}

const methods: Readonly<Record<CostMethod, Measured>> = {
  'reduce-contact': { formula: 'unpaid contact cost before - after', saving: lessContact },
  'mirror-client': { formula: 'unpaid contact cost before - after', saving: lessContact },
  subcontract: {
    formula: '(cost / revenue before - after) x revenue after',
    saving: (before, after) => lessOfRevenue(before, after, ({ effort }) => effort.costMinor),
  },
  'enforce-contract': {
    formula: '(unpaid favours before - after) + (extra payments agreed after - before)',
    saving: (before, after) =>
      before.effort.favourCostMinor - after.effort.favourCostMinor + after.agreedMinor - before.agreedMinor,
  },
  'new-sale': {
    formula: '(contact cost / revenue before - after) x revenue after',
    saving: (before, after) => lessOfRevenue(before, after, contactCost),
  },
};

const DAYS_A_YEAR = 365n;
const MONTHS_A_YEAR = 12n;

/** The effect of a method over `days`, against as many days before it. */
export const effectOf = (method: CostMethod, before: Observed, after: Observed, days: number): Effect => {
  const { formula, saving } = methods[method];
  const nothing = before.effort.seconds <= 0;
  const savingMinor = nothing ? null : saving(before, after);
  if (savingMinor === null) {
    const missing = nothing
      ? 'no hours were logged in the days before the start'
      : 'nothing was earned in one of the windows';
    return { savingMinor, monthlyMinor: null, formula, missing };
  }
  const monthlyMinor = Number(divideRounded(BigInt(savingMinor) * DAYS_A_YEAR, MONTHS_A_YEAR * BigInt(days)));
  return { savingMinor, monthlyMinor, formula, missing: null };
};
