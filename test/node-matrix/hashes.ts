/** Folds the log of DATABASE_URL on whatever Node runs this, and prints the hash of every table as one JSON line. */
import { createPostgresEventStore } from '@headroom/event-store';
import { projections } from '@headroom/host/operations';
import { verify } from '@headroom/projecting';

const connectionString = process.env.DATABASE_URL ?? '';
const store = await createPostgresEventStore({ connectionString });
try {
  const { position, hashes, differences } = await verify({ store, connectionString, projections });
  process.stdout.write(`${JSON.stringify({ node: process.version, position, hashes, differences })}\n`);
} finally {
  await store.close();
}
