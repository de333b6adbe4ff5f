/**
 * What was recorded by mistake is set right: invoices, payments and expenses are voided, with every basis and every level
 * following, and a closed month keeps what it reported. And a plan is held against what was done, kind by kind of work.
 */

import t, { type Test } from 'tap';
import { type Caller, startHeadroom } from '../support/running-headroom.ts';
import { done, rub, smallAgency } from '../support/small-agency.ts';

t.setTimeout(120_000);

const HOUR = 3_600;
const AS_OF = 'asOf=2026-05-31';

/** Invoiced and paid revenue of the stage, the client and the whole agency, in thousands of roubles. */
const revenues = async (owner: Caller, asOf = AS_OF) => {
  const paths = [
    `/v1/stages/design/profitability?${asOf}`,
    `/v1/clients/flora/profitability?${asOf}`,
    `/v1/portfolio?from=2026-01&to=2026-06&groupBy=client&${asOf}`,
  ];
  const answers = await Promise.all(paths.map(async (path) => (await owner.get(path)).body));
  return answers.map((body) => {
    const { invoiced, cash } = (body.totals ?? body).bases;
    return [invoiced.revenue.minor / 100_000, cash.revenue.minor / 100_000];
  });
};

const atEachLevel = (invoiced: number, cash: number) => Array.from({ length: 3 }, () => [invoiced, cash]);

const issue = (owner: Caller, invoiceId: string, amountMinor: number, issuedOn: string) =>
  done(owner, '/v1/invoices', {
    invoiceId,
    currency: 'RUB',
    lines: [{ stageId: 'design', amountMinor }],
    issuedOn,
    dueOn: '2026-05-15',
  });

const pay = (owner: Caller, invoiceId: string, paymentId: string, minor: number, paidOn: string) =>
  done(owner, `/v1/invoices/${invoiceId}/payments`, { paymentId, amount: rub(minor), paidOn });

const REASON = { reason: 'It named the wrong client' };

const invoicesAreVoided = async (t: Test, owner: Caller, manager: Caller) => {
  await issue(owner, 'first', 6_000_000, '2026-03-20');
  await issue(owner, 'second', 4_000_000, '2026-04-10');
  await pay(owner, 'first', 'advance', 2_500_000, '2026-03-25');
  await pay(owner, 'second', 'advance', 4_000_000, '2026-04-20');
  t.strictSame(await revenues(owner), atEachLevel(100, 65));

  const unpaid = await owner.post('/v1/invoices/second/void', REASON);
  t.strictSame([unpaid.status, unpaid.body.code, unpaid.body.payments], [409, 'payments-stand', ['advance']]);
  t.equal((await manager.post('/v1/invoices/second/void', REASON)).status, 403);
  t.equal((await owner.post('/v1/invoices/nothing/void', REASON)).status, 404);
  t.equal((await owner.post('/v1/invoices/second/void', {})).status, 400, 'a reason is given');

  const returned = await done(owner, '/v1/invoices/second/payments/advance/void', { reason: 'The bank returned it' });
  t.match(returned, { paymentId: 'advance', invoiceId: 'second', postedOn: null });
  t.strictSame(await revenues(owner), atEachLevel(100, 25), 'the payment of the same name on the first stands');
  const { body: open } = await owner.get('/v1/invoices?status=open');
  t.match(open.items, [
    { invoiceId: 'first', owedMinor: 3_500_000 },
    { invoiceId: 'second', owedMinor: 4_000_000, payments: [] },
  ]);

  const again = { 'idempotency-key': 'void-second' };
  const voided = await owner.post('/v1/invoices/second/void', REASON, again);
  t.match(voided.body, { invoiceId: 'second', clientId: 'flora', postedOn: null });
  const repeated = await owner.post('/v1/invoices/second/void', REASON, again);
  t.strictSame([repeated.status, repeated.body], [200, voided.body], 'sent again it has one effect');
  t.equal((await owner.post('/v1/invoices/second/void', REASON)).body.code, 'invoice-voided');
  t.strictSame(await revenues(owner), atEachLevel(60, 25));
  t.match((await owner.get('/v1/invoices?status=void')).body.items, [{ invoiceId: 'second', owedMinor: 0 }]);
  t.match((await owner.get(`/v1/views/finance?${AS_OF}`)).body.openInvoices, { count: 1, owed: rub(3_500_000) });
};

