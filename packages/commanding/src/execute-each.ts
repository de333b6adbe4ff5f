import { streamsOf } from './drafts.ts';
import type { AnyOutcome, AnyWish } from './job.ts';
import type { AnyStream } from './stream.ts';
import type { Streams } from './streams.ts';
import type { Turns } from './turns.ts';

/**
 * One outcome for each wish, decided in order within each stream; what is refused does not hinder the others. The
 * wishes of a stream go out in one append (or in several, when they are many).
 */
export const executeEach = (turns: Turns, streams: Streams, wishes: readonly AnyWish[]): Promise<AnyOutcome[]> => {
  const found = streamsOf(wishes, ({ kind, streamId }) => streams.get(kind, streamId));
  // The streams are held until all wishes are queued.
  const queued = Promise.withResolvers<void>();
  for (const stream of found.values()) void turns.exclusively(stream, () => queued.promise);
  const outcomes = wishes.map(
    (wish) =>
      new Promise<AnyOutcome>((resolve, reject) => {
        const stream = found.get(wish.streamId) as AnyStream;
        turns.enqueue(stream, { kind: 'command', wish, claimed: false, settle: resolve, fail: reject });
      }),
  );
  queued.resolve();
  return Promise.all(outcomes);
};
