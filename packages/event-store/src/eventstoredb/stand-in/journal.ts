import { openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { Proposed } from './recorded.ts';

/** One append: it is kept whole or not at all. */
export interface Entry {
  readonly streamId: string;
  readonly createdMs: number;
  readonly events: readonly Proposed[];
}

export interface Journal {
  /** What was kept before the journal was opened. */
  readonly entries: readonly Entry[];
  add(entry: Entry): void;
}

type Kept = readonly [id: string, type: string, contentType: string, data: string, metadata: string];

const toLine = ({ streamId, createdMs, events }: Entry): string => {
  const kept: Kept[] = events.map((event) => [
    event.id,
    event.type,
    event.contentType,
    Buffer.from(event.data).toString('base64'),
    Buffer.from(event.metadata).toString('base64'),
  ]);
  return `${JSON.stringify([streamId, createdMs, kept])}\n`;
};

const fromLine = (line: string): Entry => {
  const [streamId, createdMs, kept] = JSON.parse(line) as [string, number, Kept[]];
  const events = kept.map(([id, type, contentType, data, metadata]) => ({
    id,
    type,
    contentType,
    data: Buffer.from(data, 'base64'),
    metadata: Buffer.from(metadata, 'base64'),
  }));
  return { streamId, createdMs, events };
};

/**
 * A file with a line per append, written before the append is answered, so that what was acknowledged outlives a
 * process that is killed. A line that was torn by the kill is cut off: nobody was told that it was kept.
 */
export const openJournal = (path: string): Journal => {
  const file = openSync(path, 'a+');
  const text = readFileSync(path, 'utf8');
  const whole = text.lastIndexOf('\n') + 1;
  if (whole < text.length) truncateSync(path, Buffer.byteLength(text.slice(0, whole)));
  const lines = text.slice(0, whole).split('\n').slice(0, -1);
  return {
    entries: lines.map(fromLine),
    add: (entry) => {
      writeSync(file, toLine(entry));
    },
  };
};
