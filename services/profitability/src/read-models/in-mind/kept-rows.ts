import type { RowReader, RowVersion, Table } from '@headroom/projecting';

/** A row that says at which position of the log it changed last, in a table with the look-up `byTenant` over that. */
export interface Changing {
  readonly tenantId: string;
  readonly changedAt: number;
}

type Rows<Row> = ReadonlyMap<string, Row>;

interface Kept<Row> {
  readonly position: number;
  readonly rows: Rows<Row>;
}

/** More rows of all tenants together are not kept: who has not asked for longest is forgotten. */
const MOST_ROWS = 20_000;
/** From so many changed rows on, reading all of them is cheaper than reading each by its key. */
const MANY = 200;

/** Rows of the past that are kept, of all tenants together. */
const MOST_VERSIONS = 20_000;

/**
 * All rows of a table of a tenant, kept in mind between questions. Each question still sees exactly what its snapshot
 * holds: rows that changed since are read from there. Unchanged rows are the same objects, and as long as none of a
 * tenant's changed so is the whole map; so whatever was made of them can be kept by them.
 */
export class KeptRows<Row extends Changing> {
  readonly #table: Table<Row>;
  readonly #idOf: (row: Row) => string;
  readonly #tenants = new Map<string, Promise<Kept<Row>>>();
  readonly #sizes = new Map<string, number>();
  /** What rows once were, by tenant, id and when they had changed; the one asked for longest ago comes first. */
  readonly #versions = new Map<string, Row>();

  constructor(table: Table<Row>, idOf: (row: Row) => string) {
    this.#table = table;
    this.#idOf = idOf;
  }

  /** Whether a tenant's rows are kept. */
  holds(tenantId: string): boolean {
    return this.#sizes.has(tenantId);
  }

  /** The tenant's rows by id, as the reader's snapshot holds them. They are read-only. */
  async of(reader: RowReader, tenantId: string): Promise<Rows<Row>> {
    if (reader.partial) return (await this.#all(reader, tenantId)).rows;
    if (reader.versions) return this.#then(reader, tenantId, await reader.versions(this.#table, tenantId));
    const kept = await this.#known(reader, tenantId);
    if (reader.position === kept.position) return kept.rows;
    return reader.position > kept.position ? this.#newer(reader, tenantId, kept) : this.#older(reader, tenantId, kept);
  }

  #known(reader: RowReader, tenantId: string): Promise<Kept<Row>> {
    const known = this.#tenants.get(tenantId);
    if (known === undefined) return this.#keep(tenantId, this.#all(reader, tenantId));
    this.#tenants.delete(tenantId);
    this.#tenants.set(tenantId, known);
    // Whoever was first may have lost its connection: that is not the fault of who waited for it.
    return known.catch(() => this.#keep(tenantId, this.#all(reader, tenantId)));
  }

  #keep(tenantId: string, loading: Promise<Kept<Row>>): Promise<Kept<Row>> {
    const keeping = loading.then(
      (kept) => {
        this.#count(tenantId, kept.rows.size);
        return kept;
      },
      (fault) => {
        if (this.#tenants.get(tenantId) === keeping) this.#tenants.delete(tenantId);
        throw fault;
      },
    );
    this.#tenants.set(tenantId, keeping);
    return keeping;
  }

  #count(tenantId: string, size: number): void {
    this.#sizes.set(tenantId, size);
    let total = [...this.#sizes.values()].reduce((sum, each) => sum + each, 0);
    for (const longestAgo of this.#tenants.keys()) {
      if (total <= MOST_ROWS || longestAgo === tenantId) return;
      total -= this.#sizes.get(longestAgo) ?? 0;
      this.#tenants.delete(longestAgo);
      this.#sizes.delete(longestAgo);
    }
  }

  async #all(reader: RowReader, tenantId: string): Promise<Kept<Row>> {
    const rows = await reader.where(this.#table, 'byTenant', [tenantId]);
    return { position: reader.position, rows: new Map(rows.map((row) => [this.#idOf(row), row])) };
  }

  async #newer(reader: RowReader, tenantId: string, kept: Kept<Row>): Promise<Rows<Row>> {
    const changed = await reader.where(this.#table, 'byTenant', [tenantId], { from: String(kept.position + 1) });
    const rows =
      changed.length === 0
        ? kept.rows
        : new Map([...kept.rows, ...changed.map((row) => [this.#idOf(row), row] as const)]);
    const now = await this.#tenants.get(tenantId);
    if (now === undefined || now.position < reader.position) {
      await this.#keep(tenantId, Promise.resolve({ position: reader.position, rows }));
    }
    return rows;
  }

  /** A past moment: the versions that rows had then, read where they are not known from another moment. */
  async #then(reader: RowReader, tenantId: string, named: readonly RowVersion[]): Promise<Rows<Row>> {
    const rows = new Map<string, Row>();
    const missing: string[] = [];
    for (const { key, changedAt } of named) {
      const [, id = ''] = key;
      const name = `${tenantId} ${id} ${changedAt}`;
      const known = this.#versions.get(name);
      if (known === undefined) missing.push(id);
      else {
        this.#versions.delete(name);
        this.#versions.set(name, known);
        rows.set(id, known);
      }
    }
    const [tenant = '', column = '']: readonly string[] = this.#table.key;
    const where = [
      { column: tenant, equals: tenantId },
      { column, in: missing },
    ];
    for (const row of missing.length === 0 ? [] : await reader.list(this.#table, { where, orderBy: [] })) {
      const id = this.#idOf(row);
      this.#versions.set(`${tenantId} ${id} ${row.changedAt}`, row);
      rows.set(id, row);
    }
    for (const oldest of this.#versions.keys()) {
      if (this.#versions.size <= MOST_VERSIONS) break;
      this.#versions.delete(oldest);
    }
    return rows;
  }

  /** An older snapshot: what changed after it is as it was then, or was not there yet. */
  async #older(reader: RowReader, tenantId: string, { rows }: Kept<Row>): Promise<Rows<Row>> {
    const changed = [...rows].filter(([, { changedAt }]) => changedAt > reader.position);
    if (changed.length === 0) return rows;
    if (changed.length > MANY) return (await this.#all(reader, tenantId)).rows;
    const then = new Map(rows);
    await Promise.all(
      changed.map(async ([id]) => {
        const row = await reader.get(this.#table, tenantId, id);
        if (row === undefined) then.delete(id);
        else then.set(id, row);
      }),
    );
    return then;
  }
}
