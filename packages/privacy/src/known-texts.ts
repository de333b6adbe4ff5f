import { LRUCache } from 'lru-cache';
import { openField } from './field-cipher.ts';
import type { KeyRing } from './key-ring.ts';
import { ERASED, isToken, subjectOfToken } from './token.ts';

/** Gives the text of a token that was asked for, `[erased]` where its key is gone. */
export type Reveal = (token: string) => string;

const MOST_TEXTS = 50_000;

/** The texts of tokens that were opened before: lists show the same names again and again. */
export class KnownTexts {
  readonly #texts = new LRUCache<string, string>({ max: MOST_TEXTS });

  /** Somebody was erased. */
  forget(): void {
    this.#texts.clear();
  }

  /** The texts of tokens, all of one tenant: another one's are nothing but characters, whoever wrote them. */
  async reveal(ring: KeyRing, tenantId: string, tokens: Iterable<string>): Promise<Reveal> {
    const found = new Map<string, string>();
    const unknown: string[] = [];
    for (const token of tokens) {
      const text = this.#texts.get(`${tenantId} ${token}`);
      if (text === undefined) unknown.push(token);
      else found.set(token, text);
    }
    if (unknown.length > 0) await this.#open(ring, tenantId, unknown, found);
    return (token) => found.get(token) ?? (isToken(token) ? ERASED : token);
  }

  async #open(ring: KeyRing, tenantId: string, tokens: readonly string[], found: Map<string, string>): Promise<void> {
    const since = ring.epoch;
    const keys = await ring.keysOf(tenantId, new Set(tokens.map(subjectOfToken)));
    for (const token of tokens) {
      const key = keys.get(subjectOfToken(token));
      const text = key && openField(key, token);
      if (text === undefined) continue;
      found.set(token, text);
      if (since === ring.epoch) this.#texts.set(`${tenantId} ${token}`, text);
    }
  }
}
