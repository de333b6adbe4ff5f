import { type Permission, permissions, type Role, roles } from '@headroom/contracts/rest';
import { isTenantId } from '@headroom/kernel';
import type { createPool } from '@headroom/postgres';
import { hashSecret, isEnvironment, makeKey } from './key-text.ts';

export type Database = ReturnType<typeof createPool>;

/** Where the table of keys is kept, for `migrate`. */
export const accessMigrations = { component: 'access', folder: new URL('../../migrations', import.meta.url) } as const;

export interface NewKey {
  readonly tenantId: string;
  /** What the key is for, as people call it. */
  readonly name: string;
  readonly role: Role;
  /** For the role `integration` alone, and then at least one. */
  readonly scopes?: readonly Permission[];
  readonly specialistId?: string;
  /** For the role `client`: whose projects the key shows. */
  readonly clientId?: string;
  /** Only this project of the client. */
  readonly projectId?: string;
  /** Part of the key's text; `live` unless told. */
  readonly environment?: string;
  /** RFC 3339; never when absent. */
  readonly expiresAt?: string;
  /** `key:<id>`, `user:<subject>` or `system:<name>`. */
  readonly createdBy: string;
  /** RFC 3339 instant of now. */
  readonly now: string;
}

/** A key as it may be shown: without its secret. */
export interface KeyDescription {
  readonly id: string;
  readonly name: string;
  readonly environment: string;
  readonly role: Role;
  readonly scopes: readonly Permission[];
  readonly specialistId: string | null;
  readonly clientId: string | null;
  readonly projectId: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

/** The wish for a key makes no sense; the message says why. */
export class InvalidKeyWish extends Error {
  override readonly name = 'InvalidKeyWish';
}

/** What is wrong with whose key it is to be. */
const complaintOfWhose = (wish: NewKey): string | undefined => {
  if (wish.role === 'specialist' && wish.specialistId === undefined) return 'a specialist’s key names the specialist';
  if (wish.role === 'client' && wish.clientId === undefined) return 'a client’s key names the client';
  if (wish.role !== 'client' && wish.clientId !== undefined) return 'only a key of the role client names a client';
  if (wish.projectId !== undefined && wish.clientId === undefined) return 'only a client’s key names a project';
  return undefined;
};

const complaint = (wish: NewKey): string | undefined => {
  const scopes = wish.scopes ?? [];
  if (!isTenantId(wish.tenantId)) return `${wish.tenantId} cannot be the name of a tenant`;
  if (!Object.hasOwn(roles, wish.role)) return `there is no role ${wish.role}`;
  if (!isEnvironment(wish.environment ?? 'live')) return 'an environment is 1-16 lower-case letters';
  const unknown = scopes.find((scope) => !permissions.includes(scope));
  if (unknown !== undefined) return `there is no permission ${unknown}`;
  if (wish.role === 'integration' && scopes.length === 0) return 'an integration needs at least one scope';
  if (wish.role !== 'integration' && scopes.length > 0) return `the role ${wish.role} takes no scopes`;
  if (wish.expiresAt !== undefined && !(Date.parse(wish.expiresAt) > Date.parse(wish.now)))
    return 'the key would have expired already';
  return complaintOfWhose(wish);
};

const INSERT = `
  insert into access.api_key
    (id, tenant_id, name, environment, role, scopes, specialist_id, secret_sha256, created_at, created_by, expires_at,
    client_id, project_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;

/** Makes a key and gives its text, which is never to be seen again. Throws `InvalidKeyWish`. */
export const createKey = async (
  pool: Database,
  wish: NewKey,
): Promise<{ readonly id: string; readonly key: string }> => {
  const wrong = complaint(wish);
  if (wrong !== undefined) throw new InvalidKeyWish(wrong);
  const environment = wish.environment ?? 'live';
  const { id, secret, key } = makeKey(environment);
  await pool.query(INSERT, [
    id,
    wish.tenantId,
    wish.name,
    environment,
    wish.role,
    wish.scopes ?? [],
    wish.specialistId ?? null,
    hashSecret(secret),
    wish.now,
    wish.createdBy,
    wish.expiresAt ?? null,
    wish.clientId ?? null,
    wish.projectId ?? null,
  ]);
  return { id, key };
};

const REVOKE = `
  update access.api_key set revoked_at = $3, revoked_by = $4
  where tenant_id = $1 and id = $2 and revoked_at is null`;

/**
 * Revokes a key of a tenant: every process refuses it within the few seconds that credentials are cached for. False
 * when there is no such key or it was revoked before.
 */
export const revokeKey = async (
  pool: Database,
  revocation: { readonly tenantId: string; readonly id: string; readonly revokedBy: string; readonly now: string },
): Promise<boolean> => {
  const { tenantId, id, now, revokedBy } = revocation;
  return ((await pool.query(REVOKE, [tenantId, id, now, revokedBy])).rowCount ?? 0) > 0;
};

const FORGET = `
  update access.api_key
     set name = $3, revoked_at = coalesce(revoked_at, clock_timestamp()), revoked_by = coalesce(revoked_by, $4)
   where tenant_id = $1 and specialist_id = $2`;

/** Revokes the keys of a specialist who was erased, and removes what they were called. */
export const forgetSpecialist = async (pool: Database, tenantId: string, specialistId: string): Promise<void> => {
  await pool.query(FORGET, [tenantId, specialistId, '[erased]', 'system:erasure']);
};

const LIST = `
  select id, name, environment, role, scopes, specialist_id as "specialistId", client_id as "clientId",
    project_id as "projectId", created_at as "createdAt",
    created_by as "createdBy", expires_at as "expiresAt", revoked_at as "revokedAt"
  from access.api_key where tenant_id = $1 order by created_at, id`;

/** The keys of a tenant, oldest first, revoked ones too. */
export const listKeys = async (pool: Database, tenantId: string): Promise<KeyDescription[]> =>
  (await pool.query<KeyDescription>(LIST, [tenantId])).rows;

const OF_SPECIALIST = 'select id from access.api_key where tenant_id = $1 and specialist_id = $2 order by id';

/** The actors that a specialist's keys, revoked ones too, appear as in the log. */
export const specialistActors = async (pool: Database, tenantId: string, specialistId: string): Promise<string[]> =>
  (await pool.query<{ readonly id: string }>(OF_SPECIALIST, [tenantId, specialistId])).rows.map(
    ({ id }) => `key:${id}`,
  );
