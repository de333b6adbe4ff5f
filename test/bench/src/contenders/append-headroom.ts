import { createPostgresEventStore } from '@headroom/event-store';
import { newId } from '@headroom/kernel';
import { answering } from '../answering.ts';
import { sampleEvent } from './sample-event.ts';
import { measureWriters, type WriteOrder, type Written } from './writers.ts';

/** Appends through our store: the appends under way share one commit. */
answering<WriteOrder, Written>(async (order) => {
  const store = await createPostgresEventStore({ connectionString: order.url });
  try {
    return await measureWriters(order, async (n) => {
      const { streamId, type, data, meta } = sampleEvent(n);
      const outcome = await store.append({ streamId, expected: -1, events: [{ id: newId(), type, data, meta }] });
      if (outcome.kind !== 'appended') throw new Error(`conflict on ${streamId}`);
    });
  } finally {
    await store.close();
  }
});
