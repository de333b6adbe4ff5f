import { createPostgresEventStore } from '@headroom/event-store';
import { newId } from '@headroom/kernel';
import { answering } from '../answering.ts';
import { countLost, type FollowOrder, type Lost } from './followed.ts';
import { sampleEvent } from './sample-event.ts';

const INSTANCES = 2;

/** Several stores append, as several API processes would; one more follows the log. */
answering<FollowOrder, Lost>(async (order) => {
  const open = () => createPostgresEventStore({ connectionString: order.url });
  const writers = await Promise.all(Array.from({ length: INSTANCES }, open));
  const reader = await open();
  const ending = new AbortController();
  try {
    return await countLost(order, {
      append: async (n) => {
        const { streamId, type, data, meta } = sampleEvent(n);
        const id = newId();
        await writers[n % INSTANCES]?.append({ streamId, expected: -1, events: [{ id, type, data, meta }] });
        return id;
      },
      follow: async (seen) => {
        for await (const { events } of reader.subscribe({ after: 0, signal: ending.signal }))
          for (const { id } of events) seen(id);
      },
      stop: async () => ending.abort(),
    });
  } finally {
    await Promise.all([...writers, reader].map((store) => store.close()));
  }
});
