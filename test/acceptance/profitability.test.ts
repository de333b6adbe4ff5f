/**
 * M1: profitability is a figure of every stage, project, client and month. Three ways of billing, three bases of revenue,
 * write-offs and voided expenses, and the portfolio over all of it, through REST on a running server.
 */

import t, { type Test } from 'tap';
import { type Caller, type RunningHeadroom, startHeadroom, stores } from '../support/running-headroom.ts';
import { done, rub } from '../support/small-agency.ts';

t.setTimeout(300_000);

const HOUR = 3_600;

/** Vera (developer) costs 1,000 an hour, Gleb (designer) 2,000. Boris manages and has no rate at all. */
const foundAgency = async (owner: Caller) => {
  const settings = { name: 'Northlight', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'billable' };
  await done(owner, '/v1/agency', settings, 'PUT');
  for (const [specialistId, role, ratePerHour] of [
    ['vera', 'developer', '1000'],
    ['gleb', 'designer', '2000'],
    ['boris', 'manager', undefined],
  ] as const) {
    await done(owner, '/v1/specialists', { specialistId, name: specialistId, role });
    const rate = { effectiveFrom: '2025-01-01', ratePerHour, reason: 'Contract' };
    if (ratePerHour !== undefined) await done(owner, `/v1/specialists/${specialistId}/cost-rates`, rate);
  }
  for (const clientId of ['flora', 'granit']) {
    await done(owner, '/v1/clients', { clientId, name: clientId, since: '2025-01-15' });
    const project = { projectId: `${clientId}-site`, clientId, name: 'Site', managerId: 'boris' };
    await done(owner, '/v1/projects', { ...project, openedOn: '2025-12-01' });
  }
};

/** 3,000 an hour for everybody, 4,000 for designers, 5,000 for Vera from 16 February on. */
const setBillRates = async (t: Test, owner: Caller) => {
  const reason = 'Price list';
  const set = (scope: object, effectiveFrom: string, ratePerHour: string) =>
    done(owner, '/v1/bill-rates', { scope, effectiveFrom, ratePerHour, reason });
  await set({ kind: 'agency' }, '2026-02-01', '3000');
  await set({ kind: 'role', role: 'designer' }, '2026-01-01', '4000');
  const vera = await set({ kind: 'specialist', specialistId: 'vera' }, '2026-02-16', '5000');
  t.match(vera, { ratePerHour: '5000.0000', currency: 'RUB' });
  const { body } = await owner.get('/v1/bill-rates?asOf=2026-02-10');
  t.strictSame(
    body.items.map(({ scope, ratePerHour }: { scope: { kind: string }; ratePerHour: string }) => [
      scope.kind,
      ratePerHour,
    ]),
    [
      ['agency', '3000.0000'],
      ['role', '4000.0000'],
    ],
    'Vera’s own rate is not in force yet',
  );
  const nobody = await owner.post('/v1/bill-rates', {
    scope: { kind: 'client', clientId: 'nobody' },
    effectiveFrom: '2026-01-01',
    ratePerHour: '1',
    reason,
  });
  t.strictSame([nobody.status, nobody.body.code], [404, 'client-not-found']);
};

const stage = async (owner: Caller, stageId: string, projectId: string, more: object) => {
  const plannedWork = [{ role: 'developer', seconds: 10 * HOUR }];
  await done(owner, '/v1/stages', { stageId, projectId, name: stageId, plannedWork, ...more });
  await done(owner, `/v1/stages/${stageId}/start`, { startedOn: '2026-01-12' });
};

const log = (owner: Caller, stageId: string, specialistId: string, workDate: string, hours: number, more = {}) =>
  done(owner, '/v1/time-entries', { specialistId, stageId, workDate, seconds: hours * HOUR, ...more });

const figures = async (by: Caller, of: string, query: string) =>
  (await by.get(`/v1/${of}/profitability?${query}`)).body;

