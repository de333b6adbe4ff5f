import type { EventStore } from '@headroom/event-store';
import { allOrNone, answerAll, draftAll, streamsOf } from './drafts.ts';
import type { AnyOutcome, AnyWish } from './job.ts';
import { refresh } from './refresh.ts';
import { Shelf } from './shelf.ts';

/** What would become of the wishes, tried on streams that nobody else sees; nothing is written. */
export const tryAll = async (
  store: EventStore,
  wishes: readonly AnyWish[],
  mode: 'best-effort' | 'atomic',
): Promise<AnyOutcome[]> => {
  const streams = streamsOf(wishes, ({ kind, streamId }) => new Shelf(streamId).stream(kind));
  await Promise.all([...streams.values()].map((stream) => refresh(store, stream)));
  const outcomes = await answerAll(store, wishes, draftAll(wishes, streams));
  return mode === 'atomic' ? allOrNone(outcomes) : outcomes;
};
