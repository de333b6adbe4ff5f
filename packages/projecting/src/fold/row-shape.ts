import type { ColumnType, Table } from '../table.ts';
import { parsers, sealers, UnfitValue } from './cell.ts';

/** A table, whatever its rows. */
export type AnyTable = Table<never>;
/** A row, whatever its table. */
export type AnyRow = Record<string, unknown>;

/** What stands between texts that are joined; no text holds it, so joined texts order as their parts do, one by one. */
const SEPARATOR = '\0';

/** One text for several. */
export const joinTexts = (texts: readonly string[]): string => texts.join(SEPARATOR);

/** What follows the tenant in a key, as one text. */
export const restOfKey = (key: readonly string[]): string =>
  key.length === 2 ? (key[1] ?? '') : key.slice(1).join(SEPARATOR);

/** A key again, as a text for each of its columns. */
export const keyOf = (tenant: string, rest: string, columns: number): string[] =>
  columns === 1 ? [tenant] : [tenant, ...rest.split(SEPARATOR)];

/** What is worked out once from a table, and then used for every row. */
export interface RowShape {
  readonly table: AnyTable;
  readonly columns: readonly string[];
  readonly types: readonly ColumnType[];
  readonly keyTypes: readonly ColumnType[];
  /** What follows the tenant in the key of a row, as one text. */
  readonly restOf: (row: AnyRow) => string;
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

interface Cell {
  readonly column: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

const restReader = ([, ...columns]: readonly string[]): RowShape['restOf'] => {
  const [only] = columns;
  if (only === undefined) return () => '';
  return columns.length === 1
    ? (row) => row[only] as string
    : (row) => columns.map((column) => row[column]).join(SEPARATOR);
};

const sealCell = (row: AnyRow, column: string, seal: (value: unknown) => unknown): void => {
  const before = row[column];
  const after = seal(before ?? undefined);
  // 0 may have been -0.
  if (after !== before || after === 0) row[column] = after;
};

const sealer = (tableName: string, cells: readonly Cell[]): RowShape['seal'] => {
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
const JSON_WEIGHT = 3;

const weigher = (cells: readonly Cell[]): RowShape['weigh'] => {
  const columnsOf = (type: ColumnType) => cells.filter((cell) => cell.type === type).map(({ column }) => column);
  const [texts, documents] = [columnsOf('text'), columnsOf('json')];
  return (row) => {
    let weight = ROW_WEIGHT + CELL_WEIGHT * cells.length;
    for (const column of texts) {
      const value = row[column];
      if (typeof value === 'string') weight += value.length;
    }
    for (const column of documents) weight += JSON_WEIGHT * (JSON.stringify(row[column]) ?? '').length;
    return weight;
  };
};

const parser = (cells: readonly Cell[]): RowShape['parse'] => {
  const reading = cells.map(({ column, type }) => ({ column, parse: parsers[type] }));
  return (texts) => {
    const row: AnyRow = {};
    for (const [index, { column, parse }] of reading.entries()) {
      const text = texts[index];
      row[column] = text === null || text === undefined ? null : parse(text);
    }
    return row;
  };
};

const copier =
  (cells: readonly Cell[]): RowShape['copy'] =>
  (row) => {
    const copied: AnyRow = {};
    for (const { column, type } of cells) {
      const value = row[column];
      copied[column] = type === 'json' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
    }
    return copied;
  };

const shape = (table: AnyTable): RowShape => {
  const columns: Readonly<Record<string, { readonly type: ColumnType; readonly nullable?: true }>> = table.columns;
  const cells = Object.entries(columns).map(([column, { type, nullable }]) => ({
    column,
    type,
    nullable: nullable === true,
  }));
  return {
    table,
    columns: cells.map(({ column }) => column),
    types: cells.map(({ type }) => type),
    keyTypes: table.key.map((column: string) => columns[column]?.type ?? 'text'),
    restOf: restReader(table.key),
    seal: sealer(table.name, cells),
    weigh: weigher(cells),
    hasJson: cells.some(({ type }) => type === 'json'),
    parse: parser(cells),
    copy: copier(cells),
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
