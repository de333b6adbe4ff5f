import type pg from 'pg';
import { Frontier } from '../tree/frontier.ts';
import type { Sealing } from './trees.ts';

/** The trees of these tenants as they were sealed last. */
export const loadTrees = async (
  client: pg.ClientBase,
  tenantIds: readonly string[],
): Promise<Map<string, Frontier>> => {
  const { rows } = await client.query<{ tenant_id: string; size: number; frontier: Buffer }>(
    'select tenant_id, size, frontier from notary.tree where tenant_id = any($1)',
    [tenantIds],
  );
  const found = new Map(rows.map(({ tenant_id, size, frontier }) => [tenant_id, new Frontier(size, frontier)]));
  return new Map(tenantIds.map((tenantId) => [tenantId, found.get(tenantId) ?? new Frontier()]));
};

/** Up to where the log has been sealed. */
export const sealedUpTo = async (db: Pick<pg.ClientBase, 'query'>): Promise<number> =>
  (await db.query<{ position: number }>('select position from notary.progress')).rows[0]?.position ?? 0;

const LEAVES = `
  insert into notary.leaf
    (tenant_id, n, position, stream_id, revision, type, actor, command_key, recorded_at, subjects, hash)
  select tenant_id, n, position, stream_id, revision, type, actor, command_key, recorded_at,
    coalesce(string_to_array(nullif(subjects, ''), E'\\n'), '{}'), hash
  from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[],
    $9::timestamptz[], $10::text[], $11::bytea[])
    as l(tenant_id, n, position, stream_id, revision, type, actor, command_key, recorded_at, subjects, hash)`;

const NODES = `
  insert into notary.node (tenant_id, level, n, hash)
  select * from unnest($1::text[], $2::smallint[], $3::bigint[], $4::bytea[])`;

const TREES = `
  insert into notary.tree (tenant_id, size, position, frontier)
  select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[])
  on conflict (tenant_id) do update
    set size = excluded.size, position = excluded.position, frontier = excluded.frontier`;

const CHECKPOINTS = `
  insert into notary.checkpoint (tenant_id, size, position, root, note, sealed_at)
  select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[], $5::text[], $6::timestamptz[])`;

const PROGRESS = 'update notary.progress set position = $2 where position = $1';

const statements = ({ leaves, nodes, heads }: Sealing): pg.QueryConfig[] => {
  const leafColumns = [
    leaves.map(({ tenantId }) => tenantId),
    leaves.map(({ n }) => n),
    leaves.map(({ event }) => event.position),
    leaves.map(({ event }) => event.streamId),
    leaves.map(({ event }) => event.revision),
    leaves.map(({ event }) => event.type),
    leaves.map(({ event }) => event.meta.actor),
    leaves.map(({ event }) => event.meta.commandKey),
    leaves.map(({ event }) => event.recordedAt),
    leaves.map(({ subjects }) => subjects.join('\n')),
    leaves.map(({ hash }) => hash),
  ];
  const tenants = heads.map(({ tenantId }) => tenantId);
  const sizes = heads.map(({ size }) => size);
  const positions = heads.map(({ position }) => position);
  const headColumns = [
    heads.map(({ root }) => root),
    heads.map(({ note }) => note),
    heads.map((head) => head.sealedAt),
  ];
  const nodeColumns = [
    nodes.map(({ tenantId }) => tenantId),
    nodes.map(({ level }) => level),
    nodes.map(({ n }) => n),
    nodes.map(({ hash }) => hash),
  ];
  return [
    { name: 'notary-leaves', text: LEAVES, values: leafColumns },
    ...(nodes.length === 0 ? [] : [{ name: 'notary-nodes', text: NODES, values: nodeColumns }]),
    { name: 'notary-trees', text: TREES, values: [tenants, sizes, positions, heads.map(({ frontier }) => frontier)] },
    { name: 'notary-checkpoints', text: CHECKPOINTS, values: [tenants, sizes, positions, ...headColumns] },
  ];
};

/**
 * Writes what sealing added, and that the log is sealed up to `upTo`, in one transaction. Throws when it was sealed by
 * somebody else beyond `after` in the meantime; nothing is written then.
 */
export const writeSealing = async (
  client: pg.ClientBase,
  sealing: Sealing,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<void> => {
  await client.query('begin');
  try {
    // First, so that of two who are at it one waits for the other.
    const moved = await client.query({ name: 'notary-progress', text: PROGRESS, values: [after, upTo] });
    if (moved.rowCount !== 1) throw new Error(`the log is no longer sealed up to ${after}: another notary was here`);
    for (const statement of statements(sealing)) await client.query(statement);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
};
