import fc from 'fast-check';
import t from 'tap';
import { folded, type Stated } from '../../test-support/log.ts';
import { allFacts, baseline, certain, client, facts, metric, project, rub } from '../../test-support/scene.ts';
import { clientTable, metricTable, projectTable } from '../read-models/tables.ts';

t.test('a client, its projects and what was counted', async (t) => {
  const reader = await folded([
    client,
    project('site'),
    baseline('site'),
    metric('site', '2026-01', 41, { advertising: 5 }),
  ]);
  t.strictSame(await reader.get(clientTable, 'acme', 'flora'), {
    tenantId: 'acme',
    clientId: 'flora',
    name: 'Flora',
    facts: [],
    sharings: [],
  });
  t.strictSame(await reader.where(projectTable, 'byClient', ['acme', 'flora']), [
    {
      tenantId: 'acme',
      projectId: 'site',
      clientId: 'flora',
      name: 'Project site',
      openedOn: '2025-10-06',
      serviceType: null,
      baseline: {
        periodFrom: '2025-07',
        periodTo: '2025-09',
        totalVisitors: null,
        totalInquiries: 60,
        totalCalls: null,
        totalForms: null,
        totalSales: null,
        totalTurnover: null,
        totalPromotionCost: null,
      },
    },
  ]);
  t.strictSame(await reader.where(metricTable, 'byProject', ['acme', 'site']), [
    {
      tenantId: 'acme',
      projectId: 'site',
      month: '2026-01',
      visitors: null,
      inquiries: 41,
      calls: null,
      forms: null,
      sales: null,
      turnoverMinor: null,
      advertisingSpendMinor: 5,
      corrections: 0,
    },
  ]);
  await t.rejects(folded([allFacts]), /unknown client/);
  await t.rejects(folded([baseline('site')]), /unknown project/);
});

t.test('a newer baseline and a repeated month replace what was recorded before', async (t) => {
  const reader = await folded([
    client,
    project('site'),
    baseline('site', 60),
    baseline('site', 90),
    metric('site', '2026-01', 41, { visitors: 2450, advertising: 5 }),
    metric('site', '2026-01', 42),
  ]);
  t.equal((await reader.get(projectTable, 'acme', 'site'))?.baseline?.totalInquiries, 90);
  t.match(await reader.get(metricTable, 'acme', 'site', '2026-01'), {
    inquiries: 42,
    visitors: null,
    advertisingSpendMinor: null,
  });
});

t.test('facts stand in the order of their months, and what is not said stays as it was', async (t) => {
  const reader = await folded([
    client,
    facts('2026-02', { averageCheck: certain(rub(2_000_000)) }),
    allFacts,
    facts('2025-10', { closeRate: certain('0.4') }),
  ]);
  const row = await reader.get(clientTable, 'acme', 'flora');
  t.strictSame(
    row?.facts.map((each) => [each.effectiveFrom, each.closeRate?.stated, each.averageCheck?.stated.minor]),
    [
      ['2025-10', '0.4', 1_200_000],
      ['2026-02', undefined, 2_000_000],
    ],
  );
});

t.test('the order of independent events changes no row', async (t) => {
  const later: Stated[] = [
    baseline('site'),
    baseline('shop', 30),
    metric('site', '2026-01', 41),
    metric('site', '2026-02', 43),
    metric('shop', '2026-01', 12),
    facts('2025-10', { closeRate: certain('0.25') }),
    facts('2025-10', { grossMargin: certain('0.5') }),
    facts('2026-02', { closeRate: certain('0.3') }),
  ];
  const rowsOf = async (events: readonly Stated[]) => {
    const reader = await folded([client, project('site'), project('shop'), ...events]);
    const all = { where: [], orderBy: [], limit: 100 };
    return [
      await reader.list(clientTable, all),
      await reader.list(projectTable, all),
      await reader.list(metricTable, all),
    ];
  };
  const inOrder = await rowsOf(later);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(later, { minLength: later.length }), async (events) =>
      t.strictSame(await rowsOf(events), inOrder),
    ),
    { numRuns: 25 },
  );
});
