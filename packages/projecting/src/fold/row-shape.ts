import type { ColumnType, Table } from '../table.ts';
import { parsers, sealers, UnfitValue } from './cell.ts';

/** A table, whatever its rows. */
export type AnyTable = Table<never>;
/** A row, whatever its table. */
export type AnyRow = Record<string, unknown>;

/** What stands between the columns of a key; no text holds it, so keys order as their columns do, one by one. */
const SEPARATOR = '\0';

/** One text for the values of a key or of a look-up. */
export const joinKey = (values: readonly string[]): string =>
  values.length === 2 ? `${values[0]}${SEPARATOR}${values[1]}` : values.join(SEPARATOR);

export const splitKey = (key: string): string[] => key.split(SEPARATOR);

/** What is worked out once from a table, and then used for every row. */
export interface RowShape {
  readonly table: AnyTable;
  readonly columns: readonly string[];
  readonly types: readonly ColumnType[];
  readonly keyTypes: readonly ColumnType[];
  /** The key of a row, as one text. */
  readonly keyOf: (row: AnyRow) => string;
  /** Brings every value into the form in which the database would give it back; throws `UnfitValue`. */
  readonly seal: (row: AnyRow) => void;
  /** Roughly how many bytes the row takes in memory. */
  readonly weigh: (row: AnyRow) => number;
  readonly hasJson: boolean;
  /** A row from the texts that Postgres gives, in the order of the columns. */
  readonly parse: (texts: readonly (string | null)[]) => AnyRow;
  /** A copy that shares nothing with the row, just as if it had been read from the database. */
  readonly copy: (row: AnyRow) => AnyRow;
}

const keyReader = (key: readonly string[]): RowShape['keyOf'] => {
  const [first = '', second = ''] = key;
  return key.length === 2
    ? (row) => `${row[first]}${SEPARATOR}${row[second]}`
    : (row) => key.map((column) => row[column]).join(SEPARATOR);
};

type Cells = readonly { readonly column: string; readonly type: ColumnType; readonly nullable: boolean }[];

const sealCell = (row: AnyRow, column: string, seal: (value: unknown) => unknown): void => {
  const before = row[column];
  const after = seal(before ?? undefined);
  // 0 may have been -0.
  if (after !== before || after === 0) row[column] = after;
};

const sealer = (tableName: string, cells: Cells): RowShape['seal'] => {
  const sealed = cells.map((cell) => ({ ...cell, seal: sealers[cell.type] }));
  return (row) => {
    let at = '';
    try {
      for (const { column, nullable, seal } of sealed) {
        at = column;
        if (!nullable || row[column] !== null) sealCell(row, column, seal);
      }
    } catch (error) {
      throw new UnfitValue(`${tableName}.${at}: ${error instanceof Error ? error.message : error}`);
    }
  };
};

const ROW_WEIGHT = 400;
const CELL_WEIGHT = 24;
/** What a character of json takes once it has been made into objects. */
const JSON_WEIGHT = 5;

const shape = (table: AnyTable): RowShape => {
  const columnsOf: Readonly<Record<string, { readonly type: ColumnType; readonly nullable?: true }>> = table.columns;
  const cells = Object.entries(columnsOf).map(([column, { type, nullable }]) => ({
    column,
    type,
    nullable: nullable === true,
  }));
  const texts = cells.filter(({ type }) => type === 'text').map(({ column }) => column);
  const documents = cells.filter(({ type }) => type === 'json').map(({ column }) => column);
  const reading = cells.map(({ column, type }) => ({ column, parse: parsers[type] }));
  return {
    table,
    columns: cells.map(({ column }) => column),
    types: cells.map(({ type }) => type),
    keyTypes: table.key.map((column: string) => columnsOf[column]?.type ?? 'text'),
    keyOf: keyReader(table.key),
    seal: sealer(table.name, cells),
    hasJson: documents.length > 0,
    weigh: (row) => {
      let weight = ROW_WEIGHT + CELL_WEIGHT * cells.length;
      for (const column of texts) {
        const value = row[column];
        if (typeof value === 'string') weight += value.length;
      }
      for (const column of documents) weight += JSON_WEIGHT * (JSON.stringify(row[column]) ?? '').length;
      return weight;
    },
    parse: (texts) => {
      const row: AnyRow = {};
      for (const [index, { column, parse }] of reading.entries()) {
        const text = texts[index];
        row[column] = text === null || text === undefined ? null : parse(text);
      }
      return row;
    },
    copy: (row) => {
      const copied: AnyRow = {};
      for (const { column, type } of cells) {
        const value = row[column];
        copied[column] = type === 'json' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
      }
      return copied;
    },
  };
};

const shapes = new WeakMap<AnyTable, RowShape>();

/** The shape of a table, worked out on the first call. */
export const shapeOf = (table: AnyTable): RowShape => {
  const known = shapes.get(table);
  if (known) return known;
  const made = shape(table);
  shapes.set(table, made);
  return made;
};
