import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { CopiedEvent } from './copied-event.ts';

/** A letter and the length. */
const HEADER_BYTES = 5;
const SIGNATURE_BYTES = 19;
const FIELD_COUNT_BYTES = 2;
const TRAILER = -1;

const CODE = { copyData: 0x64, copyDone: 0x63, copyOut: 0x48, error: 0x45 } as const;

/**
 * A `copy (...) to stdout (format binary)` of an event's columns, taken from the socket as it comes. The driver makes a
 * message and an event of every row, which costs as much as reading the row; so this takes its place as the listener to
 * the socket, and steps back at the end of the rows or at an error, which the driver then handles as ever.
 */
export class CopyRows implements pg.Submittable {
  readonly #sql: string;
  readonly #onRow: (event: CopiedEvent) => void;
  /** Called when a chunk is worked through; true asks for a pause. */
  readonly #onChunk: () => boolean;
  readonly #done = Promise.withResolvers<void>();
  #socket: Duplex | undefined;
  #driver: ((chunk: Buffer) => void) | undefined;
  /** The beginning of a message that did not come whole, and how long it must get to be read on. */
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #needed = HEADER_BYTES;
  #signatureSeen = false;

  constructor(sql: string, onRow: (event: CopiedEvent) => void, onChunk: () => boolean) {
    this.#sql = sql;
    this.#onRow = onRow;
    this.#onChunk = onChunk;
    // A failure is reported where the rows are awaited.
    this.done.catch(() => undefined);
  }

  /** Settles when the statement is over. */
  get done(): Promise<void> {
    return this.#done.promise;
  }

  /** Lets the server send on, after a pause. */
  resume(): void {
    this.#socket?.resume();
  }

  submit(connection: pg.Connection): void {
    this.#socket = connection.stream;
    this.#driver = this.#socket.listeners('data')[0] as (chunk: Buffer) => void;
    this.#socket.removeListener('data', this.#driver);
    this.#socket.on('data', this.#onData);
    connection.query(this.#sql);
  }

  handleError(error: unknown): void {
    this.#stepBack();
    this.#done.reject(error);
  }

  handleReadyForQuery(): void {
    this.#done.resolve();
  }

  /** The driver announces the end of the command; there is nothing to count. */
  handleCommandComplete(): void {
    this.#stepBack();
  }

  readonly #onData = (chunk: Buffer): void => {
    const driver = this.#driver;
    let at = 0;
    while (this.#keptBytes > 0 && at < chunk.length) at = this.#mend(chunk, at);
    if (at < chunk.length) {
      if (this.#driver) this.#keep(chunk.subarray(this.#readMessages(chunk, at)));
      // It stepped back at a message that began in the chunk before.
      else driver?.(chunk.subarray(at));
    }
    const pause = this.#onChunk();
    if (pause && this.#driver) this.#socket?.pause();
  };

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#kept.push(bytes);
    this.#keptBytes += bytes.length;
  }

  /** Adds to a message that was broken off what it needs, and reads it when it is whole. Gives where the rest begins. */
  #mend(chunk: Buffer, at: number): number {
    const end = Math.min(at + this.#needed - this.#keptBytes, chunk.length);
    this.#keep(chunk.subarray(at, end));
    if (this.#keptBytes === this.#needed) {
      const bytes = Buffer.concat(this.#kept);
      this.#kept = [];
      this.#keptBytes = 0;
      this.#keep(bytes.subarray(this.#readMessages(bytes, 0)));
    }
    return end;
  }

  /** Reads the messages that are whole, and gives where the rest begins. */
  #readMessages(bytes: Buffer, start: number): number {
    let at = start;
    this.#needed = HEADER_BYTES;
    while (at + HEADER_BYTES <= bytes.length) {
      const end = at + 1 + bytes.readInt32BE(at + 1);
      if (end > bytes.length) {
        this.#needed = end - at;
        return at;
      }
      const code = bytes[at];
      if (code === CODE.copyData) this.#readCopyData(bytes, at + HEADER_BYTES);
      else if (code === CODE.copyDone || code === CODE.error) {
        this.#stepBack()?.(bytes.subarray(at));
        return bytes.length;
      } else if (code !== CODE.copyOut) this.#driver?.(bytes.subarray(at, end));
      at = end;
    }
    return at;
  }

  #readCopyData(bytes: Buffer, start: number): void {
    const at = this.#signatureSeen ? start : start + SIGNATURE_BYTES;
    this.#signatureSeen = true;
    if (bytes.readInt16BE(at) !== TRAILER) this.#onRow(new CopiedEvent(bytes, at + FIELD_COUNT_BYTES));
  }

  /** Gives the socket back to the driver, once. */
  #stepBack(): ((chunk: Buffer) => void) | undefined {
    const driver = this.#driver;
    if (!driver || !this.#socket) return undefined;
    this.#driver = undefined;
    this.#socket.removeListener('data', this.#onData);
    this.#socket.on('data', driver);
    this.#socket.resume();
    return driver;
  }
}
