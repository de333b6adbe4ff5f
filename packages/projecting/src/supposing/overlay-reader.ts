import type { Entry, RowCache } from '../fold/row-cache.ts';
import { type AnyRow, type AnyTable, joinTexts, shapeOf } from '../fold/row-shape.ts';
import {
  type Condition,
  type ListOptions,
  orderOf,
  type RowReader,
  type RowVersion,
  type SupposedReader,
} from '../reader.ts';
import { compareBy, pagingOf, rowOf, testOf } from '../reading/conditions.ts';
import type { Table } from '../table.ts';

/** The rows of one table that supposed events changed, by key; undefined for one that they removed. */
type Changed = ReadonlyMap<string, AnyRow | undefined>;

const NOTHING: Changed = new Map();

const keyText = (table: AnyTable, row: AnyRow): string =>
  joinTexts((table.key as readonly string[]).map((column) => String(row[column])));

/** What questions are given are copies: the rows themselves are those that were folded. */
const changedIn = (cache: RowCache): Changed => {
  const entryKey = ({ tenant, rest }: Entry): string => (rest === '' ? tenant : joinTexts([tenant, rest]));
  return new Map(cache.changed().map((entry) => [entryKey(entry), entry.row]));
};

interface Overlaid {
  readonly snapshot: string;
  readonly partial?: boolean;
  /** Those of the rows beneath. */
  readonly versions?: NonNullable<RowReader['versions']>;
}

/** Rows of a snapshot with those in their place that supposed events have changed. */
export class OverlayReader implements SupposedReader {
  readonly position: number;
  readonly snapshot: string;
  readonly partial: boolean;
  readonly versions?: NonNullable<RowReader['versions']>;
  readonly #base: RowReader;
  readonly #changed: ReadonlyMap<AnyTable, Changed>;

  constructor(
    base: RowReader,
    caches: ReadonlyMap<AnyTable, RowCache>,
    { snapshot, partial = false, versions }: Overlaid,
  ) {
    this.position = base.position;
    this.snapshot = snapshot;
    this.partial = partial;
    this.#base = base;
    if (versions)
      this.versions = async (table, tenantId) => this.#versions(table as AnyTable, await versions(table, tenantId));
    this.#changed = new Map([...caches].map(([table, cache]) => [table, changedIn(cache)]));
  }

  changed<Row extends object>(table: Table<Row>): Row[] {
    return [...this.#of(table as AnyTable).values()]
      .filter((row) => row !== undefined)
      .map((row) => shapeOf(table as AnyTable).copy(row) as Row);
  }

  async get<Row extends object>(table: Table<Row>, ...key: readonly string[]): Promise<Row | undefined> {
    const changed = this.#of(table as AnyTable);
    const id = joinTexts(key);
    if (!changed.has(id)) return this.#base.get(table, ...key);
    const row = changed.get(id);
    return row && (shapeOf(table as AnyTable).copy(row) as Row);
  }

  async where<Row extends object>(
    table: Table<Row>,
    lookup: string,
    values: readonly string[],
    range: { readonly from?: string; readonly to?: string } = {},
  ): Promise<Row[]> {
    const found = await this.#base.where(table, lookup, values, range);
    const columns: readonly string[] = table.lookups[lookup] ?? [];
    const where: Condition[] = values.map((value, index) => ({ column: columns[index] ?? '', equals: value }));
    const next = columns[values.length];
    const ranged = range.from !== undefined || range.to !== undefined;
    if (ranged && next !== undefined) where.push({ column: next, ...range });
    const order = table.key.map((column) => ({ column }));
    return this.#merged(table as AnyTable, found as AnyRow[], where, compareBy(order)) as Row[];
  }

  async list<Row extends object>(table: Table<Row>, options: ListOptions): Promise<Row[]> {
    const changed = this.#of(table as AnyTable);
    // So many more that enough are left when those that changed are taken out.
    const more = options.limit === undefined ? {} : { limit: options.limit + changed.size };
    const found = await this.#base.list(table, { ...options, ...more });
    const compare = compareBy(orderOf(table, options.orderBy));
    const { order, after } = pagingOf(table as AnyTable, options);
    const last = after && rowOf(table as AnyTable, order, after);
    const merged = this.#merged(table as AnyTable, found as AnyRow[], options.where, compare);
    const behind = last === undefined ? merged : merged.filter((row) => compare(row, last) > 0);
    return behind.slice(0, options.limit) as Row[];
  }

  #merged(
    table: AnyTable,
    found: AnyRow[],
    where: readonly Condition[],
    compare: (one: AnyRow, other: AnyRow) => number,
  ): AnyRow[] {
    const changed = this.#of(table);
    if (changed.size === 0) return found;
    const { copy } = shapeOf(table);
    const tests = where.map((condition) => testOf(table, condition));
    const added = [...changed.values()].filter((row) => row !== undefined && tests.every((test) => test(row)));
    const kept = found.filter((row) => !changed.has(keyText(table, row)));
    return [...kept, ...(added as AnyRow[]).map(copy)].sort(compare);
  }

  #versions(table: AnyTable, beneath: readonly RowVersion[]): RowVersion[] {
    const changed = this.#of(table);
    const kept = beneath.filter(({ key }) => !changed.has(joinTexts(key)));
    const rows = [...changed.values()].filter((row) => row !== undefined);
    const column: string = table.changedAt ?? '';
    const key = table.key as readonly string[];
    return [
      ...kept,
      ...rows.map((row) => ({ key: key.map((name) => String(row[name])), changedAt: Number(row[column]) })),
    ];
  }

  #of(table: AnyTable): Changed {
    return this.#changed.get(table) ?? NOTHING;
  }
}
