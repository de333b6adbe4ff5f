/** M6, M7, M16 and the first part of M3: the answers that an agency asks for, out of a running server. */

import t, { type Test } from 'tap';
import { type Caller, startHeadroom } from '../support/running-headroom.ts';
import { done, rub, smallAgency } from '../support/small-agency.ts';

t.setTimeout(300_000);

const HOUR = 3_600;
const HALF_WAY = 'asOf=2026-02-20';

/** Anna: 10 h of production. Boris: 4 h with the client, 2 of them on the way. */
const work = async (owner: Caller) => {
  const items = [
    { specialistId: 'anna', workDate: '2026-02-03', seconds: 10 * HOUR, activity: 'production' },
    { specialistId: 'boris', workDate: '2026-02-10', seconds: 2 * HOUR, activity: 'travel', note: 'Trip to Flora' },
    { specialistId: 'boris', workDate: '2026-02-10', seconds: 2 * HOUR, activity: 'communication' },
  ];
  for (const item of items) await done(owner, '/v1/time-entries', { ...item, stageId: 'design' });
};

const ask = async (by: Caller, hours: number, more = '', headers = {}) =>
  (await by.get(`/v1/stages/design/small-request?role=designer&seconds=${hours * HOUR}&${HALF_WAY}${more}`, headers))
    .body;

const optionsOf = (body: { options: { option: string }[] }) =>
  Object.fromEntries(body.options.map((option) => [option.option, option]));

const smallRequests = async (t: Test, owner: Caller) => {
  // EAC: 20 x 1,234.56 + 4 x 2,345.67 = 34,073.88; 100,000 x 0.6 = 60,000 may be spent: 25,926.12 are left.
  const fits = await ask(owner, 10);
  t.match(fits, { verdict: 'fits', requestCost: rub(1_234_560), headroom: { money: rub(2_592_612), seconds: 75_601 } });
  t.strictSame(fits.fullPrice, { money: rub(2_057_600), basis: 'cost-and-standard' }, '12,345.60 / 0.6');
  t.match(optionsOf(fits), {
    // (100,000 - 46,419.48) / 100,000, against 65.9261% without.
    absorb: { possible: true, reason: 'keeps-standard', forecastMargin: '0.535805', marginChange: '-0.123456' },
    // (120,576 - 46,419.48) / 120,576
    'extra-payment': { reason: 'not-needed', payment: rub(2_057_600), forecastMargin: '0.615019' },
    delegate: {
      possible: false,
      reason: 'not-cheaper',
      cost: rub(2_345_670),
      delegateTo: { role: 'manager', people: 1 },
    },
    defer: { possible: true, reason: 'planned-stage', intoStageId: 'shop', marginChange: '0.000000' },
  });
  const exceeds = await ask(owner, 30);
  t.match(exceeds, { verdict: 'exceeds-standard', surcharge: rub(1_851_780) }, '(71,110.68 - 60,000) / 0.6');
  t.match(optionsOf(exceeds)['extra-payment'], { reason: 'restores-standard', forecastMargin: '0.400000' });
  const loses = await ask(owner, 60);
  t.match(loses, { verdict: 'loses-money' }, '34,073.88 + 74,073.60 > 100,000');
  t.match(optionsOf(loses).absorb, { possible: false, reason: 'makes-a-loss' });
  t.match(exceeds.evidence, [{ title: 'Trip to Flora', seconds: 4 * HOUR, cost: rub(938_268), from: '2026-02-10' }]);
  t.equal(exceeds.evidence[0].entries.length, 2);
  t.match(exceeds.clientText, /Trip to Flora \(4 hours\)/);
  t.notMatch(exceeds.clientText, /RUB|%/);
  for (const body of [
    await ask(owner, 30, '&lang=ru'),
    await ask(owner, 30, '', { 'accept-language': 'ru, en;q=0.5' }),
  ]) {
    t.match(body, { language: 'ru', clientText: /Trip to Flora \(4 часа\)/ });
    t.match(body.internalText.replace(/\s/g, ' '), /нужна доплата: 18 517,80 RUB/);
  }
};

const quotes = async (t: Test, owner: Caller) => {
  const quote = async (more: string) =>
    (await owner.get(`/v1/clients/flora/quote?plannedCostMinor=10000000&${more}`)).body;
  t.match(await quote('asOf=2026-02-20'), {
    clientFactor: { factor: null, stages: 0 },
    weight: '0.000000',
    neutralFactor: '1.000000',
    price: rub(16_666_667), // 100,000 / 0.6: the plan is taken at its word
  });
  await done(owner, '/v1/stages/design/close', { closedOn: '2026-02-28' });
  // 14 h of 24: 0.583333, which is the agency's only history, too. 58,333.30 / 0.6 = 97,222.17.
  const known = await quote('asOf=2026-03-31');
  t.match(known, {
    window: { from: '2024-04-01', to: '2026-03-31' },
    clientFactor: { factor: '0.583333', stages: 1, actualSeconds: 14 * HOUR, baselineSeconds: 24 * HOUR },
    weight: '0.250000',
    expectedCost: rub(5_833_330),
    price: rub(9_722_217),
    difference: rub(0),
    stages: [{ stageId: 'design', closedOn: '2026-02-28', factor: '0.583333' }],
  });
  t.match(await quote('asOf=2026-03-31&serviceType=seo'), {
    clientFactor: { factor: null, stages: 0, leftOut: { otherServiceType: 1 } },
  });
  t.match(await quote('asOf=2028-03-31'), { clientFactor: { stages: 0, leftOut: { closedEarlier: 1 } } });
};

