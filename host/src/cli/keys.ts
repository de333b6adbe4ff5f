import type { Permission, Role } from '@headroom/contracts/rest';
import { createKey, InvalidKeyWish, type KeyDescription, listKeys, revokeKey } from '@headroom/http';
import { exitCodes, type Task } from './run-task.ts';
import { withPool } from './with-database.ts';

const ACTOR = 'system:cli';

export interface NewKeyOptions {
  readonly tenant: string;
  readonly role: string;
  readonly name: string;
  readonly specialist?: string;
  readonly client?: string;
  readonly project?: string;
  readonly expires?: string;
  readonly scope?: readonly string[];
}

/** A day ends the key when it begins, in UTC. */
const instantOf = (text: string): string => {
  const instant = new Date(text);
  if (!/^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:\d\d))?$/.test(text) || Number.isNaN(instant.getTime()))
    throw new InvalidKeyWish(`--expires takes a day (2027-01-01) or an instant (2027-01-01T09:00:00Z), not ${text}`);
  return instant.toISOString();
};

/** Makes a key. Its text alone goes to stdout, for it is shown once and scripts may want it. */
export const createKeyCommand =
  (options: NewKeyOptions): Task =>
  async ({ print, tell }, settings) => {
    const { tenant, role, name, specialist, client, project, expires, scope } = options;
    const wish = {
      tenantId: tenant,
      name,
      role: role as Role,
      ...(scope === undefined ? {} : { scopes: scope as readonly Permission[] }),
      ...(specialist === undefined ? {} : { specialistId: specialist }),
      ...(client === undefined ? {} : { clientId: client }),
      ...(project === undefined ? {} : { projectId: project }),
      ...(expires === undefined ? {} : { expiresAt: instantOf(expires) }),
      createdBy: ACTOR,
      now: new Date().toISOString(),
    };
    const { id, key } = await withPool(settings, (pool) => createKey(pool, wish));
    tell(`Key ${id} for ${name} (${role} of ${tenant}). It is shown this once; keep it safe.`);
    print(key);
    return exitCodes.done;
  };

const stateOf = ({ revokedAt, expiresAt }: KeyDescription, now: string): string => {
  if (revokedAt !== null) return `revoked ${revokedAt.slice(0, 10)}`;
  if (expiresAt === null) return 'valid';
  return expiresAt <= now ? `expired ${expiresAt.slice(0, 10)}` : `valid until ${expiresAt.slice(0, 10)}`;
};

/** Lists the keys of a tenant, without their secrets. */
export const listKeysCommand =
  (tenant: string): Task =>
  async ({ print, tell }, settings) => {
    const keys = await withPool(settings, (pool) => listKeys(pool, tenant));
    const now = new Date().toISOString();
    if (keys.length === 0) tell(`The tenant ${tenant} has no keys.`);
    for (const key of keys) {
      const person = key.specialistId ?? key.clientId;
      const whose = person === null ? '' : ` of ${person}`;
      const where = key.projectId === null ? '' : ` (${key.projectId})`;
      print([key.id, `${key.role}${whose}${where}`, stateOf(key, now), key.name].join('\t'));
    }
    return exitCodes.done;
  };

/** Revokes a key of a tenant; every process refuses it a few seconds later. */
export const revokeKeyCommand =
  (id: string, tenant: string): Task =>
  async ({ print, tell }, settings) => {
    const revocation = { tenantId: tenant, id, revokedBy: ACTOR, now: new Date().toISOString() };
    const revoked = await withPool(settings, (pool) => revokeKey(pool, revocation));
    if (revoked) print(`Key ${id} is revoked.`);
    else tell(`headroom: the tenant ${tenant} has no valid key ${id}`);
    return revoked ? exitCodes.done : exitCodes.failed;
  };
