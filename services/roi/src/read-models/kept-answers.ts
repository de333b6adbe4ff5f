/**
 * Finished answers, kept as long as the log has not moved on: the same question at the same position of the log has the
 * same answer. They are handed out as the same object, so they must not be changed.
 */
export class KeptAnswers<Body extends object> {
  readonly #most: number;
  readonly #kept = new Map<string, { readonly position: number; readonly body: Body }>();

  /** `most`: how many are kept; the one that was not asked for longest goes first. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The answer to a question at a position; undefined when it is not kept. */
  find(question: string, position: number): Body | undefined {
    const kept = this.#kept.get(question);
    if (kept?.position !== position) return undefined;
    this.#kept.delete(question);
    this.#kept.set(question, kept);
    return kept.body;
  }

  keep(question: string, position: number, body: Body): void {
    this.#kept.delete(question);
    this.#kept.set(question, { position, body });
    const [longestAgo] = this.#kept.keys();
    if (this.#kept.size > this.#most && longestAgo !== undefined) this.#kept.delete(longestAgo);
  }
}
