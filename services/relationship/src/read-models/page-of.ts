import {
  afterRow,
  type Condition,
  type OrderColumn,
  type OrderValue,
  type RowReader,
  type Table,
} from '@headroom/projecting';

export interface Page {
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

/** Conditions of equality for the filters that were given. */
export const equalTo = (filters: Readonly<Record<string, string | boolean | undefined>>): Condition[] =>
  Object.entries(filters).flatMap(([column, equals]) => (equals === undefined ? [] : [{ column, equals }]));

/** A page of rows; `next` is where the page behind it begins, null on the last one. */
export const pageOf = async <Row extends object>(
  reader: RowReader,
  table: Table<Row>,
  where: readonly Condition[],
  orderBy: readonly OrderColumn[],
  { limit, after }: Page,
): Promise<{ readonly rows: Row[]; readonly next: readonly OrderValue[] | null }> => {
  const found = await reader.list(table, {
    where,
    orderBy,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? afterRow(table, orderBy, last) : null };
};
