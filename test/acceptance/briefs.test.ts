/**
 * M12: the results brief, the handover brief and the coverage gaps, as data and on paper; M3: one set of facts in three
 * views. All figures were calculated by hand.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browse, findBrowser } from '@headroom/http/browser';
import t from 'tap';
import { briefedAgency } from '../support/briefed-agency.ts';
import { startHeadroom } from '../support/running-headroom.ts';
import { done, rub } from '../support/small-agency.ts';

t.setTimeout(300_000);

const browser = findBrowser();
const sheetsOf = (pdf: string): number => readFileSync(pdf, 'latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

t.test('M12 and M3: briefs, cover and the views of roles', async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await briefedAgency(owner, await headroom.as('finance'));
  const manager = await headroom.as('manager');
  const pages: Record<string, string> = {};

  await t.test('results: deliveries, metrics, profit, favours', async (t) => {
    const asked = '/v1/clients/flora/results-brief?from=2026-01-01&asOf=2026-03-31';
    const { status, body } = await manager.get(asked);
    t.equal(status, 200, JSON.stringify(body));
    t.strictSame(body.period, { from: '2026-01-01', to: '2026-04-01' });
    const { items: stages, ...counts } = body.delivered;
    t.strictSame(counts, { stages: 2, onTime: 1, late: 1, undated: 0 });
    t.strictSame(
      stages.map(({ stageId, closedOn, onTime, daysLate }: never) => [stageId, closedOn, onTime, daysLate]),
      [
        ['build', '2026-02-25', false, 5],
        ['design', '2026-01-28', true, 0],
      ],
    );
    t.strictSame(
      body.underWay.map(({ stageId, dueOn, overdue }: never) => [stageId, dueOn, overdue]),
      [['shop', '2026-03-20', true]],
    );
    // 20 inquiries a month before; each is worth 0.25 x 40,000 x 0.5 = 5,000: (20 + 40 + 80) x 5,000.
    // Paid: 200,000 for the design, 100,000 less 5,000 for the building, and of the shop 24,000 x 9,000 / 16,000.
    t.strictSame(body.profit.inPeriod, {
      gain: rub(70_000_000),
      paid: rub(30_850_000),
      profit: rub(39_150_000),
      months: 3,
      monthsUnknown: 0,
    });
    t.strictSame(body.profit.sinceStart.profit, rub(39_150_000));
    t.equal(body.profit.sinceStart.roi, '1.269044', '391,500 / 308,500');
    const [site] = body.metrics;
    const of = (name: string) => site.items.find(({ metric }: { metric: string }) => metric === name);
    // 308,500 / 200 inquiries against 180,000 / 60.
    t.match(of('costPerInquiry'), { value: rub(154_250), baseline: rub(300_000), change: '-0.485833', better: true });
    // 308,500 / 7,500 visitors against 180,000 / 5,400.
    t.match(of('costPerVisitor'), { value: rub(4_113), baseline: rub(3_333), better: false });
    // Two hours of design and one of talking, at 3,000; 5,000 were written off.
    t.strictSame(
      { ...body.favours, items: body.favours.items.map(({ name, activity, value }: never) => [name, activity, value]) },
      {
        seconds: 10_800,
        value: rub(900_000),
        unpricedSeconds: 0,
        writeOffs: rub(500_000),
        total: rub(1_400_000),
        items: [
          ['Building', 'communication', rub(300_000)],
          ['Design', 'production', rub(600_000)],
        ],
      },
    );
    const february = await manager.get('/v1/clients/flora/results-brief?from=2026-02-01&to=2026-03-01&asOf=2026-03-31');
    t.strictSame(february.body.delivered.stages, 1);
    t.strictSame(february.body.profit.inPeriod.profit, rub(10_500_000), '40 x 5,000 less 95,000');
    t.strictSame(february.body.favours.total, rub(800_000), '3,000 and 5,000');
    const inside = JSON.stringify(body);
    t.notMatch(inside, /margin|cost"|headroom|segment/i, 'nothing that is not for the client’s eyes');
    t.strictSame((await owner.get(asked)).body, body, 'whoever asks');
    t.equal((await manager.get('/v1/clients/flora/results-brief?projectId=ads')).body.code, 'project-not-of-client');
    t.equal(
      (await manager.get('/v1/clients/flora/results-brief?from=2026-05-01&to=2026-04-01')).body.code,
      'period-empty',
    );
    for (const lang of ['en', 'ru']) {
      const page = await manager.get(`${asked.replace('brief?', 'brief.html?')}&lang=${lang}`);
      t.match(page.headers.get('content-type'), 'text/html');
      pages[`results-${lang}`] = page.body;
    }
    t.match(pages['results-en'], 'What Flora &amp; Sons &lt;Garden&gt; got from our work');
    for (const text of ['391,500.00 RUB', '1 of 2 with a date on time', '5 days later', '14,000.00 RUB'])
      t.ok(pages['results-en']?.includes(text), text);
    for (const text of ['391\u00a0500,00 RUB', 'позже на 5 дн.', '14\u00a0000,00 RUB'])
      t.ok(pages['results-ru']?.includes(text), text);
    t.notMatch(pages['results-ru'], /г\./, 'a date ends no sentence twice');
    const browser = { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.5' };
    t.equal((await manager.get(asked.replace('brief?', 'brief.html?'), browser)).body, pages['results-ru']);
  });

  await t.test('handover: state, open matters, habits, what not to promise', async (t) => {
    const asked = '/v1/projects/site/handover-brief?asOf=2026-03-31';
    const { status, body } = await manager.get(asked);
    t.equal(status, 200, JSON.stringify(body));
    t.strictSame(body.manager, { specialistId: 'galina', name: 'Galina', lastDay: null });
    t.equal(body.managedSince, '2026-03-16');
    t.equal(body.backup, null, 'who took over is nobody’s backup any more');
    t.strictSame(body.managers, [
      { managerId: 'boris', name: 'Boris', from: '2026-01-01', to: '2026-03-16' },
      { managerId: 'galina', name: 'Galina', from: '2026-03-16', to: null },
    ]);
    const shop = body.stages.find(({ stageId }: { stageId: string }) => stageId === 'shop');
    // 9,000 spent, 4 h and 2 h left: EAC 16,000 of 24,000; 60% of them are 14,400.
    t.match(shop, {
      overdue: true,
      seconds: 28_800,
      remainingSeconds: 21_600,
      forecastMargin: '0.333333',
      headroom: rub(-160_000),
      outlook: 'below-standard',
      suppressed: false,
    });
    t.strictSame(
      body.requests.map(({ requestId, scope }: never) => [requestId, scope]),
      [
        ['filter', 'out-of-scope'],
        ['font', 'unclear'],
      ],
    );
    t.match(body.agreements, [{ extraPaymentId: 'filter-extra', state: 'proposed', amount: rub(1_500_000) }]);
    // Three calls of theirs on 64 working days of January to March, all on Tuesdays after six; one planned by us.
    t.match(body.habits, {
      contacts: 4,
      seconds: 5_700,
      inboundShare: '0.750000',
      unplannedShare: '0.750000',
      perWorkingDay: '0.046875',
      usualWeekday: 2,
      usualHour: 18,
      lastContactOn: '2026-03-18',
      sinceHandover: 2,
    });
    t.strictSame(
      body.team.map(({ specialistId, seconds, lastDay }: never) => [specialistId, seconds, lastDay]),
      [
        ['anna', 24 * 3_600, null],
        ['boris', 6 * 3_600, '2026-03-28'],
      ],
    );
    t.strictSame(
      body.notToPromise.map(({ code, requestId }: never) => [code, requestId]),
      [
        ['no-extras-for-free', null],
        ['no-earlier-date', null],
        ['payment-unanswered', 'filter'],
        ['not-decided', 'font'],
      ],
    );
    const late = { managerId: 'boris', effectiveFrom: '2026-04-01', reason: 'Back again' };
    t.equal((await manager.post('/v1/projects/site/manager', late)).body.code, 'manager-leaves-before');
    const before = (await manager.get('/v1/projects/site/handover-brief?asOf=2026-03-15')).body;
    t.strictSame([before.manager.name, before.backup.name], ['Boris', 'Galina'], 'history stays');
    t.equal((await manager.get('/v1/projects/none/handover-brief')).status, 404);
    for (const lang of ['en', 'ru'])
      pages[`handover-${lang}`] = (
        await manager.get(`/v1/projects/site/handover-brief.html?asOf=2026-03-31&lang=${lang}`)
      ).body;
    for (const text of ['Galina', 'A filter by colour', '15,000.00 RUB', 'Tuesday, around 18:00', 'below the standard'])
      t.ok(pages['handover-en']?.includes(text), text);
    for (const text of ['вторник, около 18:00', 'ниже стандарта', '15\u00a0000,00 RUB'])
      t.ok(pages['handover-ru']?.includes(text), text);
  });

  await t.test('coverage: who could take over tomorrow', async (t) => {
    const { body } = await manager.get('/v1/coverage-gaps?asOf=2026-03-31');
    t.strictSame(body.totals, { projects: 3, covered: 1, withGaps: 2 }, 'the old site is over');
    t.strictSame(
      body.items.map(({ projectId, gaps }: never) => [projectId, gaps]),
      [
        ['ads', ['manager-gone']],
        ['site', ['no-backup']],
      ],
    );
    const early = await manager.get('/v1/coverage-gaps?asOf=2026-03-10&limit=1');
    t.strictSame([early.body.items[0].gaps, early.body.totals.withGaps], [['manager-leaving'], 2]);
    const rest = await manager.get(`/v1/coverage-gaps?asOf=2026-03-10&limit=1&cursor=${early.body.nextCursor}`);
    t.strictSame([rest.body.items[0].projectId, rest.body.nextCursor], ['site', null]);
    for (const lang of ['en', 'ru'])
      pages[`coverage-${lang}`] = (await manager.get(`/v1/coverage-gaps.html?asOf=2026-03-31&lang=${lang}`)).body;
    t.match(pages['coverage-en'], 'the manager has left');
    t.match(pages['coverage-ru'], 'замена не назначена');
  });

  await t.test('M3: production, sales and finance read the same facts', async (t) => {
    const promised = { setupMinor: '20000000', monthlyFeeMinor: '5000000', gainsMinor: '3000000,6000000' };
    const estimate = { estimateId: 'proposal', clientId: 'flora', title: 'Promotion', sharedOn: '2026-03-25' };
    await done(owner, '/v1/roi/estimates', { ...estimate, ...promised, currency: 'RUB' });
    await done(owner, '/v1/stages/shop/thresholds', { thresholds: ['0.5'] }, 'PUT');
    for (const by of [owner, manager]) {
      const view = async (role: string, query = '') => {
        const { status, body } = await by.get(`/v1/views/${role}?asOf=2026-03-31${query}`);
        t.equal(status, 200, JSON.stringify(body));
        return body;
      };
      const [production, sales, finance] = [await view('production'), await view('sales'), await view('finance')];
      type Line = Record<string, unknown> & { readonly stageId: string };
      const sold: Line[] = sales.items.flatMap(({ stages }: { stages: Line[] }) => stages);
      t.strictSame(sold.map(({ stageId }) => stageId).sort(), ['banners', 'shop']);
      for (const line of sold) {
        const { contractRevenue, agreedExtra, headroom, ...common } = line;
        const same = ({ stageId }: Line) => stageId === line.stageId;
        t.match(production.items.find(same), common, 'production says the same');
        t.match(finance.items.find(same), { ...common, contractRevenue, headroom }, 'finance says the same');
        const own = (await by.get(`/v1/stages/${line.stageId}/profitability?asOf=2026-03-31`)).body;
        t.match(own, { contractRevenue, extraPayments: agreedExtra, seconds: line.seconds }, 'and so does the stage');
      }
      const { stages, seconds, openAlerts, contractRevenue } = sales.totals;
      t.strictSame(
        { stages, seconds, openAlerts, contractRevenue },
        {
          stages: 2,
          seconds: 8 * 3_600,
          openAlerts: 1,
          contractRevenue: rub(7_400_000),
        },
      );
      t.match(production.totals, { stages, seconds, openAlerts });
      t.match(finance.totals, { stages, seconds, openAlerts, contractRevenue });
      t.strictSame([production.quality, finance.quality], [sales.quality, sales.quality]);
      const [flora, granit] = sales.items;
      t.match(flora, {
        clientId: 'flora',
        // The first stage began less than three months ago.
        segment: null,
        nextSale: { verdict: 'unknown', reasons: ['too-little-known', 'stage-below-standard'] },
        lastContactOn: '2026-03-18',
        quietDays: 13,
        quiet: false,
        extraPayments: { proposed: { count: 1, amount: rub(1_500_000) }, agreed: { count: 0, amount: rub(0) } },
        unaskedRequests: 0,
        estimates: { shared: 1, open: 1, newest: { estimateId: 'proposal' } },
      });
      t.match(granit, { clientId: 'granit', lastContactOn: null, quiet: true, estimates: { shared: 0 } });
      const first = await view('sales', '&limit=1');
      const second = await view('sales', `&limit=1&cursor=${first.nextCursor}`);
      t.strictSame([...first.items, ...second.items], sales.items);
      t.strictSame([first.totals, second.nextCursor], [sales.totals, null]);
    }
    for (const lang of ['en', 'ru'])
      for (const role of ['production', 'sales', 'finance'])
        pages[`${role}-${lang}`] = (await manager.get(`/v1/views/${role}.html?asOf=2026-03-31&lang=${lang}`)).body;
    for (const role of ['sales', 'finance']) t.ok(pages[`${role}-en`]?.includes('74,000.00 RUB'), `${role}: charged`);
    for (const role of ['production', 'sales', 'finance']) t.match(pages[`${role}-ru`], 'сигналов: 1');
    const { items } = (await owner.get('/v1/alerts?stageId=shop')).body;
    t.equal((await manager.post(`/v1/alerts/${items[0].alertId}/acknowledgement`, {})).status, 200);
    const told = (await manager.get('/v1/projects/site/handover-brief?asOf=2026-03-31')).body.stages;
    t.match(
      told.find(({ stageId }: { stageId: string }) => stageId === 'shop').alerts,
      [{ threshold: '0.500000', acknowledged: true }],
      'what somebody took note of is told to the next manager again',
    );
    t.match(pages['sales-ru'], 'предложено 15\u00a0000,00 RUB (1)');
  });

  await t.test('on paper', { skip: browser === undefined ? 'no browser here' : false }, async (t) => {
    if (browser === undefined) return;
    const kept = process.env.PAGES_FOLDER;
    const folder = kept ?? mkdtempSync(join(tmpdir(), 'headroom-briefs-'));
    if (kept === undefined) t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    t.equal(Object.keys(pages).length, 12);
    for (const [name, page] of Object.entries(pages)) {
      t.notMatch(page, /<script|<link|<img|src=|url\(/i, `${name} stands alone`);
      // One of each kind, unless somebody wants to look at all of them.
      if (kept === undefined && !['results-ru', 'handover-en', 'sales-ru'].includes(name)) continue;
      const [file, pdf] = [join(folder, `${name}.html`), join(folder, `${name}.pdf`)];
      writeFileSync(file, page);
      await browse(browser, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`, `file://${file}`);
      const sheets = sheetsOf(pdf);
      t.ok(sheets >= 1 && sheets <= (name.startsWith('handover') ? 3 : 2), `${name}: ${sheets} sheets of A4`);
    }
  });
});
