import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import type { MasterKey } from './master-key.ts';
import { countErasures, readSubjects, type SubjectRow } from './subject-rows.ts';

const FRESH_MS = 1_000;
const MOST_KEYS = 20_000;

const PROVE = `with made as (insert into privacy.master (proof) values ($1) on conflict do nothing returning proof)
  select proof from made union all select proof from privacy.master`;

/** The database holds keys that were wrapped under another master key. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
}

const checkMasterKey = async (pool: pg.Pool, masterKey: MasterKey): Promise<void> => {
  const proof = async () => (await pool.query<{ proof: Uint8Array }>(PROVE, [masterKey.proof])).rows[0]?.proof;
  // Of two processes that come first at once, one sees neither its own row nor the other's.
  const known = (await proof()) ?? (await proof());
  if (known === undefined || !masterKey.isProvedBy(known)) {
    throw new WrongMasterKey('the master key is not the one under which the keys of this database were wrapped');
  }
};

/** Whom a key is wrapped for. */
export const ownerOf = (tenantId: string, subjectId: string): string => `${tenantId}/${subjectId}`;

/**
 * The keys of subjects that this process has in hand, and how many erasures it knows of. Whatever is remembered holds for
 * one epoch: with the next erasure, anybody's and anywhere, all of it is let go.
 */
export class KeyRing {
  readonly #pool: pg.Pool;
  readonly #masterKey: MasterKey;
  readonly #onErasure: () => void;
  readonly #keys = new LRUCache<string, Uint8Array>({ max: MOST_KEYS });
  #epoch: number;
  #asked = performance.now();
  #asking: Promise<void> | undefined;

  private constructor(pool: pg.Pool, masterKey: MasterKey, epoch: number, onErasure: () => void) {
    this.#pool = pool;
    this.#masterKey = masterKey;
    this.#epoch = epoch;
    this.#onErasure = onErasure;
  }

  /** `onErasure` hears when what is remembered elsewhere has to be let go. Throws `WrongMasterKey`. */
  static async open(pool: pg.Pool, masterKey: MasterKey, onErasure: () => void): Promise<KeyRing> {
    await checkMasterKey(pool, masterKey);
    return new KeyRing(pool, masterKey, await countErasures(pool), onErasure);
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Resolves when what is known of erasures is at most a second old; undefined when it is already. */
  fresh(): Promise<void> | undefined {
    if (performance.now() - this.#asked < FRESH_MS) return undefined;
    this.#asking ??= this.ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** Asks how many erasures there were. */
  async ask(): Promise<void> {
    const at = performance.now();
    const count = await countErasures(this.#pool);
    if (count > this.#epoch) {
      this.#epoch = count;
      this.#keys.clear();
      this.#onErasure();
    }
    this.#asked = Math.max(this.#asked, at);
  }

  /** A key in hand. */
  inHand(tenantId: string, subjectId: string): Uint8Array | undefined {
    return this.#keys.get(ownerOf(tenantId, subjectId));
  }

  /** The key of a row; undefined when it is gone, or cannot be opened any more. */
  open(tenantId: string, { subjectId, wrappedKey }: SubjectRow): Uint8Array | undefined {
    if (wrappedKey === null) return undefined;
    try {
      return this.#masterKey.unwrap(wrappedKey, ownerOf(tenantId, subjectId));
    } catch {
      return undefined;
    }
  }

  /** Takes the key of a row in hand, unless somebody was erased since the epoch in which the row was asked for. */
  take(tenantId: string, row: SubjectRow, since: number): Uint8Array | undefined {
    const key = this.open(tenantId, row);
    if (key !== undefined && since === this.#epoch) this.#keys.set(ownerOf(tenantId, row.subjectId), key);
    return key;
  }

  /** The keys of subjects; of those that have none any more, none. */
  async keysOf(tenantId: string, subjectIds: ReadonlySet<string>): Promise<Map<string, Uint8Array>> {
    const known = new Map<string, Uint8Array>();
    const missing: string[] = [];
    for (const subjectId of subjectIds) {
      const key = this.inHand(tenantId, subjectId);
      if (key === undefined) missing.push(subjectId);
      else known.set(subjectId, key);
    }
    if (missing.length === 0) return known;
    const since = this.#epoch;
    for (const row of await readSubjects(this.#pool, tenantId, missing)) {
      const key = this.take(tenantId, row, since);
      if (key !== undefined) known.set(row.subjectId, key);
    }
    return known;
  }
}
