import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { fieldKeyOf, openField, sealField } from './field-cipher.ts';
import { KeyRing, ownerOf } from './key-ring.ts';
import { KnownTexts, type Reveal } from './known-texts.ts';
import type { MasterKey } from './master-key.ts';
import type { Person, Subject } from './subject.ts';
import {
  eraseRow,
  findOrInsert,
  listSubjectRows,
  readSubjects,
  type SubjectFilter,
  type SubjectRow,
  subjectIdOf,
} from './subject-rows.ts';
import { ERASED, parseToken, subjectOfToken } from './token.ts';

/** A subject and its key; null when it was erased. */
export interface HeldKey {
  readonly subjectId: string;
  readonly key: Uint8Array | null;
}

/** Who holds the keys of subjects. */
export interface Vault {
  /** The key of a person, made when there is none, and durable before this resolves. */
  keyFor(tenantId: string, person: Person): Promise<HeldKey>;
  /** The texts of tokens, of one tenant. */
  reveal(tenantId: string, tokens: Iterable<string>): Promise<Reveal>;
  /** The keys of single fields, by their tokens: each opens its own field and no other. None where the key is gone. */
  fieldKeys(tenantId: string, tokens: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** Resolves when what is known here of erasures is at most a second old; undefined when it is already. */
  fresh(): Promise<void> | undefined;
  /** Grows with every erasure that is known here: what was read before it may be shown no more. */
  readonly epoch: number;
  get(tenantId: string, subjectId: string): Promise<Subject | undefined>;
  /** By id. */
  list(tenantId: string, filter: SubjectFilter): Promise<Subject[]>;
  /** Destroys a subject's key and name; nothing happens when they are gone. */
  destroy(tenantId: string, subjectId: string): Promise<void>;
}

const KEY_BYTES = 32;
const MOST_PEOPLE = 20_000;
const LABEL = { eventId: 'subject', pointer: '/label' };

const shown = ({ wrappedKey: _, ...row }: SubjectRow, key: Uint8Array | undefined): Subject => {
  if (row.erasedAt !== null) return { ...row, label: ERASED };
  if (row.label === null) return row;
  return { ...row, label: (key && openField(key, row.label)) ?? ERASED };
};

/** How the key of a person is found, or made: once, whoever makes it at the same time. */
const createKeyFor = (pool: pg.Pool, masterKey: MasterKey, ring: KeyRing, known: LRUCache<string, string>) => {
  const findOrMake = (tenantId: string, person: Person, lookup: Uint8Array): Promise<SubjectRow> => {
    const subjectId = subjectIdOf(person);
    const key = randomBytes(KEY_BYTES);
    const wrappedKey = masterKey.wrap(key, ownerOf(tenantId, subjectId));
    const label = person.label === null ? null : sealField(subjectId, key, LABEL, person.label);
    return findOrInsert(pool, { tenantId, subjectId, person, lookup, wrappedKey, label });
  };

  return async (tenantId: string, person: Person): Promise<HeldKey> => {
    await ring.fresh();
    const lookup = masterKey.lookup([tenantId, person.kind, ...person.key]);
    const found = lookup.toString('base64');
    const subjectId = known.get(found);
    const held = subjectId && ring.inHand(tenantId, subjectId);
    if (subjectId !== undefined && held) return { subjectId, key: held };
    const since = ring.epoch;
    const row = await findOrMake(tenantId, person, lookup);
    if (since === ring.epoch) known.set(found, row.subjectId);
    return { subjectId: row.subjectId, key: ring.take(tenantId, row, since) ?? null };
  };
};

/**
 * The vault over its tables. Keys and texts are remembered in memory; before they are used, what is known of erasures is
 * at most a second old, whoever erased. Throws `WrongMasterKey`.
 */
export const openVault = async (pool: pg.Pool, masterKey: MasterKey): Promise<Vault> => {
  const texts = new KnownTexts();
  const people = new LRUCache<string, string>({ max: MOST_PEOPLE });
  const ring = await KeyRing.open(pool, masterKey, () => {
    texts.forget();
    people.clear();
  });
  const describe = (tenantId: string, rows: readonly SubjectRow[]): Subject[] =>
    rows.map((row) => shown(row, ring.open(tenantId, row)));

  return {
    get epoch() {
      return ring.epoch;
    },
    fresh: () => ring.fresh(),
    keyFor: createKeyFor(pool, masterKey, ring, people),
    reveal: async (tenantId, tokens) => {
      await ring.fresh();
      return texts.reveal(ring, tenantId, tokens);
    },
    fieldKeys: async (tenantId, tokens) => {
      await ring.fresh();
      const keys = await ring.keysOf(tenantId, new Set(tokens.map(subjectOfToken)));
      const found = new Map<string, Uint8Array>();
      for (const token of tokens) {
        const key = keys.get(subjectOfToken(token));
        if (key !== undefined) found.set(token, fieldKeyOf(key, parseToken(token).locator));
      }
      return found;
    },
    get: async (tenantId, subjectId) => describe(tenantId, await readSubjects(pool, tenantId, [subjectId]))[0],
    list: async (tenantId, filter) => describe(tenantId, await listSubjectRows(pool, tenantId, filter)),
    destroy: async (tenantId, subjectId) => {
      await eraseRow(pool, tenantId, subjectId);
      await ring.ask();
    },
  };
};
