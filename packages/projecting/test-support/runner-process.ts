/** A projector in a process of its own: `node runner-process.ts <database> <leaseMs> <pageSize>`; says what happens, a JSON line each. */
import { createPostgresEventStore } from '../../event-store/src/postgres/index.ts';
import { runProjections } from '../src/index.ts';
import { toyDays, toyTimes } from './toy.ts';

const [, , connectionString = '', leaseMs = '2000', pageSize = '100'] = process.argv;

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
const log = (level: string) => (_fields: object, message: string) => say({ level, message });

const ending = new AbortController();
process.on('SIGTERM', () => ending.abort());
const store = await createPostgresEventStore({ connectionString });
const running = runProjections({
  store,
  connectionString,
  projections: [toyTimes(), toyDays()],
  holder: `process ${process.pid}`,
  signal: ending.signal,
  leaseMs: Number(leaseMs),
  pageSize: Number(pageSize),
  onPage: ({ position }) => say({ position }),
  logger: { info: log('info'), warn: log('warn'), error: log('error') },
});
await running.done;
await store.close();