const prices = async (t: Test, owner: Caller, manager: Caller) => {
  const path = '/v1/specialists/anna/price-of-an-hour?asOf=2026-02-20';
  const refused = async (query: string) => (await owner.get(`${path}&${query}`)).body.code;
  t.equal(await refused('margin=0.3'), 'utilisation-unknown', 'the rate is of a paid hour');
  t.equal(await refused('margin=0.7&revenueTax=0.3&utilisation=0.5'), 'nothing-left');
  // 1,234.56 / 0.5 = 2,469.12; / (1 - 0.3 - 0.06) = 3,858.00; 20% on top: 4,629.60.
  const { body } = await owner.get(`${path}&margin=0.3&revenueTax=0.06&vat=0.2&utilisation=0.5`);
  t.match(body, { costPerBillableHour: '2469.1200', price: rub(385_800), priceWithVat: rub(462_960) });
  const sum = body.parts.reduce((total: number, part: { amount: { minor: number } }) => total + part.amount.minor, 0);
  t.equal(sum, 385_800, 'the parts add up');
  t.strictSame(
    body.clientSafe.facts.map(({ fact }: { fact: string }) => fact),
    ['salary', 'utilisation', 'taxes', 'margin'],
  );
  t.notMatch(JSON.stringify(body.clientSafe), /246912|2,?469|123456|1,?234|115740|30%|0\.30/, 'no cost and no margin');
  t.equal((await manager.get(`${path}&margin=0.3`)).status, 403);
};

const views = async (t: Test, owner: Caller, manager: Caller) => {
  const { body: production } = await owner.get(`/v1/views/production?${HALF_WAY}`);
  const { body: finance } = await owner.get(`/v1/views/finance?${HALF_WAY}`);
  const { body: stage } = await owner.get(`/v1/stages/design/profitability?${HALF_WAY}`);
  const [made] = production.items;
  const [paid] = finance.items;
  t.strictSame([production.items.length, finance.items.length], [1, 1], 'shop has not been started');
  t.match(made, {
    remainingSeconds: 10 * HOUR,
    unplannedSeconds: 4 * HOUR,
    requests: { outOfScope: 0, unclassified: 1 },
  });
  for (const figure of ['seconds', 'lateSeconds', 'quality', 'alerts'])
    t.strictSame(made[figure], paid[figure], figure);
  for (const figure of ['cost', 'margin', 'estimateAtCompletion', 'forecastMargin', 'contractRevenue', 'bases']) {
    t.strictSame(paid[figure], stage[figure], figure);
    t.strictSame(finance.totals[figure], stage[figure], `${figure} of the only stage`);
  }
  t.strictSame(paid.headroom, stage.headroom.money);
  t.strictSame(made.headroomByRole, stage.headroom.byRole);
  t.match(finance.openInvoices, { count: 0, owed: rub(0) });
  // Half of 34,073.88 is 17,036.94: 10 x 1,234.56 + 2 x 2,345.67, to the kopeck.
  t.match(made.alerts, [
    { threshold: '0.500000', raisedOn: '2026-02-10', cost: rub(1_703_694), plannedCost: rub(3_407_388) },
  ]);
  const { body: hidden } = await manager.get('/v1/alerts');
  t.match(hidden, { suppressed: true, items: [{ threshold: '0.500000', cost: null, share: null }] });
  await done(manager, `/v1/alerts/${made.alerts[0].alertId}/acknowledgement`, { note: 'Seen' });
  t.equal((await owner.get(`/v1/views/finance?${HALF_WAY}`)).body.totals.openAlerts, 0);
  t.match((await owner.get('/v1/alerts?acknowledged=true')).body.items, [{ acknowledgement: { note: 'Seen' } }]);
  await done(owner, '/v1/stages/design/thresholds', { thresholds: ['0.6', '0.9'] }, 'PUT');
  const { body: alerts } = await owner.get('/v1/alerts?acknowledged=false');
  t.match(alerts.items, [{ threshold: '0.600000', cause: { kind: 'thresholds' } }], '21,728.28 are 63.8%');
};

t.test('what an agency asks', { timeout: 200_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  const manager = await headroom.as('manager');
  await smallAgency(owner, await headroom.as('finance'));
  await work(owner);
  await done(owner, '/v1/requests', {
    requestId: 'font',
    projectId: 'site',
    stageId: 'design',
    askedBy: 'Director of Flora',
    channel: 'call',
    askedAt: '2026-02-11T11:00:00+03:00',
    words: 'Could you also change the font?',
  });
  await t.test('M6: is such a trifle hard for you?', (t) => smallRequests(t, owner));
  await t.test('M3: the same facts for production and finance', (t) => views(t, owner, manager));
  await t.test('M16: the price of an hour', (t) => prices(t, owner, manager));
  await t.test('M7: a new service for the same client', (t) => quotes(t, owner));
});
