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

/** Positions of the log between which everything lies that was recorded in the time asked for: `(after, upTo]`. */
export interface PositionRange {
  readonly after?: number | undefined;
  readonly upTo?: number | undefined;
}

/** The conditions of a filter but that of types, with their values. */
const conditionsOf = (tenantId: string, filter: LeafFilter, { after, upTo }: PositionRange) => {
  const values: unknown[] = [tenantId];
  const conditions = ['tenant_id = $1'];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  const { subject, streamId, actor, commandKey, from, to, before } = filter;
  add(subject && [subjectTag(tenantId, subject.kind, subject.id)], (p) => `subjects @> ${p}`);
  add(streamId, (p) => `stream_id = ${p}`);
  add(actor, (p) => `actor = ${p}`);
  add(commandKey, (p) => `command_key = ${p}`);
  add(from, (p) => `recorded_at >= ${p}::timestamptz`);
  add(to, (p) => `recorded_at < ${p}::timestamptz`);
  add(after, (p) => `position > ${p}`);
  add(upTo, (p) => `position <= ${p}`);
  add(before, (p) => `n < ${p}`);
  return { values, condition: conditions.join(' and ') };
};

/**
 * Leaves of a tenant, the newest first; `within` says where in the log they lie at most. Leaves stand in the order of
 * the log, so the order by position is that by number, and either index gives it. Each type is looked up on its own: an
 * index gives the newest of one type at once, and no order of several.
 */
export const listLeaves = async (
  db: Queryable,
  tenantId: string,
  filter: LeafFilter,
  within: PositionRange = {},
): Promise<LeafRow[]> => {
  const { values, condition } = conditionsOf(tenantId, filter, within);
  const inTime = within.after !== undefined || within.upTo !== undefined;
  const order = `order by ${inTime ? 'position' : 'n'} desc limit $${values.push(filter.limit)}`;
  if (filter.types === undefined) return select(db, `${condition} ${order}`, values);
  const types = `unnest($${values.push(filter.types)}::text[]) as wanted (name)`;
  const ofType = `select * from notary.leaf where ${condition} and type = wanted.name ${order}`;
  const text = `select ${COLUMNS} from ${types} cross join lateral (${ofType}) l ${order}`;
  return (await db.query<LeafRow>(text, values)).rows;
};
