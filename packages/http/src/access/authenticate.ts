import { timingSafeEqual } from 'node:crypto';
import { type Permission, type Role, roles } from '@headroom/contracts/rest';
import { coalesce } from '@headroom/postgres';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../binding.ts';
import { isSecret, type KeyText, parseKey } from './key-text.ts';
import type { Database } from './keys.ts';

/** A credential that holds: who calls, and which key it was (rate limits go by it). */
export interface Credential {
  readonly keyId: string;
  readonly caller: Caller;
}

/** Why a credential does not hold. Whether a key is known is told only to who has its secret. */
export type CredentialRefusal = 'credentials-missing' | 'credentials-invalid' | 'key-expired' | 'key-revoked';

export type Authentication = Credential | CredentialRefusal;

export interface Authenticator {
  /** Judges an `Authorization` header; at once when the key was seen in the last seconds. Throws faults of the database. */
  authenticate(authorization: string | undefined): Authentication | Promise<Authentication>;
}

interface KeyRow {
  readonly id: string;
  readonly tenantId: string;
  readonly role: Role;
  readonly scopes: readonly Permission[];
  readonly specialistId: string | null;
  readonly clientId: string | null;
  readonly projectId: string | null;
  readonly secret: Buffer;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

interface KnownKey {
  readonly credential: Credential;
  readonly secret: Buffer;
  readonly expiresAtMs: number;
  readonly revoked: boolean;
  /** The secret that was hashed and found right, so that it need not be hashed for every request. */
  accepted: Buffer | undefined;
}

const SELECT = `
  select id, tenant_id as "tenantId", role, scopes, specialist_id as "specialistId", secret_sha256 as secret,
    client_id as "clientId", project_id as "projectId", expires_at as "expiresAt", revoked_at as "revokedAt"
  from access.api_key where id = any($1)`;

const knownKey = (row: KeyRow): KnownKey => {
  const held = new Set<Permission>(row.role === 'integration' ? row.scopes : (roles[row.role] ?? []));
  const caller: Caller = {
    tenantId: row.tenantId,
    actor: `key:${row.id}`,
    permissions: held,
    seesRates: held.has('rates:read'),
    ...(row.specialistId === null ? {} : { specialistId: row.specialistId }),
    ...(row.clientId === null ? {} : { clientId: row.clientId }),
    ...(row.projectId === null ? {} : { projectId: row.projectId }),
  };
  return {
    credential: { keyId: row.id, caller },
    secret: row.secret,
    expiresAtMs: row.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(row.expiresAt),
    revoked: row.revokedAt !== null,
    accepted: undefined,
  };
};

/** Compares in a time that does not depend on the secret; hashes until the right one has been seen. */
const isRight = (secret: string, key: KnownKey): boolean => {
  const given = Buffer.from(secret, 'latin1');
  if (key.accepted !== undefined && timingSafeEqual(given, key.accepted)) return true;
  if (!isSecret(secret, key.secret)) return false;
  key.accepted = given;
  return true;
};

const UNKNOWN = Symbol('there is no such key');
const MOST_CACHED = 10_000;

/**
 * Judges API keys. What is known of a key, also that there is none, is kept for `cacheMs` (3 seconds unless told), so
 * a revocation takes effect that soon.
 */
export const createAuthenticator = (pool: Database, now: () => Date, cacheMs = 3_000): Authenticator => {
  const cache = new LRUCache<string, KnownKey | typeof UNKNOWN>({ max: MOST_CACHED, ttl: cacheMs });
  const load = coalesce<string, KnownKey>({
    keyOf: (id) => id,
    load: async (ids) => {
      const { rows } = await pool.query<KeyRow>({ name: 'load-api-keys', text: SELECT, values: [ids] });
      return new Map(rows.map((row) => [row.id, knownKey(row)]));
    },
  });

  /**
   * Headers that were judged right, whatever became of their key since: they need not be taken apart again. How long it
   * takes to find one in a map, by a hash whose seed nobody knows, tells nothing about a secret.
   */
  const right = new LRUCache<string, { readonly id: string; readonly key: KnownKey }>({ max: MOST_CACHED });

  const stands = (key: KnownKey): Authentication => {
    if (key.revoked) return 'key-revoked';
    return key.expiresAtMs <= now().getTime() ? 'key-expired' : key.credential;
  };

  const judge = (authorization: string, { id, secret }: KeyText, key: KnownKey | typeof UNKNOWN): Authentication => {
    if (key === UNKNOWN || !isRight(secret, key)) return 'credentials-invalid';
    right.set(authorization, { id, key });
    return stands(key);
  };

  return {
    authenticate: (authorization) => {
      if (authorization === undefined) return 'credentials-missing';
      const judged = right.get(authorization);
      if (judged !== undefined && cache.get(judged.id) === judged.key) return stands(judged.key);
      const token = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
      const parsed = token === undefined ? undefined : parseKey(token);
      if (parsed === undefined) return 'credentials-invalid';
      const known = cache.get(parsed.id);
      if (known !== undefined) return judge(authorization, parsed, known);
      return load(parsed.id).then((found) => {
        const key = found ?? UNKNOWN;
        cache.set(parsed.id, key);
        return judge(authorization, parsed, key);
      });
    },
  };
};
