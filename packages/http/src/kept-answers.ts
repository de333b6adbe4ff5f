import type { Question } from '@headroom/contracts/rest';
import { LRUCache } from 'lru-cache';
import type { QuestionReply, QuestionRequest } from './binding.ts';

/** What of the texts is kept, at most, in characters. */
const MOST_CHARACTERS = 64 * 1_048_576;
/** A text and what goes with it takes at least so much. */
const LEAST_CHARACTERS = 500;
/** Every time zone is a multiple of this away from UTC, so within it no agency's date changes. */
const DATES_HOLD_MS = 15 * 60_000;

/** An answer, the snapshot that it was made of, and its text; undefined for a refusal. */
export interface Made {
  readonly snapshot: string;
  readonly text: string | undefined;
  readonly reply: QuestionReply<Question>;
}

interface Kept {
  readonly snapshot: string;
  readonly text: string;
}

/** All that an answer depends on but the rows. */
export const keptBy = (operationId: string, request: QuestionRequest<Question>): string => {
  const { params, query, caller, instant } = request;
  const { permissions, ...who } = caller;
  const dates = Math.floor(Date.parse(instant) / DATES_HOLD_MS);
  return JSON.stringify([operationId, params, query, who, [...permissions].sort(), dates]);
};

/**
 * Texts of answers, kept while nothing is written: a question asked again of the same snapshot gets the same text, and
 * whoever asks while it is being made waits for that one. Those not asked for longest are forgotten first.
 */
export class KeptAnswers {
  readonly #texts = new LRUCache<string, Kept>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ text }, key) => LEAST_CHARACTERS + key.length + text.length,
  });
  readonly #making = new Map<string, Promise<Made>>();

  /** The text that was made of that very snapshot. */
  text(key: string, snapshot: string): string | undefined {
    const kept = this.#texts.get(key);
    return kept?.snapshot === snapshot ? kept.text : undefined;
  }

  /**
   * Makes an answer, once for all who ask at that snapshot at the same time; what it was made of may be newer by then.
   * A text that it has is kept.
   */
  make(key: string, snapshot: string, make: () => Promise<Made>): Promise<Made> {
    const id = `${snapshot} ${key}`;
    // Whoever began may have lost its connection: that is not the fault of who waits for it.
    return this.#making.get(id)?.catch(make) ?? this.#begin(id, key, make);
  }

  async #begin(id: string, key: string, make: () => Promise<Made>): Promise<Made> {
    const making = make();
    this.#making.set(id, making);
    try {
      const answer = await making;
      if (answer.text !== undefined) this.#texts.set(key, { snapshot: answer.snapshot, text: answer.text });
      return answer;
    } finally {
      this.#making.delete(id);
    }
  }
}
