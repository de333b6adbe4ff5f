import { LRUCache } from 'lru-cache';
import type { RowReader } from '../reader.ts';

interface Made<Answer> {
  readonly snapshot: string;
  readonly answer: Promise<Answer>;
}

/**
 * What was made of many rows, for as long as nothing is written: a question asked again of an unchanged snapshot gets
 * the same object, also while it is still being made. It must not be changed. Unlike `Remembered` it is asked without the rows.
 */
export class RememberedBySnapshot<Answer> {
  readonly #made: LRUCache<string, Made<Answer>>;

  /** `most`: how many questions are kept; the one that was not asked for longest goes first. */
  constructor(most: number) {
    this.#made = new LRUCache({ max: most });
  }

  /** The answer to a question (`key` says all that it depends on but the rows); made by `make` where it is not kept. */
  of({ snapshot }: Pick<RowReader, 'snapshot'>, key: string, make: () => Promise<Answer>): Promise<Answer> {
    // Whoever began may have lost its connection: that is not the fault of who waits for it.
    return (
      this.known(snapshot, key)?.catch(() => this.#keep(snapshot, key, make())) ?? this.#keep(snapshot, key, make())
    );
  }

  /** The answer, if it is kept for that very snapshot. */
  known(snapshot: string, key: string): Promise<Answer> | undefined {
    const made = this.#made.get(key);
    return made?.snapshot === snapshot ? made.answer : undefined;
  }

  #keep(snapshot: string, key: string, answer: Promise<Answer>): Promise<Answer> {
    const made = { snapshot, answer };
    this.#made.set(key, made);
    answer.catch(() => this.#made.peek(key) === made && this.#made.delete(key));
    return answer;
  }
}
