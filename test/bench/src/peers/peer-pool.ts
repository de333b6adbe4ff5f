import pg from 'pg';

/** A pool as a peer has it. Its sessions may still be ending when their database is dropped; nobody minds. */
export const peerPool = (url: string, max: number): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max });
  pool.on('error', () => undefined);
  return pool;
};
