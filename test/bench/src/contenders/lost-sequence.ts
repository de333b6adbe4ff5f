import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@headroom/kernel';
import { answering } from '../answering.ts';
import { peerPool } from '../peers/peer-pool.ts';
import { countLost, type FollowOrder, type Lost } from './followed.ts';
import { sampleEvent } from './sample-event.ts';

const INSERT = {
  name: 'insert',
  text: 'insert into event (stream_id, revision, type, id, data, meta) values ($1, 0, $2, $3, $4, $5)',
};
const PAGE = { name: 'page', text: 'select position, id from event where position > $1 order by position limit 1000' };
const POLL_EVERY_MS = 5;

/** A table with a sequence, and a reader that asks for what lies behind the last number it saw. */
answering<FollowOrder, Lost>(async (order) => {
  const pool = peerPool(order.url, order.writers + 1);
  let stopped = false;
  try {
    return await countLost(order, {
      append: async (n) => {
        const { streamId, type, data, meta } = sampleEvent(n);
        const id = newId();
        await pool.query({ ...INSERT, values: [streamId, type, id, JSON.stringify(data), JSON.stringify(meta)] });
        return id;
      },
      follow: async (seen) => {
        let last = '0';
        while (!stopped) {
          const { rows } = await pool.query<{ position: string; id: string }>({ ...PAGE, values: [last] });
          for (const { position, id } of rows) {
            seen(id);
            last = position;
          }
          if (rows.length === 0) await sleep(POLL_EVERY_MS);
        }
      },
      stop: async () => {
        stopped = true;
      },
    });
  } finally {
    await pool.end();
  }
});
