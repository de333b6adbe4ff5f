import { allocate, exactCost } from '@headroom/money';
import type { LabourLine } from '../formulas/stage-ledger.ts';

/** The activities in the order in which they are shown. */
export const ACTIVITIES = ['production', 'communication', 'travel', 'rework', 'management'] as const;

/** Labour lines grouped in a stated order, with money that adds up to the labour cost. */
export const grouped = <Key extends string>(
  labour: readonly LabourLine[],
  keyOf: (line: LabourLine) => Key,
  currency: string,
  order: readonly Key[],
) => {
  const seconds = new Map<Key, number>();
  const exact = new Map<Key, bigint>();
  for (const line of labour) {
    const key = keyOf(line);
    seconds.set(key, (seconds.get(key) ?? 0) + line.seconds);
    exact.set(key, (exact.get(key) ?? 0n) + exactCost(line.seconds, line.units ?? 0));
  }
  const keys = order.filter((key) => seconds.has(key));
  const minors = allocate(
    keys.map((key) => exact.get(key) ?? 0n),
    currency,
  );
  return keys.map((key, index) => ({ key, seconds: seconds.get(key) ?? 0, minor: minors[index] ?? 0 }));
};
