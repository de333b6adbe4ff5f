/** Enough for the questions that are asked again and again; an answer may be large. */
const MOST_ANSWERS = 100;

/**
 * Answers over many rows, for as long as nothing is written: the same question at the same position has the same
 * answer, so it is made once. Unlike `Remembered` it is asked without the rows.
 */
export class RememberedAtPosition<Answer extends { readonly knownAt: number }> {
  readonly #answers = new Map<string, Answer>();

  /** The answer to a question (`key` says all that it depends on but the rows) at a position; undefined when not kept. */
  at(key: string, position: number): Answer | undefined {
    const answer = this.#answers.get(key);
    return answer?.knownAt === position ? answer : undefined;
  }

  /** Keeps an answer until another is kept for its key, or it is the oldest of too many. */
  keep(key: string, answer: Answer): Answer {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST_ANSWERS && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }
}
