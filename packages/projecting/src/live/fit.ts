import type pg from 'pg';
import { readCheckpoints } from '../database/checkpoints.ts';
import { fingerprintOf } from '../database/schema.ts';
import type { Projection } from '../projection.ts';

/** Rows of a projection that this process cannot read: their tables are others than those of its code. */
export interface UnfitRows {
  readonly projection: string;
  readonly version: number;
  /** The version that made the rows which are there. */
  readonly live: number;
}

/**
 * The projections whose live rows have other tables than this code reads. Rows that another version made in the same tables
 * are fit: they serve until a rebuild has replaced them.
 */
export const unfitRows = async (
  client: Pick<pg.ClientBase, 'query'>,
  projections: readonly Projection[],
): Promise<UnfitRows[]> => {
  const checkpoints = await readCheckpoints(
    client,
    projections.map(({ name }) => name),
  );
  return projections.flatMap((projection) => {
    const checkpoint = checkpoints.get(projection.name);
    if (checkpoint === undefined || checkpoint.fingerprint === fingerprintOf(projection)) return [];
    return [{ projection: projection.name, version: projection.version, live: checkpoint.version }];
  });
};
