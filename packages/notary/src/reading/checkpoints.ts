import type pg from 'pg';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** A tree head that was signed. */
export interface Checkpoint {
  readonly tenantId: string;
  readonly size: number;
  /** Of the last event in the tree. */
  readonly position: number;
  readonly root: Buffer;
  /** The signed note (C2SP tlog-checkpoint). */
  readonly note: string;
  /** RFC 3339. */
  readonly sealedAt: string;
}

const COLUMNS = `tenant_id as "tenantId", size, position, root, note, sealed_at as "sealedAt"`;

/** The newest checkpoint of a tenant; undefined before anything of it was sealed. */
export const latestCheckpoint = async (db: Queryable, tenantId: string): Promise<Checkpoint | undefined> => {
  const text = `select ${COLUMNS} from notary.checkpoint where tenant_id = $1 order by size desc limit 1`;
  return (await db.query<Checkpoint>(text, [tenantId])).rows[0];
};

/** The checkpoint over so many leaves; undefined when none was signed at that size. */
export const checkpointOf = async (db: Queryable, tenantId: string, size: number): Promise<Checkpoint | undefined> => {
  const text = `select ${COLUMNS} from notary.checkpoint where tenant_id = $1 and size = $2`;
  return (await db.query<Checkpoint>(text, [tenantId, size])).rows[0];
};
