import type { AnyRow, RowShape } from '../fold/row-shape.ts';
import type { ColumnType } from '../table.ts';

/** What ends a column or a row, or begins an escape, in the text form of COPY. */
const SPECIAL = /[\\\n\r\t]/;
const EACH_SPECIAL = /[\\\n\r\t]/g;
const escapes: { readonly [character: string]: string } = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (character) => escapes[character] ?? character) : text;

const writers: { readonly [Type in ColumnType]: (value: never) => string } = {
  text: escaped,
  json: (value: unknown) => escaped(JSON.stringify(value)),
  integer: (value: number) => `${value}`,
  boolean: (value: boolean) => (value ? 't' : 'f'),
  date: (value: string) => value,
  instant: (value: string) => value,
};

/** Characters that are gathered before they become bytes: many small pieces cost more than one large one. */
const CHUNK = 128 * 1024;

/** Rows in the text form of COPY, in pieces for the wire, each made when it is asked for. */
export function* copyText(shape: RowShape, rows: readonly AnyRow[]): Generator<Buffer, void> {
  const cells = shape.columns.map((column, index) => ({
    column,
    write: writers[shape.types[index] ?? 'text'] as (value: unknown) => string,
  }));
  let text = '';
  for (const row of rows) {
    let separator = '';
    for (const { column, write } of cells) {
      const value = row[column];
      text += separator + (value === null ? '\\N' : write(value));
      separator = '\t';
    }
    text += '\n';
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
