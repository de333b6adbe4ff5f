/** Stages that are looked into event by event; of more, those that moved least are told as a whole. */
const MOST_EXAMINED = 100;

/** What stages bring: at the earlier moment, by what is known at the later one, and at the later moment. */
export interface Standings<Brought> {
  readonly before: ReadonlyMap<string, Brought>;
  readonly middle: ReadonlyMap<string, Brought>;
  readonly after: ReadonlyMap<string, Brought>;
}

export interface Moved {
  readonly examined: readonly string[];
  readonly others: readonly string[];
}

/** Which stages moved, the most moved first; `weight` is of what a stage brings, such as its profit. */
export const movedStages = <Brought>(
  { before, middle, after }: Standings<Brought>,
  weight: (brought: Brought) => number,
): Moved => {
  const ids = [...new Set([...before.keys(), ...middle.keys(), ...after.keys()])];
  const worth = (brought: Brought | undefined) => (brought === undefined ? 0 : weight(brought));
  const moved = ids
    .filter((id) => {
      const known = new Set([before, middle, after].map((standing) => JSON.stringify(standing.get(id))));
      return known.size > 1;
    })
    .map((id) => ({ id, by: Math.abs(worth(after.get(id)) - worth(before.get(id))) }))
    .sort((one, other) => other.by - one.by || (one.id < other.id ? -1 : 1))
    .map(({ id }) => id);
  return { examined: moved.slice(0, MOST_EXAMINED), others: moved.slice(MOST_EXAMINED) };
};
