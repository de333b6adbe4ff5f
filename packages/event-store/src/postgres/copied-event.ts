import type { EventMeta, JsonObject, StoredEvent } from '../port.ts';

/** The columns of an event in the order in which binary COPY has to give them. */
export const COLUMNS = 'position, stream_id, revision, type, id, at, data, meta';

/** Postgres counts microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);

const int8 = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);

/** Every field has its length before it. */
const endOf = (bytes: Buffer, at: number): number => at + 4 + bytes.readInt32BE(at);

/**
 * An event as a row of binary COPY. What most readers do not ask for (the id, the instant, the metadata) stays bytes
 * until somebody does, and so does the data: a rebuild reads millions of events, and this is what reading them costs.
 */
export class CopiedEvent implements StoredEvent {
  readonly position: number;
  readonly streamId: string;
  readonly revision: number;
  readonly type: string;
  readonly #bytes: Buffer;
  /** Where the id begins (the instant stands right behind it), and where data and metadata do. */
  readonly #idAt: number;
  readonly #dataAt: number;
  readonly #metaAt: number;
  #data: JsonObject | undefined;
  #meta: EventMeta | undefined;

  /** Of the fields that begin at `start`. The bytes are kept, and must not change. */
  constructor(bytes: Buffer, start: number) {
    const streamEnd = endOf(bytes, start + 12);
    const typeEnd = endOf(bytes, streamEnd + 8);
    this.position = int8(bytes, start + 4);
    this.streamId = bytes.toString('utf8', start + 16, streamEnd);
    this.revision = bytes.readInt32BE(streamEnd + 4);
    this.type = bytes.toString('utf8', streamEnd + 12, typeEnd);
    this.#bytes = bytes;
    this.#idAt = typeEnd + 4;
    this.#dataAt = typeEnd + 32;
    this.#metaAt = endOf(bytes, this.#dataAt);
  }

  get id(): string {
    const hex = this.#bytes.toString('hex', this.#idAt, this.#idAt + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  get recordedAt(): string {
    return new Date(EPOCH_MS + int8(this.#bytes, this.#idAt + 20) / 1_000).toISOString();
  }

  get data(): JsonObject {
    this.#data ??= JSON.parse(this.#bytes.toString('utf8', this.#dataAt + 4, this.#metaAt)) as JsonObject;
    return this.#data;
  }

  get meta(): EventMeta {
    const end = endOf(this.#bytes, this.#metaAt);
    this.#meta ??= JSON.parse(this.#bytes.toString('utf8', this.#metaAt + 4, end)) as EventMeta;
    return this.#meta;
  }

  /** Bytes of data and metadata. */
  get weight(): number {
    return endOf(this.#bytes, this.#metaAt) - this.#dataAt;
  }

  toJSON(): StoredEvent {
    const { position, streamId, revision, recordedAt, id, type, data, meta } = this;
    return { position, streamId, revision, recordedAt, id, type, data, meta };
  }
}
