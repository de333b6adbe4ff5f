import { answering } from '../answering.ts';
import { emmettAt } from '../peers/emmett.ts';
import { countLost, type FollowOrder, type Lost } from './followed.ts';
import { sampleEvent } from './sample-event.ts';

/** Emmett's asynchronous consumer with its default settings, over a log that a pool of connections appends to. */
answering<FollowOrder, Lost>(async (order) => {
  const { store, close } = emmettAt(order.url, order.writers + 2);
  const consumer = store.consumer();
  let tell: (id: string) => void = () => undefined;
  consumer.reactor({
    processorId: 'bench',
    startFrom: 'BEGINNING',
    eachMessage: (message) => tell(message.metadata.streamName),
  });
  try {
    return await countLost(order, {
      append: async (n) => {
        const { streamId, type, data, meta } = sampleEvent(n);
        await store.appendToStream(streamId, [{ type, data, metadata: meta }]);
        return streamId;
      },
      follow: (seen) => {
        tell = seen;
        return consumer.start();
      },
      stop: () => consumer.stop(),
    });
  } finally {
    await close();
  }
});
