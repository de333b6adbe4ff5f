/**
 * A process that is killed between the two writes of a stopped timer (the hours, and that the timer has stopped): the stop
 * is sent again to the next process, and has one effect.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { migrateDatabase } from '@headroom/host/migrations';
import { createKey } from '@headroom/http';
import { createPool } from '@headroom/postgres';
import t from 'tap';
import type { Answer } from '../support/running-headroom.ts';
import { freePort, keep } from './processes.ts';

t.setTimeout(120_000);

type Pool = ReturnType<typeof createPool>;

const PATIENCE_MS = 60_000;
const GATE = 4_711;

const until = async <Found>(look: () => Promise<Found | undefined>): Promise<Found> => {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error('nothing came of it');
};

const waiting = `from pg_locks where locktype = 'advisory' and objid = ${GATE} and not granted`;

/** A gate in the log: while it is shut, no timer can be noted as stopped. */
const buildGate = (pool: Pool) =>
  pool.query(`
    create function public.gate() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock_shared(${GATE}); return new; end $$;
    create trigger gate before insert on log.events
      for each row when (new.type = 'TimerStopped') execute function public.gate()`);

const shutGate = async (pool: Pool) => {
  const holder = await pool.connect();
  await holder.query('select pg_advisory_lock($1)', [GATE]);
  return {
    somebodyWaits: () =>
      until(async () => ((await pool.query(`select 1 ${waiting}`)).rowCount === 0 ? undefined : true)),
    open: async (): Promise<void> => {
      // Whoever the killed process left waiting must not go through after all.
      await pool.query(`select pg_terminate_backend(pid) ${waiting}`);
      await holder.query('select pg_advisory_unlock($1)', [GATE]);
      holder.release();
    },
  };
};

const told = async (pool: Pool): Promise<Record<string, number>> => {
  const { rows } = await pool.query<{ name: string; times: number }>(
    `select split_part(type, '.', 1) as name, count(*)::int as times from log.events
      where type like 'HoursLogged%' or type like 'Timer%' group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map(({ name, times }) => [name, times]));
};

t.test('killed between a timer’s hours and its stop', async (t) => {
  const { connectionString } = await testDatabase(t);
  const pool = createPool(connectionString, { applicationName: 'test' });
  t.teardown(() => pool.end());
  await migrateDatabase(pool);
  const wish = { tenantId: 'northlight', name: 'test', role: 'owner', createdBy: 'system:test' } as const;
  const { key } = await createKey(pool, { ...wish, now: new Date().toISOString() });
  const port = await freePort();
  const headroom = keep('standalone', new URL(import.meta.resolve('@headroom/host/standalone')), {
    DATABASE_URL: connectionString,
    PORT: String(port),
    DEMO: 'off',
  });
  t.teardown(() => headroom.stop());

  const send = async (method: 'POST' | 'PUT', path: string, commandKey: string, body: object) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': commandKey,
    };
    const init = { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    const answer = (await response.json()) as Answer['body'];
    return { status: response.status, replayed: response.headers.get('idempotency-replayed'), body: answer };
  };
  /** Sent until a process answers. */
  const surely = (...command: Parameters<typeof send>) =>
    until(async () => {
      const answer = await send(...command).catch(() => undefined);
      return answer === undefined || answer.status >= 500 ? undefined : answer;
    });
  const done = async (path: string, body: object, method: 'POST' | 'PUT' = 'POST') => {
    const { status, body: answer } = await surely(method, path, path.replaceAll('/', '-'), body);
    if (status >= 300) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  };

  const settings = { name: 'Studio', currency: 'EUR', timeZone: 'Europe/Berlin', costBasis: 'capacity' };
  await done('/v1/agency', settings, 'PUT');
  await done('/v1/specialists', { specialistId: 'anna', name: 'Anna', role: 'designer' });
  await done('/v1/clients', { clientId: 'flora', name: 'Flora', since: '2026-01-01' });
  const project = { projectId: 'site', clientId: 'flora', name: 'Site', managerId: 'anna', openedOn: '2026-01-02' };
  await done('/v1/projects', project);
  const billing = { kind: 'fixed', fee: { minor: 1_000_000, currency: 'EUR' } };
  await done('/v1/stages', { stageId: 'design', projectId: 'site', name: 'Design', billing, plannedWork: [] });
  await done('/v1/stages/design/start', { startedOn: '2026-01-05' });
  await buildGate(pool);
  const path = '/v1/specialists/anna/timer';

  /** Starts a timer for a day's morning, and kills the process in the midst of its stop; gives the stop that was sent. */
  const killInStop = async (day: string) => {
    await surely('POST', `${path}/start`, `start-${day}`, { stageId: 'design', startedAt: `${day}T09:00:00+01:00` });
    const gate = await shutGate(pool);
    const stop = ['POST', `${path}/stop`, `stop-${day}`, { stoppedAt: `${day}T11:30:00+01:00` }] as const;
    const cutOff = send(...stop).then(
      () => 'answered',
      () => 'cut off',
    );
    await gate.somebodyWaits();
    headroom.kill();
    t.equal(await cutOff, 'cut off', 'nobody knows what became of it');
    await gate.open();
    return stop;
  };

  const stop = await killInStop('2026-03-16');
  t.strictSame(await told(pool), { HoursLogged: 1, TimerStarted: 1 }, 'the hours stand, the stop does not');
  const [first, again] = [await surely(...stop), await surely(...stop)];
  t.match(first, { status: 200, body: { seconds: 9_000, workDate: '2026-03-16' } });
  t.strictSame([again.status, again.replayed, again.body], [200, 'true', first.body], 'and once more');
  t.strictSame(await told(pool), { HoursLogged: 1, TimerStarted: 1, TimerStopped: 1 });

  // Somebody else stops it, long after: the hours are those that were logged, and not too many.
  await killInStop('2026-03-17');
  const other = await surely('POST', `${path}/stop`, 'by-somebody-else', {});
  t.match(other, { status: 200, body: { seconds: 9_000, workDate: '2026-03-17' } });
  t.strictSame(await told(pool), { HoursLogged: 2, TimerStarted: 2, TimerStopped: 2 });
  const late = await surely('POST', `${path}/stop`, 'too-late', {});
  t.strictSame([late.status, late.body.code], [409, 'no-running-timer']);
});
