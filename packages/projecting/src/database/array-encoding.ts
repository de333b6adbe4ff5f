import type { ColumnType } from '../table.ts';

/** Type numbers of Postgres, fixed for ever. */
const elementTypes: { readonly [Type in ColumnType]: number } = {
  text: 25,
  integer: 20,
  boolean: 16,
  date: 1082,
  instant: 1184,
  json: 114,
};

export const arrayTypes: { readonly [Type in ColumnType]: string } = {
  text: 'text[]',
  integer: 'bigint[]',
  boolean: 'boolean[]',
  date: 'date[]',
  instant: 'timestamptz[]',
  json: 'json[]',
};

/** Postgres counts days and microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;
const TWO_TO_32 = 2 ** 32;
const NULL_LENGTH = -1;

/** Bytes written one behind the other, in room that grows. */
class Bytes {
  #room = Buffer.allocUnsafe(16_384);
  #length = 0;

  int32(value: number): void {
    this.#ensure(4);
    this.#length = this.#room.writeInt32BE(value, this.#length);
  }

  /** Whole numbers up to 2^53. */
  int64(value: number): void {
    this.#ensure(8);
    this.#room.writeInt32BE(Math.floor(value / TWO_TO_32), this.#length);
    // `>>> 0` takes the low 32 bits, also of negative numbers.
    this.#length = this.#room.writeUInt32BE((value % TWO_TO_32) >>> 0, this.#length + 4);
  }

  byte(value: number): void {
    this.#ensure(1);
    this.#length = this.#room.writeUInt8(value, this.#length);
  }

  /** A text with its length before it. */
  text(value: string): void {
    this.#ensure(4 + 3 * value.length);
    const written = this.#room.write(value, this.#length + 4, 'utf8');
    this.#room.writeInt32BE(written, this.#length);
    this.#length += 4 + written;
  }

  taken(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  #ensure(more: number): void {
    if (this.#length + more <= this.#room.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(2 * this.#room.length, this.#length + more));
    this.#room.copy(bigger, 0, 0, this.#length);
    this.#room = bigger;
  }
}

type Write = (bytes: Bytes, value: never) => void;

const writers: { readonly [Type in ColumnType]: Write } = {
  text: (bytes, value: string) => bytes.text(value),
  json: (bytes, value: unknown) => bytes.text(JSON.stringify(value)),
  integer: (bytes, value: number) => {
    bytes.int32(8);
    bytes.int64(value);
  },
  boolean: (bytes, value: boolean) => {
    bytes.int32(1);
    bytes.byte(value ? 1 : 0);
  },
  date: (bytes, value: string) => {
    bytes.int32(4);
    bytes.int32((Date.parse(value) - EPOCH_MS) / DAY_MS);
  },
  instant: (bytes, value: string) => {
    bytes.int32(8);
    bytes.int64((Date.parse(value) - EPOCH_MS) * 1000);
  },
};

/** A one-dimensional array in the binary form in which Postgres takes parameters: nothing to escape, nothing to parse. */
export const encodeArray = (type: ColumnType, values: readonly unknown[]): Buffer => {
  const bytes = new Bytes();
  const dimensions = values.length === 0 ? 0 : 1;
  bytes.int32(dimensions);
  bytes.int32(values.includes(null) ? 1 : 0);
  bytes.int32(elementTypes[type]);
  if (dimensions === 1) {
    bytes.int32(values.length);
    bytes.int32(1);
  }
  const write = writers[type];
  for (const value of values) {
    if (value === null) bytes.int32(NULL_LENGTH);
    else write(bytes, value as never);
  }
  return bytes.taken();
};
