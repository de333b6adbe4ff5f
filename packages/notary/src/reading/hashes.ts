import type pg from 'pg';
import { hashOf, neededFor, type Span, type Stored } from '../tree/proofs.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

// Both tables are read by ranges of their primary keys.
const LEAVES = `
  select 0 as level, l.n, l.hash
  from unnest($2::bigint[], $3::bigint[]) as w(first, last)
  cross join lateral (select n, hash from notary.leaf where tenant_id = $1 and n between w.first and w.last) l`;

const NODES = `
  select h.level, h.n, h.hash
  from unnest($2::smallint[], $3::bigint[], $4::bigint[]) as w(level, first, last)
  cross join lateral (
    select level, n, hash from notary.node where tenant_id = $1 and level = w.level and n between w.first and w.last
  ) h`;

interface HashRow {
  readonly level: number;
  readonly n: number;
  readonly hash: Buffer;
}

const lastOf = ({ from, count }: Stored): number => from + count - 1;

const read = async (db: Queryable, tenantId: string, wanted: readonly Stored[]): Promise<HashRow[]> => {
  const leaves = wanted.filter(({ level }) => level === 0);
  const nodes = wanted.filter(({ level }) => level > 0);
  const [bottom, above] = await Promise.all([
    db.query<HashRow>(LEAVES, [tenantId, leaves.map(({ from }) => from), leaves.map(lastOf)]),
    db.query<HashRow>(NODES, [
      tenantId,
      nodes.map(({ level }) => level),
      nodes.map(({ from }) => from),
      nodes.map(lastOf),
    ]),
  ]);
  return [...bottom.rows, ...above.rows];
};

/** The hashes of spans of a tenant's tree, in the order given. Throws when the tree is not that large. */
export const spanHashes = async (db: Queryable, tenantId: string, spans: readonly Span[]): Promise<Buffer[]> => {
  // Spans that begin alike need not be equally long.
  const wanted = new Map(
    spans.flatMap(neededFor).map((stored) => [`${stored.level}/${stored.from}/${stored.count}`, stored]),
  );
  const found = new Map<string, Buffer>();
  for (const { level, n, hash } of await read(db, tenantId, [...wanted.values()])) found.set(`${level}/${n}`, hash);
  const stored = (level: number, n: number): Buffer => {
    const hash = found.get(`${level}/${n}`);
    if (hash === undefined) throw new Error(`the tree of ${tenantId} lacks the ${n}. hash of level ${level}`);
    return hash;
  };
  return spans.map((span) => hashOf(span, stored));
};
