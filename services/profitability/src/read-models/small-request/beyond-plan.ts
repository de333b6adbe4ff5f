/** Something dated with an amount (seconds, or money) that a plan holds a total of. */
interface Dated {
  readonly id: string;
  readonly on: string;
  readonly amount: number;
}

/** The part of an amount that the plan did not hold. */
export interface Excess<Item> {
  readonly item: Item;
  readonly amount: number;
}

const inOrder = (one: Dated, other: Dated): number => {
  if (one.on !== other.on) return one.on < other.on ? -1 : 1;
  return one.id < other.id ? -1 : 1;
};

/** What is left when a planned total has been used up in the order of dates and ids; the last one may be in part. */
export const beyondPlan = <Item extends Dated>(items: readonly Item[], planned: number): Excess<Item>[] => {
  let used = 0;
  return [...items].sort(inOrder).flatMap((item) => {
    const before = Math.max(0, used - planned);
    used += item.amount;
    const amount = Math.max(0, used - planned) - before;
    return amount > 0 ? [{ item, amount }] : [];
  });
};
