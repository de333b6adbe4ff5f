/** A rebuild in a process of its own: `node rebuild-process.ts <database>`; says each phase, one a line. */
import { createPostgresEventStore } from '../../event-store/src/postgres/index.ts';
import { rebuild } from '../src/index.ts';
import { toyDays, toyTimes } from './toy.ts';

const [, , connectionString = ''] = process.argv;
const store = await createPostgresEventStore({ connectionString });
await rebuild({
  store,
  connectionString,
  projections: [toyTimes(), toyDays()],
  pageSize: 50,
  onProgress: ({ phase }) => process.stdout.write(`${phase}\n`),
});
process.exit(0);
