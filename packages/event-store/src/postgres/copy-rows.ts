import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { CopiedEvent } from './copied-event.ts';

const SIGNATURE_BYTES = 19;
const FIELD_COUNT_BYTES = 2;
const TRAILER = -1;

const CODE = { copyData: 0x64, copyDone: 0x63, copyOut: 0x48, error: 0x45 } as const;

/**
 * A `copy (...) to stdout (format binary)` of the columns of an event, taken from the socket as it comes: the driver makes an
 * object and an event of every row, which costs as much as reading it. So this takes the driver's place as the one who
 * listens to the socket, and steps back at the end of the rows or at an error, which the driver then handles.
 */
export class CopyRows implements pg.Submittable {
  readonly #sql: string;
  readonly #onRow: (event: CopiedEvent) => void;
  /** Called whenever a piece of what came is worked through; true asks for a pause. */
  readonly #onPiece: () => boolean;
  readonly #done = Promise.withResolvers<void>();
  #socket: Duplex | undefined;
  #driver: ((chunk: Buffer) => void) | undefined;
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  /** How many bytes the next message takes, as far as its beginning has told. */
  #needed = 5;
  #signatureSeen = false;

  constructor(sql: string, onRow: (event: CopiedEvent) => void, onPiece: () => boolean) {
    this.#sql = sql;
    this.#onRow = onRow;
    this.#onPiece = onPiece;
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
    this.#pieces.push(chunk);
    this.#pieceBytes += chunk.length;
    if (this.#pieceBytes < this.#needed) return;
    const bytes = this.#pieces.length === 1 ? chunk : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#pieceBytes = 0;
    const rest = this.#readMessages(bytes);
    if (this.#driver && rest < bytes.length) {
      this.#pieces.push(bytes.subarray(rest));
      this.#pieceBytes = bytes.length - rest;
    }
    const pause = this.#onPiece();
    if (pause && this.#driver) this.#socket?.pause();
  };

  /** Reads the messages that are whole, and gives where the rest begins. */
  #readMessages(bytes: Buffer): number {
    let at = 0;
    this.#needed = 5;
    while (at + 5 <= bytes.length) {
      const end = at + 1 + bytes.readInt32BE(at + 1);
      if (end > bytes.length) {
        this.#needed = end - at;
        return at;
      }
      const code = bytes[at];
      if (code === CODE.copyData) this.#readCopyData(bytes, at + 5);
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
