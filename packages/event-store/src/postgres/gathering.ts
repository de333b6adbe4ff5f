import type { KeyClaim, KeysTaken } from '../port.ts';
import type { Bundle, Verdict } from './append-statement.ts';

/** A bundle whose caller waits for the verdicts. */
export interface Waiting {
  readonly bundle: Bundle;
  /** Keys to be claimed with it. */
  readonly claims: readonly KeyClaim[];
  /** On the clock of `performance.now()`: until when it may wait for a connection to be sent on. */
  readonly deadline: number;
  readonly resolve: (verdicts: readonly Verdict[] | KeysTaken) => void;
  readonly reject: (error: unknown) => void;
}

/** What one batch holds at most; a bundle that is larger goes alone. */
const MAX_APPENDS = 1_000;
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Takes the next batch out of the queue, oldest first. A stream is named once in a batch, since its revision is looked
 * up once: what would name it again waits for the next, and keeps its turn.
 */
export const gather = (queue: Waiting[]): Waiting[] => {
  const batch: Waiting[] = [];
  const streams = new Set<string>();
  let bytes = 0;
  let kept = 0;
  for (const waiting of queue) {
    const weight = waiting.bundle.reduce((sum, append) => sum + append.bytes, 0);
    const fits = batch.length === 0 || (batch.length < MAX_APPENDS && bytes + weight <= MAX_BYTES);
    const meets = waiting.bundle.some(({ streamId }) => streams.has(streamId));
    for (const { streamId } of waiting.bundle) streams.add(streamId);
    if (fits && !meets) {
      batch.push(waiting);
      bytes += weight;
    } else {
      queue[kept] = waiting;
      kept += 1;
    }
  }
  queue.length = kept;
  return batch;
};
