import { marginOf, markupOf } from '../../formulas/stage-figures.ts';
import { basesOf, type RevenueBasis, revenueOn, showsRevenue } from '../bases.ts';
import type { StageCell } from '../in-mind/agency-stages.ts';

const ADDED = [
  'revenueMinor',
  'invoicedMinor',
  'paidMinor',
  'costMinor',
  'labourCostMinor',
  'expensesMinor',
  'seconds',
  'lateSeconds',
  'goodwillSeconds',
  'uncostedSeconds',
  'unpricedSeconds',
] as const;

type Added = Record<(typeof ADDED)[number], number>;

/** Sums over stages and months. */
export class Tally {
  readonly sums = Object.fromEntries(ADDED.map((name) => [name, 0])) as Added;
  unapprovedSeconds = 0;
  readonly stages = new Set<object>();
  /** Whose work the cost is made of. */
  readonly people = new Set<string>();

  /** What a stage's figures grew by between two days; `before` is undefined where nothing had happened. */
  add(stage: object, now: StageCell, before: StageCell | undefined): void {
    for (const name of ADDED) this.sums[name] += now.figures[name] - (before?.figures[name] ?? 0);
    this.unapprovedSeconds += now.unapprovedSeconds - (before?.unapprovedSeconds ?? 0);
    this.stages.add(stage);
  }

  addPeople(people: Iterable<string>): void {
    for (const person of people) this.people.add(person);
  }

  /** Whether the cost, and what was earned with it, would tell one person's rate. */
  get tellsOneRate(): boolean {
    return this.people.size === 1;
  }
}

/** The figures of a tally as they are shown; margin is `sum(profit) / sum(revenue)`. */
export const shownTally = (
  { sums, stages }: Tally,
  { currency, basis, actual }: { readonly currency: string; readonly basis: RevenueBasis; readonly actual: boolean },
) => {
  const revenue = revenueOn(basis, sums);
  const money = (minor: number, shown = actual) => (shown ? { minor, currency } : null);
  return {
    stages: stages.size,
    revenue: money(revenue, showsRevenue(basis, { actual })),
    cost: money(sums.costMinor),
    labourCost: money(sums.labourCostMinor),
    expenses: money(sums.expensesMinor, true),
    profit: money(revenue - sums.costMinor),
    margin: actual ? marginOf(revenue, sums.costMinor) : null,
    markup: actual ? markupOf(revenue, sums.costMinor) : null,
    bases: basesOf(sums, currency, { actual }),
    seconds: sums.seconds,
    lateSeconds: sums.lateSeconds,
    goodwillSeconds: sums.goodwillSeconds,
  };
};
