import { compareValues } from '../fold/order.ts';
import type { RowCache } from '../fold/row-cache.ts';
import type { AnyRow, AnyTable } from '../fold/row-shape.ts';
import type { ListOptions, RowReader } from '../reader.ts';
import type { Table } from '../table.ts';
import { compareBy, pagingOf, rowOf, testOf } from './conditions.ts';

const listOf = (cache: RowCache, table: AnyTable, options: ListOptions): AnyRow[] => {
  const tests = options.where.map((condition) => testOf(table, condition));
  const { order, after } = pagingOf(table, options);
  const compare = compareBy(order);
  const last = after && rowOf(table, order, after);
  const rows: AnyRow[] = [];
  for (const { row } of cache.entries.values()) {
    if (!row || !tests.every((test) => test(row))) continue;
    if (!last || compare(row, last) > 0) rows.push(row);
  }
  return rows.sort(compare).slice(0, options.limit).map(cache.shape.copy);
};

const whereOf = (
  cache: RowCache,
  lookup: string,
  values: readonly string[],
  range: { readonly from?: string; readonly to?: string },
): AnyRow[] => {
  const index = cache.index(lookup, values.length);
  cache.place();
  const from = range.from === undefined ? undefined : index.bound(range.from);
  const to = range.to === undefined ? undefined : index.bound(range.to);
  const rows: AnyRow[] = [];
  for (const { row } of index.rows(index.bucket(values), from)) {
    if (!row) continue;
    const value = index.next && row[index.next.name];
    if (to !== undefined && (value === null || compareValues(value, to) >= 0)) continue;
    rows.push(cache.shape.copy(row));
  }
  return rows;
};

/** Reads rows out of a fold in memory; what it gives shares nothing with the fold. */
export class MemoryReader implements RowReader {
  readonly position: number;
  readonly snapshot: string;
  readonly partial: boolean;
  readonly #cacheOf: (table: AnyTable) => RowCache;

  /** `model` tells models apart: they may have folded different logs. */
  constructor(
    { model, position, partial }: { readonly model: number; readonly position: number; readonly partial: boolean },
    cacheOf: (table: AnyTable) => RowCache,
  ) {
    this.position = position;
    this.partial = partial;
    this.snapshot = `model ${model} at ${position}`;
    this.#cacheOf = cacheOf;
  }

  async get<Row extends object>(table: Table<Row>, ...key: readonly string[]): Promise<Row | undefined> {
    const cache = this.#cacheOf(table as AnyTable);
    const row = cache.find(key)?.row;
    return row && (cache.shape.copy(row) as Row);
  }

  async where<Row extends object>(
    table: Table<Row>,
    lookup: string,
    values: readonly string[],
    range: { readonly from?: string; readonly to?: string } = {},
  ): Promise<Row[]> {
    return whereOf(this.#cacheOf(table as AnyTable), lookup, values, range) as Row[];
  }

  async list<Row extends object>(table: Table<Row>, options: ListOptions): Promise<Row[]> {
    return listOf(this.#cacheOf(table as AnyTable), table as AnyTable, options) as Row[];
  }
}