/** Support of flora, by time: 10 planned hours at 3,000, capped at 50,000. */
const timeAndMaterials = async (t: Test, owner: Caller) => {
  await stage(owner, 'support', 'flora-site', {
    startsOn: '2026-02-02',
    billing: { kind: 'time-and-materials', cap: rub(5_000_000) },
  });
  await log(owner, 'support', 'vera', '2026-01-20', 2);
  await log(owner, 'support', 'vera', '2026-02-03', 6);
  await log(owner, 'support', 'gleb', '2026-02-04', 2);
  await log(owner, 'support', 'vera', '2026-02-17', 4);
  await log(owner, 'support', 'gleb', '2026-02-18', 1, { goodwill: true });
  // January has no rate for developers: 2 h unpriced. 6 x 3,000 + 2 x 4,000 + 4 x 5,000 = 46,000. All cost: 12 + 6 = 18,000.
  const february = await figures(owner, 'stages/support', 'asOf=2026-02-28');
  t.match(february.billing, { accrued: rub(4_600_000), unpricedSeconds: 2 * HOUR, billableSeconds: 14 * HOUR });
  t.strictSame([february.revenue, february.cost], [rub(4_600_000), rub(1_800_000)]);
  t.equal(february.quality.unpricedSeconds, 2 * HOUR);
  const { body: unpriced } = await owner.get('/v1/unpriced-time');
  t.match(unpriced.items, [
    { stageId: 'support', specialistId: 'vera', seconds: 2 * HOUR, days: [{ workDate: '2026-01-20' }] },
  ]);
  const plan = await figures(owner, 'stages/support', 'asOf=2026-01-11');
  t.strictSame(plan.plan.revenue, rub(3_000_000), '10 h x 3,000 on the day it was to start');
  // 4 h more would be 20,000 at 5,000: the cap leaves 4,000 of them.
  await log(owner, 'support', 'vera', '2026-03-02', 4);
  const march = await figures(owner, 'stages/support', 'asOf=2026-03-31');
  t.strictSame([march.revenue, march.billing.beforeCap], [rub(5_000_000), rub(6_600_000)], 'no more than the cap');
  await done(owner, '/v1/stages/support/close', { closedOn: '2026-03-31' });
};

/** Care of granit: 20,000 a month from January to June. */
const retainer = async (t: Test, owner: Caller) => {
  await stage(owner, 'care', 'granit-site', {
    billing: { kind: 'retainer', monthlyFee: rub(2_000_000), fromMonth: '2026-01', toMonth: '2026-06' },
  });
  await log(owner, 'care', 'vera', '2026-01-13', 5);
  await log(owner, 'care', 'gleb', '2026-02-10', 5);
  const on = async (day: string) => (await figures(owner, 'stages/care', `asOf=${day}`)).revenue;
  t.strictSame(
    [await on('2026-01-31'), await on('2026-02-01'), await on('2026-03-31')],
    [rub(2_000_000), rub(4_000_000), rub(6_000_000)],
  );
  const { plan } = await figures(owner, 'stages/care', 'asOf=2026-03-31');
  t.strictSame(plan.revenue, rub(12_000_000), 'six months');
};

/** A shop for flora at a fixed 100,000: 20,000 written off, a taxi voided, a licence of 5,000 stays. */
const fixedFee = async (t: Test, owner: Caller, finance: Caller) => {
  await stage(owner, 'shop', 'flora-site', { billing: { kind: 'fixed', fee: rub(10_000_000) } });
  await log(owner, 'shop', 'vera', '2026-02-05', 10);
  const spend = (expenseId: string, minor: number) => ({ expenseId, category: 'other', amount: rub(minor) });
  for (const expense of [spend('taxi', 300_000), spend('licence', 500_000)]) {
    await done(owner, '/v1/stages/shop/expenses', { ...expense, incurredOn: '2026-02-06' });
  }
  await done(owner, '/v1/stages/shop/expenses/taxi/void', { reason: 'The client paid for it' });
  const again = await owner.post('/v1/stages/shop/expenses/taxi/void', { reason: 'Once more' });
  t.strictSame([again.status, again.body.code], [409, 'expense-voided']);
  await done(owner, '/v1/stages/shop/close', { closedOn: '2026-02-27' });
  const writeOff = { writeOffId: 'late', amount: rub(2_000_000), writtenOffOn: '2026-03-05', reason: 'Late' };
  await done(finance, '/v1/stages/shop/write-offs', writeOff);
  const over = { ...writeOff, writeOffId: 'more', amount: rub(8_000_001) };
  const refused = await finance.post('/v1/stages/shop/write-offs', over);
  t.strictSame([refused.status, refused.body.code], [409, 'write-off-over-revenue']);
  const february = await figures(owner, 'stages/shop', 'asOf=2026-02-28');
  t.strictSame([february.revenue, february.cost], [rub(10_000_000), rub(1_500_000)], '10 x 1,000 + 5,000');
  const march = await figures(owner, 'stages/shop', 'asOf=2026-03-31');
  t.strictSame([march.revenue, march.writeOffs], [rub(8_000_000), rub(2_000_000)]);
};

