/** What was made of some rows. */
interface Made<Answer> {
  readonly rows: readonly object[];
  readonly variant: string;
  readonly position: number;
  readonly answer: Answer;
}

/** More forms of one question than that are hardly asked in turn. */
const MOST_VARIANTS = 8;

/**
 * Answers by the rows they were made of, for as long as `rows` gives the same objects: whoever asks again, while nothing
 * was written, gets the same answer object. Nothing outlives its row.
 */
export class Remembered<Answer extends { readonly knownAt: number }> {
  readonly #byRow = new WeakMap<object, Made<Answer>[]>();

  /**
   * The answer that `make` gives of these rows (at least one), made anew only when they changed; `variant` names whatever
   * else it depends on. When only the position moved on, it is the same answer with that position.
   */
  of(rows: readonly [object, ...object[]], variant: string, position: number, make: () => Answer): Answer {
    const list = this.#byRow.get(rows[0]) ?? [];
    this.#byRow.set(rows[0], list);
    const index = list.findIndex((made) => made.variant === variant && same(made.rows, rows));
    const known = list[index];
    if (known?.position === position) return known.answer;
    const answer = known === undefined ? make() : { ...known.answer, knownAt: position };
    if (index >= 0) list.splice(index, 1);
    else if (list.length === MOST_VARIANTS) list.pop();
    list.unshift({ rows, variant, position, answer });
    return answer;
  }
}

const same = (one: readonly object[], other: readonly object[]): boolean =>
  one.length === other.length && one.every((row, index) => row === other[index]);
