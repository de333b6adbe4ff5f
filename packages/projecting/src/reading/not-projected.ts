import type pg from 'pg';
import { readCheckpoints } from '../database/checkpoints.ts';
import { fingerprintOf } from '../database/schema.ts';
import type { Projection } from '../projection.ts';

/** A projection has no rows yet: nobody has ever folded it into this database. */
export class NotProjected extends Error {
  override readonly name = 'NotProjected';
}

/** The rows that are there were made by other code than this, and it cannot read them: a rebuild replaces them. */
export class Rebuilding extends Error {
  override readonly name = 'Rebuilding';
}

const UNDEFINED_TABLE = '42P01';
const UNDEFINED_SCHEMA = '3F000';

/** Whether rows that are there are those of another version, or of other tables. */
const areOfOthers = async (
  client: Pick<pg.ClientBase, 'query'>,
  projections: readonly Projection[],
): Promise<boolean> => {
  const checkpoints = await readCheckpoints(
    client,
    projections.map(({ name }) => name),
  );
  return projections.some((projection) => {
    const made = checkpoints.get(projection.name);
    return made && (made.version !== projection.version || made.fingerprint !== fingerprintOf(projection));
  });
};

/**
 * What a question that failed over live rows failed of. Rows of another version serve as long as they can be read; that
 * they cannot shows in any way whatever, from a missing column to a document without the field that is looked for. Nothing
 * is asked of the database but where a question failed.
 */
export const causeOf = async (
  client: Pick<pg.ClientBase, 'query'>,
  projections: readonly Projection[],
  error: unknown,
): Promise<unknown> => {
  if (error instanceof NotProjected) return error;
  // The database that cannot be asked has said already what is wrong.
  if (await areOfOthers(client, projections).catch(() => false))
    return new Rebuilding('the read models are of another version, and are being rebuilt', { cause: error });
  const { code } = error as { readonly code?: unknown };
  return code === UNDEFINED_TABLE || code === UNDEFINED_SCHEMA
    ? new NotProjected('the read models have not been made yet', { cause: error })
    : error;
};
