import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKey, listKeys } from '@headroom/http';
import type { createPool } from '@headroom/postgres';
import { z } from 'zod';
import type { Actor } from './step.ts';

type Pool = ReturnType<typeof createPool>;

export const DEMO_TENANT = 'demo';

/** The text of a key for each of the demo's people. */
export type DemoKeys = Readonly<Record<Actor, string>>;

const schema = z.object({ owner: z.string(), finance: z.string(), manager: z.string() });
const OWNER_ONLY = 0o600;
const fileIn = (dataDir: string): string => join(dataDir, 'demo-keys.json');

/** `hdr_demo_<id>_<secret>` */
const idOf = (key: string): string => key.split('_')[2] ?? '';

const kept = (dataDir: string): DemoKeys | undefined => {
  try {
    return schema.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
};

const hold = async (pool: Pool, keys: DemoKeys): Promise<boolean> => {
  const known = await listKeys(pool, DEMO_TENANT);
  const valid = new Set(known.filter(({ revokedAt }) => revokedAt === null).map(({ id }) => id));
  return Object.values(keys).every((key) => valid.has(idOf(key)));
};

const make = async (pool: Pool, role: Actor, now: string): Promise<string> => {
  const wish = {
    tenantId: DEMO_TENANT,
    name: `Demo, ${role}`,
    role,
    environment: 'demo',
    createdBy: 'system:demo',
    now,
  };
  return (await createKey(pool, wish)).key;
};

/**
 * The keys of the demo agency: those of the start before, else new ones. Keys are stored hashed, so their texts are kept
 * beside the data, for this user's eyes only. They open nothing but the demo.
 */
export const demoKeys = async (pool: Pool, dataDir: string, now: string): Promise<DemoKeys> => {
  const before = kept(dataDir);
  if (before !== undefined && (await hold(pool, before))) return before;
  const keys = {
    owner: await make(pool, 'owner', now),
    finance: await make(pool, 'finance', now),
    manager: await make(pool, 'manager', now),
  };
  writeFileSync(fileIn(dataDir), `${JSON.stringify(keys, null, 2)}\n`, { mode: OWNER_ONLY });
  return keys;
};
