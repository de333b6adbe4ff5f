/** An event as a writer proposes it. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as the log holds it. Its position is where its record begins, in bytes: positions have gaps. */
export interface Recorded extends Proposed {
  readonly position: number;
  readonly streamId: string;
  readonly revision: number;
  readonly createdMs: number;
}

/** What the writer expects of the stream: a revision, -1 for no stream, or one of the looser wishes. */
export type Expected = number | 'any' | 'stream-exists';

/** What an append counts against the limit, reckoned as the server does it: a letter of the type is two bytes. */
export const sizeOf = (event: Proposed): number => event.data.length + event.metadata.length + event.type.length * 2;

/** Bytes that the record of an event takes in the log: what it holds, and a header. */
export const recordSize = (streamId: string, event: Proposed): number =>
  80 + Buffer.byteLength(streamId) + sizeOf(event);
