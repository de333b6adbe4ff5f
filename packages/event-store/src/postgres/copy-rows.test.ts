import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import type pg from 'pg';
import t from 'tap';
import type { CopiedEvent } from './copied-event.ts';
import { CopyRows } from './copy-rows.ts';

const message = (code: string, ...body: Buffer[]): Buffer => {
  const content = Buffer.concat(body);
  const header = Buffer.alloc(5);
  header.write(code);
  header.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([header, content]);
};

const field = (value: Buffer): Buffer => Buffer.concat([int4(value.length), value]);

const int4 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

const int8 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};

const row = (n: number, text: string): Buffer => {
  const texts = [`test-acme/${n}`, 'Happened', JSON.stringify({ text }), '{}'].map((one) => field(Buffer.from(one)));
  const [stream, type, data, meta] = texts as [Buffer, Buffer, Buffer, Buffer];
  const id = field(Buffer.alloc(16, n));
  return Buffer.concat([
    Buffer.from([0, 8]),
    field(int8(n)),
    stream,
    field(int4(n)),
    type,
    id,
    field(int8(0)),
    data,
    meta,
  ]);
};

const SIGNATURE = Buffer.alloc(19);
const TRAILER = Buffer.from([0xff, 0xff]);
const NOTICE = message('N', Buffer.from('a notice in the midst of it'));
const END = [message('c'), message('C', Buffer.from('COPY')), message('Z', Buffer.from('I'))];

t.test('rows are read wherever the socket breaks them off, and the driver gets all else', (t) => {
  const texts = fc.array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.boolean()), { maxLength: 8 });
  const property = fc.property(texts, fc.infiniteStream(fc.integer({ min: 1, max: 90 })), (rows, sizes) => {
    const copied = [...rows.map(([text]) => row(rows.length, text)), TRAILER];
    const answers = copied.flatMap((bytes, n) => {
      const data = message('d', ...(n === 0 ? [SIGNATURE, bytes] : [bytes]));
      return rows[n]?.[1] ? [data, NOTICE] : [data];
    });
    const stream = Buffer.concat([message('H', Buffer.alloc(3)), ...answers, ...END]);

    const socket = new PassThrough();
    const driven: Buffer[] = [];
    const driver = (chunk: Buffer): void => void driven.push(chunk);
    socket.on('data', driver);
    const events: CopiedEvent[] = [];
    const copy = new CopyRows(
      '',
      (event) => events.push(event),
      () => false,
    );
    copy.submit({ stream: socket, query: () => undefined } as unknown as pg.Connection);
    for (let at = 0; at < stream.length; ) {
      const end = at + (sizes.next().value as number);
      socket.emit('data', stream.subarray(at, end));
      at = end;
    }

    assert.deepEqual(
      events.map(({ data }) => data['text']),
      rows.map(([text]) => text),
    );
    assert.deepEqual(Buffer.concat(driven), Buffer.concat([...answers.filter((answer) => answer === NOTICE), ...END]));
    assert.deepEqual(socket.listeners('data'), [driver], 'the driver listens again');
  });
  t.doesNotThrow(() => fc.assert(property, { numRuns: 300, seed: 7 }));
  t.end();
});
