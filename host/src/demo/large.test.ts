import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '@headroom/embedded-postgres/testing';
import { pino } from 'pino';
import t from 'tap';
import { openApi, openBase } from '../composition.ts';
import { migrateDatabaseAt } from '../migrations.ts';
import { LARGE, loadLargeDemo } from './large.ts';

t.setTimeout(120_000);

t.test('an empty database becomes a large agency, once; a foreign log is left alone', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'headroom-large-'));
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  const { connectionString: databaseUrl } = await testDatabase();
  await migrateDatabaseAt(databaseUrl);
  await using closing = new AsyncDisposableStack();
  const logger = pino({ level: 'silent' });
  const base = await openBase(closing, { databaseUrl, eventStoreUrl: undefined, logger, processName: 'test' });
  const said = new Set<string>();
  const options = {
    base,
    dataDir,
    size: { ...LARGE, events: 3_000, specialists: 20 },
    now: '2026-01-01T00:00:00.000Z',
    onProgress: (what: string) => said.add(what),
  };

  const first = await loadLargeDemo(options);
  t.equal(first.events, 3_000);
  t.strictSame([...said], ['Writing the log', 'Building the read models']);
  t.strictSame(await loadLargeDemo(options), { key: first.key, events: 0 });

  const { api } = await openApi(closing, base, {
    requestsPerMinute: false,
    trustProxy: false,
    masterKey: '0f'.repeat(32),
  });
  const headers = { authorization: `Bearer ${first.key}` };
  const answer = await api.inject({ url: '/v1/projects?limit=5', headers });
  t.equal(answer.statusCode, 200);
  t.ok(answer.json().items.length > 0);

  rmSync(join(dataDir, 'large-demo-key.txt'));
  await t.rejects(loadLargeDemo(options), { message: /holds another agency, or half of this one/ });
});
