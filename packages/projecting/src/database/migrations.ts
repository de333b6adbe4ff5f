import type { Migrations } from '@headroom/postgres';

/** Checkpoints and leases; to be applied before anything else of this package is used. */
export const projectingMigrations: Migrations = {
  component: 'projecting',
  folder: new URL('../../migrations', import.meta.url),
};
