/**
 * Arrays in the binary form of Postgres. The driver sends a Buffer as it is, which spares both sides the quoting of
 * array literals; for JSON that is most of the cost of binding.
 */

const OID = { int4: 23, json: 114, text: 25, uuid: 2950 } as const;
const HEADER = 20;

/** One dimension, no nulls, counted from 1, with room for `bytes` of elements (their length prefixes included). */
const arrayOf = (oid: number, length: number, bytes: number): Buffer => {
  const buffer = Buffer.allocUnsafe(HEADER + bytes);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
};

/** `integer[]`. */
export const int4Array = (values: readonly number[]): Buffer => {
  const buffer = arrayOf(OID.int4, values.length, values.length * 8);
  let at = HEADER;
  for (const value of values) {
    buffer.writeInt32BE(4, at);
    buffer.writeInt32BE(value, at + 4);
    at += 8;
  }
  return buffer;
};

const stringArray = (oid: number, values: readonly string[]): Buffer => {
  let bytes = 0;
  for (const value of values) bytes += 4 + Buffer.byteLength(value);
  const buffer = arrayOf(oid, values.length, bytes);
  let at = HEADER;
  for (const value of values) {
    const written = buffer.write(value, at + 4);
    buffer.writeInt32BE(written, at);
    at += 4 + written;
  }
  return buffer;
};

/** `text[]`. */
export const textArray = (values: readonly string[]): Buffer => stringArray(OID.text, values);

/** `json[]`, of serialised values. */
export const jsonArray = (values: readonly string[]): Buffer => stringArray(OID.json, values);

/** `uuid[]`, of canonical UUIDs. */
export const uuidArray = (values: readonly string[]): Buffer => {
  const buffer = arrayOf(OID.uuid, values.length, values.length * 20);
  let at = HEADER;
  for (const value of values) {
    buffer.writeInt32BE(16, at);
    buffer.write(value.replaceAll('-', ''), at + 4, 'hex');
    at += 20;
  }
  return buffer;
};
