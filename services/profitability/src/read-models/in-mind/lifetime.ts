import { firstDayOf } from '@headroom/kernel';
import { costedPeopleByMonth, firstPeriod } from '../../formulas/stage-ledger.ts';
import type { StageRow } from '../tables.ts';

/** Between which days a stage's figures change at all, and whose work its cost is made of, month by month. */
export interface Lifetime {
  /** Before this day nothing was earned or spent; undefined when nothing ever was. */
  readonly first: string | undefined;
  /** From this day on nothing changes: the stage is closed, and no fact is dated later. Undefined while it is open. */
  readonly settled: string | undefined;
  readonly costedPeople: ReadonlyMap<string, ReadonlySet<string>>;
}

const lifetimes = new WeakMap<StageRow, Lifetime>();

const made = ({ ledger }: StageRow): Lifetime => {
  const { lifecycle, expenses, extraPayments, writeOffs, invoiced, paid } = ledger;
  const facts = [lifecycle, expenses, extraPayments, writeOffs, invoiced, paid].flat().map(({ on }) => on);
  const period = firstPeriod(ledger);
  const beginnings = period === undefined ? facts : [...facts, firstDayOf(period.slice(0, 7))];
  const closed = lifecycle.at(-1)?.to === 'closed';
  return {
    first: beginnings.toSorted()[0],
    settled: closed ? [...facts, ledger.lastWorkDate].toSorted().at(-1) : undefined,
    costedPeople: costedPeopleByMonth(ledger),
  };
};

/** The lifetime of a stage; it is kept by its row. */
export const lifetimeOf = (row: StageRow): Lifetime => {
  const known = lifetimes.get(row) ?? made(row);
  lifetimes.set(row, known);
  return known;
};
