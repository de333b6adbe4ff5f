import { firstDayOf } from '@headroom/kernel';
import { costedPeopleByMonth, firstPeriod } from '../../formulas/stage-ledger.ts';
import type { StageRow } from '../tables.ts';

/** Between which days a stage's figures change at all. */
export interface Lifetime {
  /** Before this day nothing was earned or spent; undefined when nothing ever was. */
  readonly first: string | undefined;
  /** From this day on nothing changes: the stage is closed, and no fact is dated later. Undefined while it is open. */
  readonly settled: string | undefined;
  /** The days on which anything but work happened, the first one first. */
  readonly facts: readonly string[];
}

const lifetimes = new WeakMap<StageRow, Lifetime>();

const made = ({ ledger }: StageRow): Lifetime => {
  const { lifecycle, expenses, extraPayments, writeOffs, invoiced, paid } = ledger;
  const facts = [lifecycle, expenses, extraPayments, writeOffs, invoiced, paid].flat().map(({ on }) => on);
  facts.sort();
  const period = firstPeriod(ledger);
  const beginnings = period === undefined ? facts : [...facts, firstDayOf(period.slice(0, 7))];
  const closed = lifecycle.at(-1)?.to === 'closed';
  return {
    first: beginnings.toSorted()[0],
    settled: closed ? [...facts, ledger.lastWorkDate].toSorted().at(-1) : undefined,
    facts,
  };
};

/** The lifetime of a stage; it is kept by its row. */
export const lifetimeOf = (row: StageRow): Lifetime => {
  const known = lifetimes.get(row) ?? made(row);
  lifetimes.set(row, known);
  return known;
};

const costed = new WeakMap<StageRow, ReadonlyMap<string, ReadonlySet<string>>>();

/** Whose work a stage's cost is made of, month by month; it is kept by its row. */
export const costedPeopleOf = (row: StageRow): ReadonlyMap<string, ReadonlySet<string>> => {
  const known = costed.get(row) ?? costedPeopleByMonth(row.ledger);
  costed.set(row, known);
  return known;
};

/** Since when nothing had changed as of a day, whatever came after it; undefined while the stage was open, or worked on later. */
export const settledBy = (row: StageRow, asOf: string): string | undefined => {
  const { lifecycle, lastWorkDate } = row.ledger;
  const closed = lifecycle.findLast(({ on }) => on <= asOf)?.to === 'closed';
  if (!closed || lastWorkDate > asOf) return undefined;
  const lastFact = lifetimeOf(row).facts.findLast((on) => on <= asOf);
  return lastFact === undefined || lastFact < lastWorkDate ? lastWorkDate : lastFact;
};
