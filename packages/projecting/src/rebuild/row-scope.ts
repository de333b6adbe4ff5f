import { arrayTypes, encodeArray } from '../database/array-encoding.ts';
import { columnName } from '../database/names.ts';
import type { Entry } from '../fold/row-cache.ts';
import { type AnyTable, joinTexts, keyOf, shapeOf } from '../fold/row-shape.ts';
import type { ProjectedEvent } from '../projection.ts';

/** What a partial replay is about: one tenant, or of it the rows that some of its events touch. */
export interface RowScope {
  readonly tenantId: string;
  /** Tells the events whose rows are looked at; all rows of the tenant when absent. */
  readonly touches?: ((event: ProjectedEvent) => boolean) | undefined;
}

/** The rows that certain events changed or removed, by key. */
export class TouchedRows {
  readonly isWatched: (event: ProjectedEvent) => boolean;
  readonly #keys = new Map<AnyTable, Map<string, Pick<Entry, 'tenant' | 'rest'>>>();

  constructor(isWatched: (event: ProjectedEvent) => boolean) {
    this.isWatched = isWatched;
  }

  add({ cache, tenant, rest }: Pick<Entry, 'cache' | 'tenant' | 'rest'>): void {
    const { table } = cache.shape;
    const keys = this.#keys.get(table) ?? new Map<string, Pick<Entry, 'tenant' | 'rest'>>();
    this.#keys.set(table, keys);
    keys.set(joinTexts([tenant, rest]), { tenant, rest });
  }

  /** Keys of a table, each with a text for every column. */
  of(table: AnyTable): string[][] {
    const columns = shapeOf(table).keyTypes.length;
    return [...(this.#keys.get(table)?.values() ?? [])].map(({ tenant, rest }) => keyOf(tenant, rest, columns));
  }

  get count(): number {
    let count = 0;
    for (const keys of this.#keys.values()) count += keys.size;
    return count;
  }
}

/** The condition by which a query over a table, called `r`, finds the rows of a scope, with its parameters. */
export const scopeSql = (
  table: AnyTable,
  tenantId: string | undefined,
  touched: TouchedRows | undefined,
): { readonly text: string; readonly values: readonly unknown[] } => {
  if (tenantId === undefined) return { text: '', values: [] };
  if (touched === undefined) return { text: 'where r.tenant_id = $1', values: [tenantId] };
  const { keyTypes } = shapeOf(table);
  const keys = touched.of(table);
  const arrays = keyTypes.map((type, column) =>
    encodeArray(
      type,
      keys.map((key) => key[column] ?? ''),
    ),
  );
  const parameters = keyTypes.map((type, index) => `$${index + 1}::${arrayTypes[type]}`).join(', ');
  const columns = table.key.map((column) => `r.${columnName(column)}`).join(', ');
  return { text: `where (${columns}) in (select * from unnest(${parameters}))`, values: arrays };
};
