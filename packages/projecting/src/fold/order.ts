/** A surrogate stands for a code point above all others of one unit. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/**
 * Compares by code points, as Postgres does under collation "C" in UTF-8. JavaScript's own `<` compares UTF-16 units,
 * which differs beyond the basic plane.
 */
export const compareText = (a: string, b: string): number => {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
};

/** Compares two values of one column, neither of them null, as the database does. */
export const compareValues = (a: unknown, b: unknown): number =>
  typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : Number(a) - Number(b);
