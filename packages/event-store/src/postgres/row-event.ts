import type { EventMeta, JsonObject, StoredEvent } from '../port.ts';

/** The columns of an event, as the database has them. */
export interface EventRow {
  readonly position: number;
  readonly streamId: string;
  readonly revision: number;
  readonly type: string;
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly data: string;
  readonly meta: string;
}

/**
 * An event as it was read. Data, metadata, id and instant are made of their stored form when they are asked for:
 * most readers want few of them, and a rebuild reads millions.
 */
export class RowEvent implements StoredEvent {
  readonly position: number;
  readonly streamId: string;
  readonly revision: number;
  readonly type: string;
  readonly #id: string;
  readonly #at: number;
  readonly #dataText: string;
  readonly #metaText: string;
  #data: JsonObject | undefined;
  #meta: EventMeta | undefined;

  constructor(row: EventRow) {
    this.position = row.position;
    this.streamId = row.streamId;
    this.revision = row.revision;
    this.type = row.type;
    this.#id = row.id;
    this.#at = row.at;
    this.#dataText = row.data;
    this.#metaText = row.meta;
  }

  get id(): string {
    const hex = this.#id;
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  get recordedAt(): string {
    return new Date(this.#at).toISOString();
  }

  get data(): JsonObject {
    this.#data ??= JSON.parse(this.#dataText) as JsonObject;
    return this.#data;
  }

  get meta(): EventMeta {
    this.#meta ??= JSON.parse(this.#metaText) as EventMeta;
    return this.#meta;
  }

  /** About what it takes in memory: the length of its texts. */
  get weight(): number {
    return this.#dataText.length + this.#metaText.length;
  }

  toJSON(): StoredEvent {
    const { position, streamId, revision, recordedAt, id, type, data, meta } = this;
    return { position, streamId, revision, recordedAt, id, type, data, meta };
  }
}
