import { newId } from '@headroom/kernel';
import { answering } from '../answering.ts';
import { peerPool } from '../peers/peer-pool.ts';
import { sampleEvent } from './sample-event.ts';
import { measureWriters, type WriteOrder, type Written } from './writers.ts';

/** A plain table, a prepared INSERT, a commit for each: what one would write without an event store. */
const INSERT = {
  name: 'insert',
  text: 'insert into event (stream_id, revision, type, id, data, meta) values ($1, 0, $2, $3, $4, $5)',
};

answering<WriteOrder, Written>(async (order) => {
  const pool = peerPool(order.url, order.writers);
  try {
    return await measureWriters(order, (n) => {
      const { streamId, type, data, meta } = sampleEvent(n);
      return pool.query({ ...INSERT, values: [streamId, type, newId(), JSON.stringify(data), JSON.stringify(meta)] });
    });
  } finally {
    await pool.end();
  }
});
