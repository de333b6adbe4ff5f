import { answering } from '../answering.ts';
import { emmettAt } from '../peers/emmett.ts';
import { sampleEvent } from './sample-event.ts';
import { measureWriters, type WriteOrder, type Written } from './writers.ts';

/** Appends through emmett-postgresql, a connection for each writer. */
answering<WriteOrder, Written>(async (order) => {
  const { store, close } = emmettAt(order.url, order.writers);
  try {
    return await measureWriters(order, (n) => {
      const { streamId, type, data, meta } = sampleEvent(n);
      return store.appendToStream(streamId, [{ type, data, metadata: meta }]);
    });
  } finally {
    await close();
  }
});
