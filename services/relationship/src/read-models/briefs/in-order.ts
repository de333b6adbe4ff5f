/** An order by date, and by id where dates are alike, so that the same rows always come in the same order. */
export const inOrder =
  <Item>(order: 'newest-first' | 'oldest-first', dateOf: (item: Item) => string, idOf: (item: Item) => string) =>
  (one: Item, other: Item): number => {
    const [first, second] = order === 'oldest-first' ? [one, other] : [other, one];
    if (dateOf(first) !== dateOf(second)) return dateOf(first) < dateOf(second) ? -1 : 1;
    return idOf(one) < idOf(other) ? -1 : 1;
  };