/** One invoice for shop (60,000) and support (30,000); 45,000 is paid in March, the rest in April. */
const invoices = async (t: Test, finance: Caller) => {
  const { invoiceId, total } = await done(finance, '/v1/invoices', {
    invoiceId: 'i1',
    number: '2026-041',
    currency: 'RUB',
    lines: [
      { stageId: 'shop', amountMinor: 6_000_000 },
      { stageId: 'support', amountMinor: 3_000_000 },
    ],
    issuedOn: '2026-02-27',
    dueOn: '2026-03-13',
  });
  t.strictSame([invoiceId, total], ['i1', rub(9_000_000)]);
  const pay = (minor: number, paidOn: string) => ({ amount: rub(minor), paidOn });
  const first = await done(finance, '/v1/invoices/i1/payments', pay(4_500_000, '2026-03-10'));
  t.strictSame(
    first.lines.map(({ amount }: { amount: object }) => amount),
    [rub(3_000_000), rub(1_500_000)],
    'half of each line',
  );
  const over = await finance.post('/v1/invoices/i1/payments', pay(4_500_001, '2026-04-07'));
  t.strictSame([over.status, over.body.code], [409, 'over-payment']);
  const { body: open } = await finance.get('/v1/invoices?status=open&dueBefore=2026-04-01');
  t.match(open.items, [{ invoiceId: 'i1', paidMinor: 4_500_000, owedMinor: 4_500_000 }]);
  await done(finance, '/v1/invoices/i1/payments', pay(4_500_000, '2026-04-07'));
  t.strictSame((await finance.get('/v1/invoices?status=open')).body.items, []);
};

const bases = async (t: Test, owner: Caller) => {
  const flora = await figures(owner, 'clients/flora', 'asOf=2026-03-31');
  // Earned 50,000 + 80,000; cost of support 12 + 4 h of Vera, 3 h of Gleb: 22,000; of the shop 15,000.
  t.strictSame(flora.bases, {
    earned: { revenue: rub(13_000_000), profit: rub(9_300_000), margin: '0.715385' },
    invoiced: { revenue: rub(9_000_000), profit: rub(5_300_000), margin: '0.588889' },
    cash: { revenue: rub(4_500_000), profit: rub(800_000), margin: '0.177778' },
  });
  const cash = await figures(owner, 'clients/flora', 'asOf=2026-03-31&revenueBasis=cash');
  t.match(cash, { revenue: rub(4_500_000), profit: rub(800_000), revenueBasis: 'cash' });
  const lines = flora.stages.map(({ revenue }: { revenue: { minor: number } }) => revenue.minor);
  t.equal(
    lines.reduce((sum: number, minor: number) => sum + minor, 0),
    flora.revenue.minor,
    'lines add up',
  );
};

const portfolioOf = async (by: Caller, query: string) => (await by.get(`/v1/portfolio?asOf=2026-04-15&${query}`)).body;
const shown = (groups: { key: string; revenue: { minor: number } | null; cost: { minor: number } | null }[]) =>
  groups.map(({ key, revenue, cost }) => [key, revenue?.minor, cost?.minor]);

