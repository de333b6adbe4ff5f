import { newId } from '@headroom/kernel';
import type pg from 'pg';

type Database = Pick<pg.Pool, 'query'>;

export interface SpoolWriter {
  readonly spoolId: string;
  write(piece: Uint8Array): Promise<void>;
}

/** Keeps what is too large to be held in memory, in the database: so that any process may read it, after any crash. */
export interface Spool {
  begin(): Promise<SpoolWriter>;
  /** The pieces in their order; nothing when there is no such spool. */
  read(spoolId: string): AsyncIterable<Uint8Array>;
  remove(spoolId: string): Promise<void>;
  /** Removes what was begun more than a day ago and no open operation reads: its request never came to an end. */
  sweep(): Promise<void>;
}

const ABANDONED = `delete from operations.spool s
  where begun_at < clock_timestamp() - interval '1 day'
    and not exists (select 1 from operations.operation o
                     where o.spool_id = s.spool_id and o.status in ('waiting', 'running'))`;

export const createSpool = (database: Database): Spool => ({
  begin: async () => {
    const spoolId = newId();
    let n = 0;
    await database.query('insert into operations.spool (spool_id) values ($1)', [spoolId]);
    return {
      spoolId,
      write: async (piece) => {
        const text = 'insert into operations.spool_piece (spool_id, n, piece) values ($1, $2, $3)';
        await database.query({ name: 'spool-piece', text, values: [spoolId, n, piece] });
        n += 1;
      },
    };
  },
  read: async function* (spoolId) {
    for (let n = 0; ; n += 1) {
      const text = 'select piece from operations.spool_piece where spool_id = $1 and n = $2';
      const { rows } = await database.query<{ piece: Uint8Array }>({ name: 'read-piece', text, values: [spoolId, n] });
      if (rows[0] === undefined) return;
      yield rows[0].piece;
    }
  },
  remove: async (spoolId) => {
    await database.query('delete from operations.spool where spool_id = $1', [spoolId]);
  },
  sweep: async () => {
    await database.query(ABANDONED);
  },
});
