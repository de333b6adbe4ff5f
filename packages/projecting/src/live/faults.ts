import { Unavailable } from '@headroom/event-store';
import { isConnectionLoss } from '@headroom/postgres';
import pg from 'pg';

/** The lease is somebody else's, or somebody else moved a checkpoint: this process must not write any more. */
export class SteppedDown extends Error {
  override readonly name = 'SteppedDown';
}

/** What the rows themselves can be blamed for: their data, constraints, limits, or tables that are not as declared. */
const ROWS_TO_BLAME = /^(0A|21|22|23|42|54)/;
const LEASE_LOST = 'HR001';
const CHECKPOINT_MOVED = 'HR002';

/** Whether it was the projection that failed, by its handlers or its rows, rather than what it runs on. */
export const isOwnFault = (error: unknown): boolean => {
  if (error instanceof SteppedDown || error instanceof Unavailable) return false;
  if (error instanceof pg.DatabaseError) return ROWS_TO_BLAME.test(error.code ?? '');
  return !isConnectionLoss(error);
};

/** The error as it is, unless the database said that this process is no longer the one that writes. */
export const asSteppedDown = (error: unknown): unknown =>
  error instanceof pg.DatabaseError && (error.code === LEASE_LOST || error.code === CHECKPOINT_MOVED)
    ? new SteppedDown(error.message, { cause: error })
    : error;

export const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
