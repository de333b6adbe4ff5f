import { clientConfig } from '@headroom/postgres';
import pg from 'pg';
import { answering } from '../answering.ts';

export interface Drained {
  readonly events: number;
  readonly seconds: number;
  readonly bytes: number;
}

const SQL = `
  copy (select position, stream_id, revision, type, id, at, data, meta from log.events order by position)
  to stdout (format binary)`;

/** A COPY whose rows are counted and thrown away unread, straight from the socket: what the database can deliver. */
class Drain implements pg.Submittable {
  readonly done = Promise.withResolvers<void>();
  bytes = 0;
  #stepBack: () => void = () => undefined;

  submit(connection: pg.Connection): void {
    const { stream } = connection;
    const driver = stream.listeners('data')[0] as (chunk: Buffer) => void;
    const drain = (chunk: Buffer): void => {
      this.bytes += chunk.length;
      // The last message, ready for query, has six bytes; the driver needs no other.
      if (chunk.subarray(-6, -1).toString('latin1') === 'Z\0\0\0\x05') {
        this.#stepBack();
        driver(chunk.subarray(-6));
      }
    };
    this.#stepBack = () => {
      stream.removeListener('data', drain);
      stream.on('data', driver);
    };
    stream.removeListener('data', driver);
    stream.on('data', drain);
    connection.query(SQL);
  }

  handleError(error: unknown): void {
    this.done.reject(error);
  }

  handleReadyForQuery(): void {
    this.done.resolve();
  }
}

answering<{ readonly url: string; readonly events: number }, Drained>(async ({ url, events }) => {
  const client = new pg.Client(clientConfig(url, 'bench drain'));
  await client.connect();
  try {
    const start = performance.now();
    const drain = client.query(new Drain());
    await drain.done.promise;
    return { events, seconds: (performance.now() - start) / 1_000, bytes: drain.bytes };
  } finally {
    await client.end();
  }
});