const portfolio = async (t: Test, headroom: RunningHeadroom, owner: Caller) => {
  const months = await portfolioOf(owner, 'from=2026-01&to=2026-05');
  // January: care 20,000; 2 + 5 h of Vera, of which support’s are unpriced.
  // February: support 46,000, shop 100,000, care 20,000; support 6 + 4 h of Vera, 3 h of Gleb; shop 10 h and 5,000; care 5 h of Gleb.
  // March: support 4,000 up to its cap, 20,000 of the shop written off, care 20,000; 4 h of Vera. April: care 20,000.
  t.strictSame(shown(months.groups), [
    ['2026-01', 2_000_000, 700_000],
    ['2026-02', 16_600_000, 4_100_000],
    ['2026-03', 400_000, 400_000],
    ['2026-04', 2_000_000, 0],
  ]);
  t.match(months.totals, {
    revenue: rub(21_000_000),
    cost: rub(5_200_000),
    profit: rub(15_800_000),
    margin: '0.752381',
  });
  t.strictSame([months.totals.stages, months.quality.unpricedSeconds], [3, 2 * HOUR]);
  const clients = await portfolioOf(owner, 'from=2026-01&to=2026-05&groupBy=client');
  t.strictSame(shown(clients.groups), [
    ['flora', 13_000_000, 3_700_000],
    ['granit', 8_000_000, 1_500_000],
  ]);
  t.strictSame(clients.totals, months.totals, 'however it is grouped');
  const paid = await portfolioOf(owner, 'from=2026-03&to=2026-05&revenueBasis=cash');
  t.strictSame(
    paid.groups.map(({ key, revenue }: { key: string; revenue: object }) => [key, revenue]),
    [
      ['2026-03', rub(4_500_000)],
      ['2026-04', rub(4_500_000)],
    ],
  );
  const page = await portfolioOf(owner, 'from=2026-01&to=2026-05&limit=3');
  const { body: rest } = await owner.get(
    `/v1/portfolio?asOf=2026-04-15&from=2026-01&to=2026-05&limit=3&cursor=${page.nextCursor}`,
  );
  t.strictSame([...page.groups, ...rest.groups], months.groups, 'page by page');
  const manager = await portfolioOf(await headroom.as('manager', 'm1'), 'from=2026-01&to=2026-04');
  // In January and in March only Vera’s work cost anything.
  t.strictSame(shown(manager.groups), [
    ['2026-01', undefined, undefined],
    ['2026-02', 16_600_000, 4_100_000],
    ['2026-03', undefined, undefined],
  ]);
  t.equal(manager.totals.cost, null, 'and the total less February would tell Vera’s rate');
  t.equal((await owner.get('/v1/portfolio?from=2026-05&to=2026-01')).body.code, 'period-backwards');
};

/** What was known before stays what it was, and hours that came after are in the newer answer. */
const knownAt = async (t: Test, owner: Caller) => {
  const query = 'from=2026-01&to=2026-05';
  const before = await portfolioOf(owner, query);
  await log(owner, 'care', 'vera', '2026-04-02', 3);
  const after = await portfolioOf(owner, query);
  t.equal(after.totals.cost.minor - before.totals.cost.minor, 300_000);
  t.strictSame(await portfolioOf(owner, `${query}&knownAt=${before.knownAt}`), before);
};

const missingRates = async (t: Test, owner: Caller) => {
  await log(owner, 'care', 'boris', '2026-02-11', 2);
  const { body } = await owner.get('/v1/uncosted-time');
  t.match(body.items, [
    { specialistId: 'boris', seconds: 2 * HOUR, firstRateFrom: null, days: [{ workDate: '2026-02-11' }] },
  ]);
  await done(owner, '/v1/specialists/boris/cost-rates', {
    effectiveFrom: '2026-02-01',
    ratePerHour: '3000',
    reason: 'Set',
  });
  t.strictSame((await owner.get('/v1/uncosted-time')).body.items, []);
  const { body: rates } = await owner.get('/v1/cost-rates?asOf=2026-01-31');
  t.strictSame(
    rates.items.map(({ specialistId, rate }: { specialistId: string; rate: { ratePerHour: string } | null }) => [
      specialistId,
      rate?.ratePerHour ?? null,
    ]),
    [
      ['boris', null],
      ['gleb', '2000.0000'],
      ['vera', '1000.0000'],
    ],
  );
  await done(owner, '/v1/specialists/boris/deactivation', { deactivatedOn: '2026-04-30' });
  const late = await owner.post('/v1/time-entries', {
    specialistId: 'boris',
    stageId: 'care',
    workDate: '2026-05-01',
    seconds: HOUR,
  });
  t.strictSame([late.status, late.body.code], [409, 'specialist-deactivated']);
};

for (const store of stores) {
  t.test(`profitability, M1, on ${store}`, { timeout: 120_000 }, async (t) => {
    const headroom = await startHeadroom(t, store);
    const owner = await headroom.as('owner', 'm1');
    const finance = await headroom.as('finance', 'm1');
    await foundAgency(owner);
    await setBillRates(t, owner);
    await timeAndMaterials(t, owner);
    await retainer(t, owner);
    await fixedFee(t, owner, finance);
    await invoices(t, finance);
    await bases(t, owner);
    await portfolio(t, headroom, owner);
    await knownAt(t, owner);
    await missingRates(t, owner);
  });
}
