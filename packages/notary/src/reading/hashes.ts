import type pg from 'pg';
import { hashOf, neededFor, type Span, type Stored } from '../tree/proofs.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

// Each hash is looked up by its key: of a join by ranges the planner makes a walk through the whole tree.
const LEAVES = 'select 0 as level, n, hash from notary.leaf where tenant_id = $1 and n = any($2::bigint[])';

const NODES = `
  select h.level, h.n, h.hash
  from unnest($2::smallint[], $3::bigint[]) as w(level, n)
  join notary.node h on h.tenant_id = $1 and h.level = w.level and h.n = w.n`;

interface HashRow {
  readonly level: number;
  readonly n: number;
  readonly hash: Buffer;
}

const placesOf = ({ from, count }: Stored): number[] => Array.from({ length: count }, (_, n) => from + n);

const read = async (db: Queryable, tenantId: string, wanted: readonly Stored[]): Promise<HashRow[]> => {
  const leaves = wanted.filter(({ level }) => level === 0).flatMap(placesOf);
  const nodes = wanted
    .filter(({ level }) => level > 0)
    .flatMap((stored) => placesOf(stored).map((n) => ({ level: stored.level, n })));
  const [bottom, above] = await Promise.all([
    leaves.length === 0 ? undefined : db.query<HashRow>(LEAVES, [tenantId, leaves]),
    nodes.length === 0
      ? undefined
      : db.query<HashRow>(NODES, [tenantId, nodes.map(({ level }) => level), nodes.map(({ n }) => n)]),
  ]);
  return [...(bottom?.rows ?? []), ...(above?.rows ?? [])];
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
