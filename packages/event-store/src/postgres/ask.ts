import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionLoss } from '@headroom/postgres';
import type pg from 'pg';
import { Unavailable } from '../port.ts';

const ATTEMPTS = 4;
const PAUSE_MS = 25;

/**
 * Asks the database something that changes nothing: a connection lost on the way is replaced and the question asked
 * again. Throws `Unavailable` when that did not help, or the store is closed.
 */
export const ask = async <Row extends unknown[]>(
  pool: pg.Pool,
  question: { readonly name: string; readonly text: string; readonly values?: unknown[] },
): Promise<Row[]> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await pool.query<Row>({ ...question, rowMode: 'array' })).rows;
    } catch (error) {
      if (pool.ending) throw new Unavailable('the store is closed', { cause: error });
      if (!isConnectionLoss(error)) throw error;
      if (attempt === ATTEMPTS) throw new Unavailable('the store cannot be reached', { cause: error });
      await sleep(PAUSE_MS * 2 ** attempt);
    }
  }
};
