import { projections } from '@headroom/host/operations';
import type { AnyTable, RowReader } from '@headroom/projecting';

const EVERY_ROW = 10_000_000;

export type AllRows = { readonly [table: string]: readonly unknown[] };

/** Every row of a tenant in every read model, by table, in the order of the keys. */
export const allRows = async (
  tenantId: string,
  reading: <T>(projection: string, question: (reader: RowReader) => Promise<T>) => Promise<T>,
): Promise<AllRows> => {
  const rows: Record<string, readonly unknown[]> = {};
  for (const { name, tables } of projections) {
    for (const table of tables as readonly AnyTable[]) {
      const options = { where: [{ column: 'tenantId', equals: tenantId }], orderBy: [], limit: EVERY_ROW };
      rows[`${name}.${table.name}`] = await reading(name, (reader) => reader.list(table, options));
    }
  }
  return rows;
};

/** Names of the tables that differ. */
export const differing = (one: AllRows, other: AllRows): string[] =>
  Object.keys(one).filter((table) => JSON.stringify(one[table]) !== JSON.stringify(other[table]));
