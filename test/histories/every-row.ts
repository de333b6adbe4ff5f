import { projections } from '@headroom/host/operations';
import type { AnyTable, RowReader } from '@headroom/projecting';
import type { AllRows } from '../support/rows.ts';

type OfTenants = Map<string, Record<string, unknown[]>>;

/** Every row of every tenant, by tenant and table, in the order of the keys: a query a table, however many tenants. */
export const everyRow = async (
  reading: <T>(projection: string, question: (reader: RowReader) => Promise<T>) => Promise<T>,
): Promise<ReadonlyMap<string, AllRows>> => {
  const tenants: OfTenants = new Map();
  for (const { name, tables } of projections) {
    for (const table of tables as readonly AnyTable[]) {
      const rows = await reading(name, (reader) => reader.list(table, { where: [], orderBy: [] }));
      for (const row of rows) {
        const { tenantId } = row as { readonly tenantId: string };
        const own = tenants.get(tenantId) ?? {};
        tenants.set(tenantId, own);
        own[`${name}.${table.name}`] ??= [];
        own[`${name}.${table.name}`]?.push(row);
      }
    }
  }
  return tenants;
};

const written = (rows: readonly unknown[] | undefined, turn: (key: string, value: unknown) => unknown): string =>
  JSON.stringify(rows ?? [], turn);

const asItIs = (_: string, value: unknown): unknown => value;

/** Throws when rows of one are not those of the other, with the first table that differs, as `turn` shows them. */
export const mustHoldTheSame = (
  what: string,
  one: AllRows | undefined,
  other: AllRows | undefined,
  turn: { readonly one: typeof asItIs; readonly other: typeof asItIs } = { one: asItIs, other: asItIs },
): void => {
  for (const table of new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])) {
    const [left, right] = [written(one?.[table], turn.one), written(other?.[table], turn.other)];
    if (left !== right) throw new Error(`${what}: ${table}\n${left}\n${right}`);
  }
};
