import type pg from 'pg';
import { subjectTag } from '../leaf/subjects.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** A sealed event, as the index knows it. */
export interface LeafRow {
  readonly tenantId: string;
  /** Place in the tree, from 0. */
  readonly n: number;
  readonly position: number;
  readonly streamId: string;
  readonly revision: number;
  readonly type: string;
  readonly actor: string;
  readonly commandKey: string;
  readonly recordedAt: string;
  readonly hash: Buffer;
}

const COLUMNS = `tenant_id as "tenantId", n, position, stream_id as "streamId", revision, type, actor,
  command_key as "commandKey", recorded_at as "recordedAt", hash`;

const select = async (db: Queryable, condition: string, values: readonly unknown[]): Promise<LeafRow[]> =>
  (await db.query<LeafRow>(`select ${COLUMNS} from notary.leaf where ${condition}`, [...values])).rows;

/** The leaf of the event at a position of the log. */
export const leafAt = async (db: Queryable, tenantId: string, position: number): Promise<LeafRow | undefined> =>
  (await select(db, 'tenant_id = $1 and position = $2', [tenantId, position]))[0];

/** The leaves of everything that a command recorded, in log order. */
export const leavesOfCommand = (db: Queryable, tenantId: string, commandKey: string): Promise<LeafRow[]> =>
  select(db, 'tenant_id = $1 and command_key = $2 order by n', [tenantId, commandKey]);

/** The leaves of everything about any of these things, in log order. */
export const leavesAbout = (
  db: Queryable,
  tenantId: string,
  subjects: readonly { readonly kind: string; readonly id: string }[],
): Promise<LeafRow[]> =>
  select(db, 'subjects && $1 order by n', [subjects.map(({ kind, id }) => subjectTag(tenantId, kind, id))]);

/** What leaves are listed by. */
export interface LeafFilter {
  readonly subject?: { readonly kind: string; readonly id: string } | undefined;
  readonly streamId?: string | undefined;
  readonly actor?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly commandKey?: string | undefined;
  /** RFC 3339 instants: recorded from the one on, and before the other. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only leaves before this one. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Leaves of a tenant, the newest first. */
export const listLeaves = (db: Queryable, tenantId: string, filter: LeafFilter): Promise<LeafRow[]> => {
  const values: unknown[] = [tenantId];
  const conditions = ['tenant_id = $1'];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  const { subject, streamId, actor, types, commandKey, from, to, before, limit } = filter;
  add(subject && [subjectTag(tenantId, subject.kind, subject.id)], (p) => `subjects @> ${p}`);
  add(streamId, (p) => `stream_id = ${p}`);
  add(actor, (p) => `actor = ${p}`);
  add(types, (p) => `type = any(${p})`);
  add(commandKey, (p) => `command_key = ${p}`);
  add(from, (p) => `recorded_at >= ${p}::timestamptz`);
  add(to, (p) => `recorded_at < ${p}::timestamptz`);
  add(before, (p) => `n < ${p}`);
  values.push(limit);
  return select(db, `${conditions.join(' and ')} order by n desc limit $${values.length}`, values);
};
