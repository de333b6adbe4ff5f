import { randomBytes } from 'node:crypto';
import { inTransaction } from '@headroom/postgres';
import type pg from 'pg';
import type { Person, Subject } from './subject.ts';

type Pool = pg.Pool;

/** A subject's row, its key and name still wrapped; both are null once it was erased. */
export interface SubjectRow extends Subject {
  readonly wrappedKey: Uint8Array | null;
}

/** What is needed to make a subject. */
export interface NewSubject {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly person: Person;
  readonly lookup: Uint8Array;
  readonly wrappedKey: Uint8Array;
  readonly label: string | null;
}

const instant = (column: string, name: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "${name}"`;

const COLUMNS = `subject_id as "subjectId", kind, about, label, wrapped_key as "wrappedKey",
  ${instant('created_at', 'createdAt')}, ${instant('erased_at', 'erasedAt')}`;

/** Waits for the disk whatever the server's default: what is encrypted under the key may be kept in another store. */
const INSERT = `
  with durable as materialized (select set_config('synchronous_commit', 'on', true) as setting)
  insert into privacy.subject (tenant_id, subject_id, kind, about, lookup, wrapped_key, label)
  select $1, $2, $3, $4::json, $5, $6, $7 from durable where durable.setting = 'on'
  on conflict do nothing`;

const FIND = `select ${COLUMNS} from privacy.subject where tenant_id = $1 and (lookup = $2 or subject_id = $3)
  order by erased_at nulls first limit 1`;

const RANDOM_BYTES = 10;

/** An id for a person that has none of its own. */
export const subjectIdOf = ({ kind, id }: Person): string =>
  `${kind}:${id ?? randomBytes(RANDOM_BYTES).toString('hex')}`;

/** The subject of a person: the one that is there, or this new one; an erased one when its id can never be used again. */
export const findOrInsert = async (pool: Pool, made: NewSubject): Promise<SubjectRow> => {
  const { tenantId, subjectId, person, lookup } = made;
  const find = async (): Promise<SubjectRow | undefined> => {
    const question = { name: 'find-subject', text: FIND, values: [tenantId, lookup, subjectId] };
    return (await pool.query<SubjectRow>(question)).rows[0];
  };
  const known = await find();
  if (known !== undefined) return known;
  const { wrappedKey, label } = made;
  const values = [tenantId, subjectId, person.kind, JSON.stringify(person.about), lookup, wrappedKey, label];
  await pool.query({ name: 'insert-subject', text: INSERT, values });
  const found = await find();
  if (found === undefined) throw new Error(`the subject ${subjectId} vanished`);
  return found;
};

/** The subjects of a tenant with these ids; those that do not exist are missing. */
export const readSubjects = async (
  pool: Pool,
  tenantId: string,
  subjectIds: readonly string[],
): Promise<SubjectRow[]> => {
  const text = `select ${COLUMNS} from privacy.subject where tenant_id = $1 and subject_id = any($2)`;
  return (await pool.query<SubjectRow>({ name: 'read-subjects', text, values: [tenantId, subjectIds] })).rows;
};

export interface SubjectFilter {
  readonly kind?: string | undefined;
  /** All that a subject belongs to, by name. */
  readonly about?: Readonly<Record<string, string>>;
  readonly erased?: boolean | undefined;
  /** Behind this id. */
  readonly after?: string | undefined;
  readonly limit: number;
}

const LIST = `select ${COLUMNS} from privacy.subject
  where tenant_id = $1 and subject_id collate "C" > $2 and ($3::text is null or kind = $3)
    and about::jsonb @> $4::jsonb and ($5::boolean is null or (erased_at is not null) = $5)
  order by subject_id collate "C" limit $6`;

/** Subjects of a tenant, by id. */
export const listSubjectRows = async (
  pool: Pool,
  tenantId: string,
  { kind, about = {}, erased, after = '', limit }: SubjectFilter,
): Promise<SubjectRow[]> => {
  const values = [tenantId, after, kind ?? null, JSON.stringify(about), erased ?? null, limit];
  return (await pool.query<SubjectRow>(LIST, values)).rows;
};

const COUNT = 'update privacy.erasures set count = count + 1 returning count';

const ERASE = `
  update privacy.subject
     set wrapped_key = null, lookup = null, label = null, erased_at = clock_timestamp(), erasure = $3
   where tenant_id = $1 and subject_id = $2 and erased_at is null`;

/** Destroys a subject's key and name; nothing happens when they are gone. */
export const eraseRow = async (pool: Pool, tenantId: string, subjectId: string): Promise<void> => {
  const erased = await inTransaction(pool, async (client) => {
    await client.query(`set local synchronous_commit = 'on'`);
    const { rows } = await client.query<{ count: number }>(COUNT);
    return (await client.query(ERASE, [tenantId, subjectId, rows[0]?.count])).rowCount;
  });
  // The row as it was lies about in the table until it is cleared away.
  if (erased !== null && erased > 0) await pool.query('vacuum privacy.subject');
};

/** How many erasures there were. */
export const countErasures = async (pool: Pool): Promise<number> => {
  const question = { name: 'count-erasures', text: 'select count from privacy.erasures' };
  return (await pool.query<{ count: number }>(question)).rows[0]?.count ?? 0;
};
