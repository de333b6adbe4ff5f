/**
 * A read-model table, declared once: the projection folds into it, the database schema (live and shadow) is made
 * from it, the questions read it, from Postgres or from a fold in memory.
 */

/**
 * `integer` holds safe integers (int8 in Postgres); `date` is `YYYY-MM-DD`; `instant` is kept to the millisecond in UTC
 * and always read as `Date.toISOString()` writes it; `json` holds plain data without bigint, Date or undefined.
 */
export type ColumnType = 'text' | 'integer' | 'boolean' | 'date' | 'instant' | 'json';

export interface Column {
  readonly type: ColumnType;
  readonly nullable?: true;
  /**
   * It may hold personal data, which reaches the fold encrypted and becomes readable to questions only: such a text can
   * be carried about, but neither looked up nor compared.
   */
  readonly personal?: true;
}

export interface Table<Row extends object = Record<string, unknown>> {
  readonly name: string;
  readonly columns: { readonly [Name in keyof Row & string]: Column };
  /** The primary key; its columns are texts or dates, the first is always `tenantId`. */
  readonly key: readonly (keyof Row & string)[];
  /**
   * Secondary look-ups, `name: columns in their order`. A look-up is asked with values for its leading columns, one or
   * more, and finds the rows that equal them; a range may bound the column that follows those.
   */
  readonly lookups: { readonly [name: string]: readonly (keyof Row & string)[] };
  /** Look-ups that hold only the rows in which a boolean column is true: lists that ask for those use them. */
  readonly partialLookups: { readonly [lookup: string]: keyof Row & string };
  /** Look-ups that the fold itself uses (they must exist while a rebuild runs); the others serve questions only. */
  readonly foldLookups: readonly string[];
  /**
   * What the database's index of a look-up holds, where that is not the look-up's own columns: fewer, when those find the
   * rows already (an id tells its tenant, too). Rows with null in one of them are left out: they are never asked for.
   */
  readonly indexes: { readonly [lookup: string]: readonly (keyof Row & string)[] };
  /** Look-ups that are quick in answers about the past; all, unless told: of a table that is large each takes much room. */
  readonly pastLookups: readonly string[];
  /** The column that says at which position of the log a row changed last: with its key it names what the row is. */
  readonly changedAt: (keyof Row & string) | undefined;
}

/** Column names are camelCase here and snake_case in the database. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const checkColumns = (
  name: string,
  columns: { readonly [name: string]: Column },
  key: readonly string[],
  lookups: { readonly [name: string]: readonly string[] },
): void => {
  for (const column of [...key, ...Object.values(lookups).flat()]) {
    if (!(column in columns)) throw new Error(`table ${name} has no column ${column}`);
    if (columns[column]?.type === 'json') throw new Error(`json column ${column} of table ${name} cannot be looked up`);
  }
  for (const column of [...key, ...Object.values(lookups).flat()])
    if (columns[column]?.personal) throw new Error(`personal column ${column} of table ${name} cannot be looked up`);
  if (key[0] !== 'tenantId') throw new Error(`the key of table ${name} must begin with tenantId`);
  for (const column of key) {
    const { type, nullable } = columns[column] ?? {};
    if ((type !== 'text' && type !== 'date') || nullable)
      throw new Error(`key column ${column} of table ${name} must be a text or a date, never null`);
  }
};

const checkLookups = ({
  name,
  columns,
  lookups,
  foldLookups,
  partialLookups,
  indexes,
}: {
  readonly name: string;
  readonly columns: { readonly [name: string]: Column };
  readonly lookups: { readonly [name: string]: readonly string[] };
  readonly foldLookups: readonly string[];
  readonly partialLookups: { readonly [lookup: string]: string };
  readonly indexes: { readonly [lookup: string]: readonly string[] };
}): void => {
  for (const lookup of [...foldLookups, ...Object.keys(partialLookups), ...Object.keys(indexes)])
    if (!(lookup in lookups)) throw new Error(`table ${name} has no look-up ${lookup}`);
  for (const lookup of foldLookups)
    if (lookup in partialLookups)
      throw new Error(`look-up ${lookup} of table ${name} does not hold all that a fold asks`);
  for (const column of Object.values(partialLookups))
    if (columns[column]?.type !== 'boolean')
      throw new Error(`column ${column} of table ${name} is no boolean, and cannot choose the rows of a look-up`);
  for (const [lookup, indexed] of Object.entries(indexes))
    for (const column of indexed)
      if (!lookups[lookup]?.includes(column))
        throw new Error(`look-up ${lookup} of table ${name} has no column ${column}`);
};

/** Declares a table; throws when key or look-ups name columns that are not there or cannot serve. */
export const table = <Row extends object>(
  name: string,
  definition: {
    readonly columns: { readonly [Name in keyof Row & string]: Column | ColumnType };
    readonly key: readonly (keyof Row & string)[];
    readonly lookups?: { readonly [name: string]: readonly (keyof Row & string)[] };
    readonly partialLookups?: { readonly [lookup: string]: keyof Row & string };
    readonly foldLookups?: readonly string[];
    readonly indexes?: { readonly [lookup: string]: readonly (keyof Row & string)[] };
    readonly pastLookups?: readonly string[];
    readonly changedAt?: keyof Row & string;
  },
): Table<Row> => {
  const columns = Object.fromEntries(
    Object.entries<Column | ColumnType>(definition.columns).map(([column, type]) => [
      column,
      typeof type === 'string' ? { type } : type,
    ]),
  ) as Table<Row>['columns'];
  const lookups = definition.lookups ?? {};
  const foldLookups = definition.foldLookups ?? [];
  const indexes = definition.indexes ?? {};
  checkColumns(name, columns, definition.key, lookups);
  const partialLookups = definition.partialLookups ?? {};
  checkLookups({ name, columns, lookups, foldLookups, partialLookups, indexes });
  const pastLookups = definition.pastLookups ?? Object.keys(lookups);
  for (const lookup of pastLookups) if (!(lookup in lookups)) throw new Error(`table ${name} has no look-up ${lookup}`);
  const { key, changedAt } = definition;
  return { name, columns, key, lookups, partialLookups, foldLookups, indexes, pastLookups, changedAt };
};