/** March is closed: its invoice, its payment and its taxi stay in it, and are taken back in May. */
const closedMonthsKeepTheirs = async (t: Test, owner: Caller) => {
  const taxi = { expenseId: 'taxi', category: 'travel', amount: rub(180_000), incurredOn: '2026-03-12' };
  await done(owner, '/v1/stages/design/expenses', taxi);
  await done(owner, '/v1/periods/2026-03/close', {});
  const late = { currency: 'RUB', lines: [{ stageId: 'design', amountMinor: 1 }], issuedOn: '2026-03-28' };
  for (const [path, body] of [
    ['/v1/invoices', { ...late, dueOn: '2026-05-15' }],
    ['/v1/invoices/first/payments', { amount: rub(1), paidOn: '2026-03-30' }],
  ] as const) {
    const refused = await owner.post(path, body);
    t.match(refused, { status: 409, body: { code: 'period-closed', month: '2026-03', openFrom: '2026-04-01' } }, path);
  }
  const later = { ...REASON, adjustment: true, postOn: '2026-05-04' };
  for (const path of [
    '/v1/invoices/first/payments/advance/void',
    '/v1/invoices/first/void',
    '/v1/stages/design/expenses/taxi/void',
  ]) {
    if (path !== '/v1/invoices/first/void') {
      const refused = await owner.post(path, REASON);
      t.strictSame([refused.status, refused.body.code, refused.body.month], [409, 'period-closed', '2026-03'], path);
    }
    const taken = await done(owner, path, later);
    t.equal(taken.postedOn, '2026-05-04', path);
  }
  t.strictSame(await revenues(owner, 'asOf=2026-05-03'), atEachLevel(60, 25), 'the day before everything stands');
  t.strictSame(await revenues(owner), atEachLevel(0, 0));

  const months = (await owner.get(`/v1/portfolio?from=2026-03&to=2026-06&groupBy=month&${AS_OF}`)).body;
  const march = months.groups.find(({ key }: { key: string }) => key === '2026-03');
  const may = months.groups.find(({ key }: { key: string }) => key === '2026-05');
  t.match(march, { expenses: rub(180_000), bases: { invoiced: { revenue: rub(6_000_000) } } }, 'as it was reported');
  t.match(may, {
    expenses: rub(-180_000),
    bases: { invoiced: { revenue: rub(-6_000_000) }, cash: { revenue: rub(-2_500_000) } },
  });
  const stage = (await owner.get(`/v1/stages/design/profitability?${AS_OF}`)).body;
  t.match(stage, { expenses: rub(0), byExpense: [{ category: 'travel', amount: rub(0) }] });
  t.equal((await owner.post('/v1/stages/design/expenses/taxi/void', later)).body.code, 'expense-voided');
};

const planIsHeldAgainstWork = async (t: Test, owner: Caller, manager: Caller) => {
  const plan = (production: number) => ({
    stageId: 'care',
    projectId: 'site',
    name: 'Care',
    billing: { kind: 'fixed', fee: rub(5_000_000) },
    plannedWork: [
      {
        role: 'designer',
        seconds: 10 * HOUR,
        activities: [
          { activity: 'production', seconds: production * HOUR },
          { activity: 'rework', seconds: HOUR },
        ],
      },
      { role: 'manager', seconds: 2 * HOUR },
    ],
  });
  const tooLong = await owner.post('/v1/stages', plan(10));
  t.strictSame([tooLong.status, tooLong.body.errors[0].pointer], [400, '/plannedWork/0/activities']);
  await done(owner, '/v1/stages', plan(8));
  await done(owner, '/v1/stages/care/start', { startedOn: '2026-04-01' });
  const log = (specialistId: string, activity: string, hours: number) =>
    done(owner, '/v1/time-entries', {
      ...{ specialistId, stageId: 'care', workDate: '2026-04-02', activity },
      seconds: hours * HOUR,
    });
  await log('anna', 'production', 5);
  await log('anna', 'travel', 1);
  await log('boris', 'management', 2);
  const { plan: told, labourCost } = (await owner.get(`/v1/stages/care/profitability?${AS_OF}`)).body;
  // Anna at 1,234.56: 5 h 6,172.80 and 1 h 1,234.56. Boris at 2,345.67: 2 h 4,691.34. Together 12,098.70.
  t.strictSame(labourCost, rub(1_209_870));
  t.strictSame(told.byRoleAndActivity, [
    { role: 'designer', activity: 'production', plannedSeconds: 8 * HOUR, actualSeconds: 5 * HOUR, cost: rub(617_280) },
    { role: 'designer', activity: 'travel', plannedSeconds: 0, actualSeconds: HOUR, cost: rub(123_456) },
    { role: 'designer', activity: 'rework', plannedSeconds: HOUR, actualSeconds: 0, cost: rub(0) },
    { role: 'manager', activity: 'management', plannedSeconds: null, actualSeconds: 2 * HOUR, cost: rub(469_134) },
  ]);
  const { body: seen } = await manager.get(`/v1/stages/care/profitability?${AS_OF}`);
  t.ok(seen.plan.byRoleAndActivity.every(({ cost }: { cost: unknown }) => cost === null));
};

t.test('what was recorded by mistake is set right', async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  const manager = await headroom.as('manager');
  await smallAgency(owner, await headroom.as('finance'));
  await t.test('invoices and payments are voided', (t) => invoicesAreVoided(t, owner, manager));
  await t.test('a closed month keeps what it reported', (t) => closedMonthsKeepTheirs(t, owner));
  await t.test('a plan against what was done, by role and activity', (t) => planIsHeldAgainstWork(t, owner, manager));
});
