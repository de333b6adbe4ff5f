/**
 * A process of its own for the tests: appends for ever with a few writers, and says so on its standard output, a line
 * for each acknowledged event, until it is killed or its standard input ends.
 */
import { derivedId, streamName } from '@headroom/kernel';
import { createPostgresEventStore } from './index.ts';

const WRITERS = 8;
const [connectionString = '', name = ''] = process.argv.slice(2);
const store = await createPostgresEventStore({ connectionString });
let stopping = false;
process.stdin.on('end', () => {
  stopping = true;
});
process.stdin.resume();

const write = async (writer: number): Promise<void> => {
  const streamId = streamName('process', name, String(writer));
  for (let n = 0; !stopping; n += 1) {
    const id = derivedId(streamId, String(n));
    const meta = { tenantId: name, actor: 'system:test', commandKey: id, fingerprint: '', correlationId: id };
    const outcome = await store.append({
      streamId,
      expected: n - 1,
      events: [{ id, type: 'Ticked', data: { n }, meta }],
    });
    if (outcome.kind === 'conflict') throw new Error(`${streamId} is not at ${n - 1}`);
    process.stdout.write(`${id}\n`);
  }
};

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
await store.close();
