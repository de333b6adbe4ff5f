import type {
  Column,
  OpenReadModels,
  PartEvent,
  ReadModels,
  RowReader,
  SupposedReader,
  Table,
} from '@headroom/projecting';
import type { Reveal } from './known-texts.ts';
import { isToken } from './token.ts';
import type { Vault } from './vault.ts';

type AnyRow = Readonly<Record<string, unknown>>;

const known = new WeakMap<object, readonly string[]>();

/** The columns of a table that may hold tokens. */
const personalColumns = <Row extends object>(table: Table<Row>): readonly string[] => {
  const columns =
    known.get(table) ??
    Object.entries<Column>(table.columns).flatMap(([name, { personal }]) => (personal === true ? [name] : []));
  known.set(table, columns);
  return columns;
};

const collect = (value: unknown, tokens: Set<string>): void => {
  if (isToken(value)) tokens.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const member of Object.values(value)) collect(member, tokens);
};

const revealed = (value: unknown, reveal: Reveal): unknown => {
  if (isToken(value)) return reveal(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => revealed(item, reveal));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revealed(member, reveal)]));
};

/** Rows as they can be read: copies where they hold tokens. All are of one tenant, as everything that is asked for is. */
const readable = async <Row extends object>(vault: Vault, table: Table<Row>, rows: Row[]): Promise<Row[]> => {
  const columns = personalColumns(table);
  if (columns.length === 0 || rows.length === 0) return rows;
  const perRow = (rows as unknown as AnyRow[]).map((row) => {
    const tokens = new Set<string>();
    for (const column of columns) collect(row[column], tokens);
    return tokens;
  });
  const all = perRow.flatMap((tokens) => [...tokens]);
  if (all.length === 0) return rows;
  const reveal = await vault.reveal(String((rows[0] as AnyRow).tenantId), new Set(all));
  return rows.map((row, n) => {
    if (perRow[n]?.size === 0) return row;
    const changed = columns.map((column) => [column, revealed((row as AnyRow)[column], reveal)]);
    return { ...row, ...Object.fromEntries(changed) };
  });
};

/** Why somebody did something may name people; the data of events is for folds alone, and stays as the log holds it. */
const withReasons = async (
  vault: Vault,
  tenantId: string,
  events: readonly PartEvent[],
): Promise<readonly PartEvent[]> => {
  const tokens = new Set<string>();
  for (const { reason } of events) collect(reason, tokens);
  if (tokens.size === 0) return events;
  const reveal = await vault.reveal(tenantId, tokens);
  return events.map((event) => (isToken(event.reason) ? { ...event, reason: reveal(event.reason) } : event));
};

/** A past answer shows what is readable today, so what is kept of answers is kept for as long as nobody is erased. */
const snapshotOf = (vault: Vault, snapshot: string): string => `${snapshot} ${vault.epoch}`;

const privateReader = (reader: RowReader, vault: Vault): RowReader => ({
  position: reader.position,
  snapshot: snapshotOf(vault, reader.snapshot),
  partial: reader.partial ?? false,
  ...(reader.versions && { versions: reader.versions.bind(reader) }),
  get: async (table, ...key) => {
    const row = await reader.get(table, ...key);
    return row && (await readable(vault, table, [row]))[0];
  },
  where: async (table, ...asked) => readable(vault, table, await reader.where(table, ...asked)),
  list: async (table, options) => readable(vault, table, await reader.list(table, options)),
});

/** What would be changed is told at once, with no time to open anything: of tables without personal columns alone. */
const supposed = (reader: SupposedReader, vault: Vault): SupposedReader => ({
  ...privateReader(reader, vault),
  changed: (table) => {
    if (personalColumns(table).length > 0) throw new Error(`table ${table.name} holds personal data`);
    return reader.changed(table);
  },
});

interface Read {
  readonly epoch: number;
  readonly row: object;
}

/**
 * The read models as those see them who may read them. The rows hold what the log holds, tokens included, so that nothing
 * has to be rewritten when somebody is erased; they become texts here, in the columns declared `personal`.
 */
export const privateReadModels = (models: OpenReadModels, vault: Vault): OpenReadModels => {
  const asking =
    <T>(question: (reader: RowReader) => Promise<T>) =>
    async (reader: RowReader): Promise<T> => {
      await vault.fresh();
      return question(privateReader(reader, vault));
    };
  // Whoever asks for a row again, while nothing was written, gets the same object.
  const read = new WeakMap<object, Read>();

  const readRow = async <Row extends object>(table: Table<Row>, row: Row): Promise<Row> => {
    if (personalColumns(table).length === 0) return row;
    const { epoch } = vault;
    const before = read.get(row);
    if (before?.epoch === epoch) return before.row as Row;
    const [made] = await readable(vault, table, [row]);
    read.set(row, { epoch, row: made as Row });
    return made as Row;
  };

  const rows: ReadModels['rows'] = async (projection, ...wanted) => {
    const asking = vault.fresh();
    if (asking !== undefined) await asking;
    const placed = await models.rows(projection, ...wanted);
    const snapshot = snapshotOf(vault, placed.snapshot);
    const tables = (wanted as readonly { readonly table: Table<object> }[]).map(({ table }) => table);
    if (tables.every((table) => personalColumns(table).length === 0)) return { ...placed, snapshot };
    const found: readonly (object | undefined)[] = placed.rows;
    const made = await Promise.all(found.map((row, n) => row && readRow(tables[n] as Table<object>, row)));
    return { ...placed, rows: made as unknown as typeof placed.rows, snapshot };
  };

  return {
    rows,
    row: async (projection, table, ...key) => {
      await vault.fresh();
      const { row, position, snapshot } = await models.row(projection, table, ...key);
      return { row: row && (await readRow(table, row)), position, snapshot: snapshotOf(vault, snapshot) };
    },
    snapshot: async (projections) => {
      await vault.fresh();
      return snapshotOf(vault, await models.snapshot(projections));
    },
    supposing: (projections, tenantId, question) =>
      models.supposing(projections, tenantId, async (reader, suppose) => {
        await vault.fresh();
        return question(privateReader(reader, vault), async (events) => supposed(await suppose(events), vault));
      }),
    live: (projections, question) => models.live(projections, asking(question)),
    at: (projections, tenantId, position, question) => models.at(projections, tenantId, position, asking(question)),
    near: (projections, moment, question) => models.near(projections, moment, asking(question)),
    part: async (projections, tenantId, wanted) => {
      await vault.fresh();
      const part = await models.part(projections, tenantId, wanted);
      const events = await withReasons(vault, tenantId, part.events);
      return { events, at: (position) => privateReader(part.at(position), vault) };
    },
    caughtUp: (projections, position, waitMs) => models.caughtUp(projections, position, waitMs),
    close: () => models.close(),
  };
};
