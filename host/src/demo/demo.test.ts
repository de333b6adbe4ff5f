/** The demo agency over the real API: loaded in two halves, it is whole, and it says what the README shows. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createLogger, revokeKey } from '@headroom/http';
import t, { type Test } from 'tap';
import { type Api, openApi, openBase, openProjections } from '../composition.ts';
import { migrateDatabaseAt } from '../migrations.ts';
import { projections } from '../operations.ts';
import { DEMO_TENANT, demoKeys } from './keys.ts';
import { loadDemo } from './load.ts';
import { demoSteps } from './steps.ts';
import { spread, workingDays } from './working-days.ts';

t.setTimeout(240_000);

const NOW = '2026-04-01T09:00:00.000Z';

/** A Headroom over a database of its own, not listening, and a folder for the keys. */
const openHeadroom = async (t: Test) => {
  const { connectionString: databaseUrl } = await testDatabase(t);
  const dataDir = mkdtempSync(join(tmpdir(), 'headroom-demo-test-'));
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  await migrateDatabaseAt(databaseUrl);
  const closing = new AsyncDisposableStack();
  t.teardown(() => closing.disposeAsync());
  const logger = createLogger({ level: 'silent' });
  const base = await openBase(closing, { databaseUrl, eventStoreUrl: undefined, logger, processName: 'test' });
  const { api, readModels } = await openApi(closing, base, {
    requestsPerMinute: false,
    trustProxy: false,
    masterKey: '0f'.repeat(32),
  });
  openProjections(closing, base);
  const keys = await demoKeys(base.pool, dataDir, NOW);
  return { ...base, api, readModels, keys, dataDir };
};

const asking =
  (api: Api, key: string) =>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  async (url: string): Promise<any> =>
    (await api.inject({ url, headers: { authorization: `Bearer ${key}` } })).json();

t.test('the demo', async (t) => {
  const { api, pool, store, keys, readModels, dataDir } = await openHeadroom(t);
  const interrupted = new AbortController();
  const steps = demoSteps().length;
  const countdown = { left: 40 };
  const half: Api = Object.create(api, {
    inject: {
      value: (request: never) => {
        countdown.left -= 1;
        if (countdown.left === 0) interrupted.abort();
        return api.inject(request);
      },
    },
  });
  await t.rejects(loadDemo(half, pool, keys, interrupted.signal), { name: 'AbortError' });
  const events = await store.head();
  t.ok(events > 0, 'a load may be interrupted');
  t.equal(await loadDemo(api, pool, keys, new AbortController().signal), steps, 'it is gone on with');
  t.equal(await loadDemo(api, pool, keys, new AbortController().signal), 0, 'and never repeated');
  const names = projections.map(({ name }) => name);
  t.ok(await readModels.caughtUp(names, await store.head(), 60_000));

  const get = asking(api, keys.owner);
  await t.test('holds the worked example, as it stands before the extra payment', async (t) => {
    t.match(await get('/v1/stages/landing-design/profitability?asOf=2026-03-31'), {
      cost: { minor: 11_910_225 },
      estimateAtCompletion: { minor: 12_841_425 },
      forecastMargin: '0.357929',
      extraPayments: { minor: 0 },
      headroom: { money: { minor: -841_425 } },
      plan: { cost: { minor: 11_001_750 }, margin: '0.449913' },
    });
    const { evidence, surcharge } = await get(
      '/v1/stages/landing-design/small-request?specialistId=anna&seconds=7200&asOf=2026-03-31',
    );
    t.equal(surcharge.minor, 2_178_375);
    t.match(evidence[0], { title: 'Meeting in Butovo', seconds: 14_400, cost: { minor: 1_126_500 } });
    t.match(evidence[1], { activity: 'rework', seconds: 12_600, cost: { minor: 814_800 } });
    const { items } = await get('/v1/time-entries?specialistId=anna&stageId=landing-design&from=2026-03-16&limit=200');
    const seconds = items.reduce((sum: number, entry: { seconds: number }) => sum + entry.seconds, 0);
    t.equal(seconds, 19.5 * 3_600, 'hours that a rise of Anna’s salary from 2026-03-16 changes');
  });

  await t.test('has a client to keep, one to calm down and one to charge more', async (t) => {
    const segments = { flora: 'invest', 'butovo-bricks': 'reduce-contact', granit: 'reprice' };
    for (const [clientId, segment] of Object.entries(segments)) {
      const loyalty = await get(`/v1/clients/${clientId}/loyalty?asOf=2026-03-31`);
      t.match(loyalty, { segment, insufficientData: false }, clientId);
    }
  });

  await t.test('has a site that paid, one that did not, and one of which too little is known', async (t) => {
    const roi = (clientId: string) => get(`/v1/clients/${clientId}/roi?asOf=2026-03-31`);
    t.match(await roi('flora'), { missing: [], payback: { base: { month: '2026-02', reached: true } } });
    t.match(await roi('granit'), { roi: { base: /^-0\.8/ }, payback: { base: null } });
    const unknown = await roi('butovo-bricks');
    t.equal(unknown.roi.base, null);
    t.ok(unknown.missing.some(({ fact }: { fact: string }) => fact === 'close-rate'));
  });

  await t.test('hides from its manager what tells one person’s rate', async (t) => {
    const stage = await asking(api, keys.manager)('/v1/stages/landing-design/profitability');
    t.match(stage, { suppressed: true, cost: null, margin: null });
  });

  await t.test('keeps its keys, and makes new ones for those that were revoked', async (t) => {
    t.strictSame(await demoKeys(pool, dataDir, NOW), keys);
    const id = keys.manager.split('_')[2] ?? '';
    await revokeKey(pool, { tenantId: DEMO_TENANT, id, revokedBy: 'system:test', now: NOW });
    const renewed = await demoKeys(pool, dataDir, NOW);
    t.not(renewed.manager, keys.manager);
    t.match(await asking(api, renewed.manager)('/v1/agency'), { name: 'Northlight' });
  });
});

t.test('the demo is the same every time, and its hours fit into days', async (t) => {
  t.strictSame(demoSteps(), demoSteps());
  t.strictSame(workingDays('2025-12-30', '2026-01-12'), ['2025-12-30', '2026-01-09', '2026-01-12']);
  const days = workingDays('2026-03-02', '2026-03-31');
  for (const total of [0.5, 2, 5, 23.5, 60]) {
    const parts = spread(total, days, { phase: 0.74 });
    t.equal(
      parts.reduce((sum, { hours }) => sum + hours, 0),
      total,
    );
    t.ok(parts.every(({ day, hours }) => days.includes(day) && hours > 0 && hours <= 4));
  }
});
