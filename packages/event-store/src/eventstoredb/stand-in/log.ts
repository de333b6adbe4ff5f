import type { Journal } from './journal.ts';
import { type Expected, type Proposed, type Recorded, recordSize, sizeOf } from './recorded.ts';
import { verdictOn } from './verdict.ts';

/** The server takes no more than this in one append. */
export const MAX_APPEND_BYTES = 1024 * 1024;

/** The server forgets recent event ids beyond a budget; here that is a number of events. */
const RECENT_EVENTS = 20_000;

export type WriteResult =
  | { readonly kind: 'written'; readonly lastRevision: number; readonly position: number | undefined }
  | { readonly kind: 'wrong-expected-version'; readonly currentRevision: number }
  | { readonly kind: 'too-large' };

export interface Log {
  /** All records, system events included, in log order. */
  readonly records: readonly Recorded[];
  /** Position at which the next record will begin. */
  end(): number;
  stream(streamId: string): readonly Recorded[] | undefined;
  write(streamId: string, expected: Expected, events: readonly Proposed[]): WriteResult;
  /** Index of the record that begins at a position, or of the end; undefined inside a record or beyond the end. */
  indexAt(position: number): number | undefined;
  /** Calls back after every write until the returned function is called. */
  onWrite(listener: () => void): () => void;
  /** What a restart of the server forgets: which events were written lately. */
  forgetRecent(): void;
}

export interface LogOptions {
  /** The server's clock, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly journal?: Journal | undefined;
}

/** The log in memory, with what a journal kept of it. It begins with system events, as a real one does. */
export const openLog = (options: LogOptions): Log => {
  const records: Recorded[] = [];
  const streams = new Map<string, Recorded[]>();
  const recent = new Map<string, Recorded>();
  const listeners = new Set<() => void>();
  let end = 0;

  const record = (streamId: string, events: readonly Proposed[], createdMs: number): void => {
    const stream = streams.get(streamId) ?? [];
    streams.set(streamId, stream);
    for (const event of events) {
      const recorded = { ...event, streamId, createdMs, position: end, revision: stream.length };
      end += recordSize(streamId, event);
      records.push(recorded);
      stream.push(recorded);
      recent.set(event.id, recorded);
    }
    for (const id of recent.keys()) {
      if (recent.size <= RECENT_EVENTS) break;
      recent.delete(id);
    }
  };

  record('$users', [systemEvent('$UserCreated', 1), systemEvent('$UserCreated', 2)], 0);
  record('$settings', [systemEvent('$settings', 3)], 0);
  for (const { streamId, createdMs, events } of options.journal?.entries ?? []) record(streamId, events, createdMs);

  return {
    records,
    end: () => end,
    stream: (streamId) => streams.get(streamId),
    write: (streamId, expected, events) => {
      const stream = streams.get(streamId) ?? [];
      const verdict = verdictOn(stream, expected, events, recent);
      if (events.reduce((bytes, event) => bytes + sizeOf(event), 0) > MAX_APPEND_BYTES) return { kind: 'too-large' };
      if (verdict.kind === 'wrong-expected-version') return { ...verdict, currentRevision: stream.length - 1 };
      const lastRevision = verdict.kind === 'write' ? stream.length - 1 + events.length : verdict.lastRevision;
      if (verdict.kind === 'write' && events.length > 0) {
        const createdMs = options.now();
        options.journal?.add({ streamId, createdMs, events });
        record(streamId, events, createdMs);
        for (const listener of [...listeners]) listener();
      }
      return { kind: 'written', lastRevision, position: streams.get(streamId)?.[lastRevision]?.position };
    },
    indexAt: (position) => indexOf(records, position, end),
    onWrite: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forgetRecent: () => recent.clear(),
  };
};

/** The n-th event of the server's own making. */
export const systemEvent = (type: string, n: number): Proposed => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  type,
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: new Uint8Array(),
});

const indexOf = (records: readonly Recorded[], position: number, end: number): number | undefined => {
  if (position === end) return records.length;
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.position ?? end) < position) low = middle + 1;
    else high = middle;
  }
  return records[low]?.position === position ? low : undefined;
};
