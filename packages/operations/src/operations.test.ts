import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPool, migrate } from '@headroom/postgres';
import t, { type Test } from 'tap';
import {
  type Attempt,
  type Finished,
  forgetText,
  type NewOperation,
  type OperationKind,
  operationsMigrations,
  runOperations,
} from './index.ts';

t.setTimeout(120_000);

const wish = (operationId: string, more: Partial<NewOperation> = {}): NewOperation => ({
  tenantId: 'studio',
  operationId,
  kind: 'count',
  fingerprint: 'f',
  actor: 'key:owner',
  permission: 'imports:write',
  input: { upTo: 100 },
  ...more,
});

/** A database, and processes over it: each ends with its own signal. */
const scene = async (t: Test) => {
  const { connectionString } = await testDatabase(t);
  const faults: string[] = [];
  const logger = {
    warn: (_: object, message: string) => void faults.push(message),
    error: (_: object, message: string) => void faults.push(message),
  };
  const start = async (run: OperationKind['run']) => {
    const pool = createPool(connectionString, { applicationName: 'test' });
    await migrate(pool, operationsMigrations);
    const ending = new AbortController();
    const running = runOperations({ pool, kinds: [{ name: 'count', run }], signal: ending.signal, logger });
    let ended = false;
    const stop = async () => {
      if (ended) return;
      ended = true;
      ending.abort();
      await running.done;
      await pool.end();
    };
    t.teardown(stop);
    return { ...running, pool, stop };
  };
  return { start, faults };
};

type Running = Awaited<ReturnType<Awaited<ReturnType<typeof scene>>['start']>>;

const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

const ended = ({ desk }: Running, operationId: string) =>
  until(async () => {
    const operation = await desk.get('studio', operationId);
    return operation?.finishedAt == null ? undefined : operation;
  });

const succeed = async (): Promise<Finished> => ({ status: 'succeeded', result: { counted: 100 } });

t.test('work is carried out once, and a repeated request finds it', async (t) => {
  const runs: string[] = [];
  const { start } = await scene(t);
  const process = await start(async ({ operationId, input }) => {
    runs.push(`${operationId} ${input.upTo}`);
    return succeed();
  });
  const first = await process.desk.start(wish('one'));
  t.match(first, { kind: 'started', replayed: false, operation: { status: 'waiting', total: null, result: null } });
  const done = await ended(process, 'one');
  t.match(done, { status: 'succeeded', result: { counted: 100 }, actor: 'key:owner', failure: null });
  t.match(await process.desk.start(wish('one')), {
    kind: 'started',
    replayed: true,
    operation: { status: 'succeeded' },
  });
  t.strictSame(await process.desk.start(wish('one', { fingerprint: 'g' })), { kind: 'key-reused' });
  t.equal(await process.desk.get('other', 'one'), undefined, 'another tenant does not see it');
  t.strictSame(runs, ['one 100']);
});

t.test('what holds a text that is to be forgotten goes, the rest stays', async (t) => {
  const { start } = await scene(t);
  const process = await start(async ({ operationId }) => {
    const person = operationId === 'holds' ? 'Vera "V" Orlova' : 'Anna';
    return { status: 'succeeded', result: { people: [{ name: person }] } };
  });
  for (const operationId of ['holds', 'holds-not']) {
    await process.desk.start(wish(operationId));
    await ended(process, operationId);
  }
  await forgetText(process.pool, 'other', 'Vera "V" Orlova');
  t.match(await process.desk.get('studio', 'holds'), { result: { people: [{ name: 'Vera "V" Orlova' }] } });
  await forgetText(process.pool, 'studio', 'Vera "V" Orlova');
  t.match(await process.desk.get('studio', 'holds'), { status: 'succeeded', result: null });
  t.match(await process.desk.get('studio', 'holds-not'), { result: { people: [{ name: 'Anna' }] } });
});

