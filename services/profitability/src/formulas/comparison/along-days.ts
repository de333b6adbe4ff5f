import { firstDayOf, monthsFrom } from '@headroom/kernel';
import type { Dated, FactEntry, RatedMoney, StageFacts } from '../explanation/facts.ts';
import { addEntry, figuresOn, termsOf, undatedLedger } from '../explanation/recompute.ts';
import type { StageLedger } from '../stage-ledger.ts';
import type { Cause, Change } from './causes.ts';
import { type ComparedFigure, figureOf } from './figure-value.ts';

/** A fact that counts from a day on, and how a ledger takes it in. */
interface Arrival {
  readonly on: string;
  readonly cause: Cause;
  readonly position: number | null;
  readonly enter: (ledger: StageLedger, entries: FactEntry[]) => void;
}

const arrival = (fact: Dated, cause: Cause, enter: Arrival['enter']): Arrival => ({
  on: fact.on,
  cause,
  position: fact.from.at(-1) ?? null,
  enter,
});

/** What takes an amount of a closed month back is below zero. */
const unlessTakenBack = (cause: Cause, { amount }: RatedMoney): Cause => (amount.minor < 0 ? 'voids' : cause);

/** All dated facts of a stage, by day; within a day in the order of the log. */
const arrivalsOf = (facts: StageFacts, isCorrection: (position: number) => boolean): Arrival[] => {
  const causeOfEntry = ({ late, from: [first = 0] }: FactEntry): Cause =>
    isCorrection(first) ? 'corrections' : late ? 'late-hours' : 'hours';
  const turns = facts.lifecycle.map((turn, index) => {
    const reopened = turn.to === 'started' && index > 0;
    // Of two turns the one that was told last holds, whatever their days: they stay in the order of the log.
    const enter = (ledger: StageLedger) => {
      const entered = new Set([...ledger.lifecycle, turn]);
      ledger.lifecycle = facts.lifecycle.filter((each) => entered.has(each));
    };
    return arrival(turn, reopened ? 'reopened-stages' : 'stage-life', enter);
  });
  const arrivals = [
    ...turns,
    ...facts.estimates.map((each) => arrival(each, 'estimates', ({ estimates }) => estimates.push(each))),
    ...facts.extraPayments.map((each) =>
      arrival(each, 'extra-payments', ({ extraPayments }) => extraPayments.push(each)),
    ),
    ...facts.expenses.map((each) =>
      arrival(each, unlessTakenBack('expenses', each), ({ expenses }) =>
        expenses.push({ ...each, note: null, voids: null }),
      ),
    ),
    ...facts.writeOffs.map((each) => arrival(each, 'write-offs', ({ writeOffs }) => writeOffs.push(each))),
    ...facts.invoiced.map((each) =>
      arrival(each, unlessTakenBack('invoices', each), ({ invoiced }) => invoiced.push(each)),
    ),
    ...facts.paid.map((each) => arrival(each, unlessTakenBack('payments', each), ({ paid }) => paid.push(each))),
    ...facts.entries.map((entry) =>
      arrival({ on: entry.workDate, from: entry.from }, causeOfEntry(entry), (ledger, entries) => {
        entries.push(entry);
        addEntry(ledger, entry);
      }),
    ),
  ];
  return arrivals.sort((one, other) =>
    one.on === other.on ? (one.position ?? 0) - (other.position ?? 0) : one.on < other.on ? -1 : 1,
  );
};

interface Turning {
  readonly on: string;
  readonly cause: Cause;
  readonly position: number | null;
}

/** Days on which a figure may move although nothing is dated then: other rates or standards hold, or a month begins. */
const turningDays = (facts: StageFacts): Turning[] => {
  const effective = (cause: Cause, list: readonly { readonly effectiveFrom: string; readonly from: number[] }[]) =>
    list.map(({ effectiveFrom, from }) => ({ on: effectiveFrom, cause, position: from.at(-1) ?? null }));
  const { billing } = facts.plan;
  const months = billing.kind === 'retainer' ? monthsFrom(billing.fromMonth, billing.toMonth) : [];
  return [
    ...effective('cost-rates', facts.rates),
    ...effective('bill-rates', facts.billRates),
    ...effective('exchange-rates', facts.exchangeRates),
    ...effective('standards', facts.standards),
    ...months.map((month) => ({ on: firstDayOf(month), cause: 'passing-time' as const, position: null })),
  ];
};

export interface Span {
  readonly fromDay: string;
  /** Also the day of the facts. */
  readonly toDay: string;
  readonly figure: ComparedFigure;
}

/**
 * How a stage's figure moved from one day to a later one, by the same facts: day by day, first what the day itself
 * changes, then fact by fact, so that the changes add up to the difference exactly.
 */
export const changesAlongDays = (
  stageId: string,
  facts: StageFacts,
  { fromDay, toDay, figure }: Span,
  isCorrection: (position: number) => boolean,
): Change[] => {
  const ledger = undatedLedger(facts);
  const entries: FactEntry[] = [];
  const asked = { facts, terms: termsOf(facts) };
  const value = (day: string): number => figureOf(figure, figuresOn(ledger, entries, day, asked)) ?? 0;
  const arrivals = arrivalsOf(facts, isCorrection);
  for (const { on, enter } of arrivals) if (on <= fromDay) enter(ledger, entries);
  const within = ({ on }: { readonly on: string }): boolean => on > fromDay && on <= toDay;
  const coming = Map.groupBy(arrivals.filter(within), ({ on }) => on);
  const turning = Map.groupBy(turningDays(facts).filter(within), ({ on }) => on);
  const changes: Change[] = [];
  let before = value(fromDay);
  const note = ({ cause, position }: Omit<Turning, 'on'>, on: string, now: number): void => {
    if (now !== before) changes.push({ cause, minor: now - before, stageId, on, position });
    before = now;
  };
  for (const day of [...new Set([...coming.keys(), ...turning.keys(), toDay])].sort()) {
    note(turning.get(day)?.[0] ?? { cause: 'passing-time', position: null }, day, value(day));
    for (const each of coming.get(day) ?? []) {
      each.enter(ledger, entries);
      note(each, day, value(day));
    }
  }
  return changes;
};
