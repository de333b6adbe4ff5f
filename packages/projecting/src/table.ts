/**
 * A read-model table, declared once: the projection folds into it, the database schema (live and shadow) is made
 * from it, the questions read it, from Postgres or from a fold in memory.
 */

/** `integer` holds safe integers (int8 in Postgres); `json` holds plain data without bigint, Date or undefined. */
export type ColumnType = 'text' | 'integer' | 'boolean' | 'date' | 'instant' | 'json';

export interface Column {
  readonly type: ColumnType;
  readonly nullable?: true;
}

export interface Table<Row extends object = Record<string, unknown>> {
  readonly name: string;
  readonly columns: { readonly [Name in keyof Row & string]: Column };
  /** The primary key; its columns are texts, the first is always `tenantId`. */
  readonly key: readonly (keyof Row & string)[];
  /**
   * Secondary look-ups, `name: columns`. `where` finds rows by equality on all columns of a look-up but the last
   * `ranged` ones, and `from` bounds the next column from below.
   */
  readonly lookups: { readonly [name: string]: readonly (keyof Row & string)[] };
  /** Look-ups that the fold itself uses (they must exist while a rebuild runs); the others serve questions only. */
  readonly foldLookups: readonly string[];
}

/** Column names are camelCase here and snake_case in the database. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Declares a table; throws when key or look-ups name columns that are not there. */
export const table = <Row extends object>(
  name: string,
  definition: {
    readonly columns: { readonly [Name in keyof Row & string]: Column | ColumnType };
    readonly key: readonly (keyof Row & string)[];
    readonly lookups?: { readonly [name: string]: readonly (keyof Row & string)[] };
    readonly foldLookups?: readonly string[];
  },
): Table<Row> => {
  const columns = Object.fromEntries(
    Object.entries<Column | ColumnType>(definition.columns).map(([column, type]) => [
      column,
      typeof type === 'string' ? { type } : type,
    ]),
  ) as Table<Row>['columns'];
  const lookups = definition.lookups ?? {};
  for (const column of [...definition.key, ...Object.values(lookups).flat()]) {
    if (!(column in columns)) throw new Error(`table ${name} has no column ${column}`);
  }
  if (definition.key[0] !== 'tenantId') throw new Error(`the key of table ${name} must begin with tenantId`);
  return { name, columns, key: definition.key, lookups, foldLookups: definition.foldLookups ?? [] };
};