t.test('progress is told with its speed, and a cancelled operation ends at its next report', async (t) => {
  const { start } = await scene(t);
  const process = await start(async (attempt): Promise<Finished> => {
    for (let done = 0; !attempt.cancelled(); done += 1) {
      await attempt.report({ phase: 'counting', done, total: 1_000_000 });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return { status: 'cancelled', result: { stopped: true } };
  });
  await process.desk.start(wish('endless'));
  const seen = await until(async () => {
    const operation = await process.desk.get('studio', 'endless');
    return operation?.perSecond == null ? undefined : operation;
  });
  t.match(seen, { status: 'running', phase: 'counting', total: 1_000_000, cancelRequested: false });
  t.ok(seen.done > 0 && seen.perSecond !== null && seen.perSecond > 0 && (seen.secondsLeft ?? 0) > 0);
  await process.desk.cancel('studio', 'endless');
  t.match(await ended(process, 'endless'), { status: 'cancelled', result: { stopped: true }, secondsLeft: null });
  t.equal(await process.desk.cancel('studio', 'absent'), undefined);
});

t.test('what one process leaves undone the next one goes on with, at the checkpoint', async (t) => {
  const { start } = await scene(t);
  const checkpoints: unknown[] = [];
  const begun = Promise.withResolvers<void>();
  const first = await start(async (attempt: Attempt) => {
    checkpoints.push(attempt.checkpoint);
    await attempt.report({ done: 40, total: 100, checkpoint: { counted: 40 } }, 'now');
    begun.resolve();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await attempt.report({});
    }
  });
  await first.desk.start(wish('long'));
  await begun.promise;
  const second = await start(async (attempt: Attempt) => {
    checkpoints.push(attempt.checkpoint);
    return succeed();
  });
  t.equal((await second.desk.get('studio', 'long'))?.status, 'running', 'one process at a time');
  await first.stop();
  t.match(await ended(second, 'long'), { status: 'succeeded', done: 40 });
  t.strictSame(checkpoints, [null, { counted: 40 }]);
});

t.test('a lost connection is a lost operation: it is taken over, and its late report refused', async (t) => {
  const { start } = await scene(t);
  const begun = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const late = Promise.withResolvers<unknown>();
  let attempts = 0;
  const process = await start(async (attempt: Attempt) => {
    attempts += 1;
    if (attempts > 1) return succeed();
    begun.resolve();
    await release.promise;
    await attempt.report({ done: 99 }, 'now').catch((error: unknown) => {
      late.resolve(error);
      throw error;
    });
    return succeed();
  });
  await process.desk.start(wish('torn'));
  await begun.promise;
  await process.pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()`,
  );
  const other = await start(succeed);
  t.match(await ended(other, 'torn'), { status: 'succeeded', done: 0 });
  release.resolve();
  t.match(await late.promise, { name: 'Interrupted' });
});

t.test('a fault is tried again; what was spooled is there for it, and gone afterwards', async (t) => {
  const { start, faults } = await scene(t);
  const read: string[] = [];
  let attempts = 0;
  const process = await start(async ({ spooled }) => {
    attempts += 1;
    for await (const piece of spooled()) read.push(Buffer.from(piece).toString());
    if (attempts === 1) throw new Error('the disk is full');
    return succeed();
  });
  const writer = await process.spool.begin();
  await writer.write(Buffer.from('a,'));
  await writer.write(Buffer.from('b'));
  await process.desk.start(wish('spooled', { spoolId: writer.spoolId }));
  t.equal((await ended(process, 'spooled')).status, 'succeeded');
  t.strictSame(read, ['a,', 'b', 'a,', 'b']);
  t.ok(faults.includes('an operation failed'));
  const { rows } = await process.pool.query('select count(*)::int as pieces from operations.spool_piece');
  t.strictSame(rows, [{ pieces: 0 }]);
});

t.test('a list has the newest first, only what the caller may see, page by page', async (t) => {
  const { start } = await scene(t);
  const { desk } = await start(succeed);
  for (const id of ['a', 'b', 'c']) await desk.start(wish(id, { kind: 'other' }));
  await desk.start(wish('secret', { kind: 'other', permission: 'rates:write' }));
  const [newest, ...rest] = await desk.list('studio', { permissions: ['imports:write'], limit: 2 });
  t.strictSame([newest?.operationId, rest.map(({ operationId }) => operationId)], ['c', ['b']]);
  const after = rest[0];
  t.ok(after !== undefined);
  const next = await desk.list('studio', { permissions: ['imports:write'], limit: 2, ...(after && { after }) });
  t.strictSame(
    next.map(({ operationId }) => operationId),
    ['a'],
  );
  t.strictSame(await desk.list('studio', { permissions: ['imports:write'], status: 'failed', limit: 2 }), []);
});
