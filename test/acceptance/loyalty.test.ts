/** M8, M9, M11: who deserves care, when to ask for an extra payment, and what would cost less, out of a running server. */

import t, { type Test } from 'tap';
import { type Caller, startHeadroom } from '../support/running-headroom.ts';
import { done, rub, smallAgency } from '../support/small-agency.ts';

t.setTimeout(300_000);

const HOUR = 3_600;
const APRIL = 'asOf=2026-04-30';

const contact = (by: Caller, clientId: string, day: string, change: object = {}) =>
  done(by, `/v1/clients/${clientId}/interactions`, {
    channel: 'call',
    direction: 'inbound',
    occurredAt: `${day}T12:00:00+03:00`,
    seconds: HOUR,
    planned: false,
    ...change,
  });

/**
 * Anna (1,234.56 an hour): 10 h of production, 3 h of unpaid rework, 1 h for a request out of scope. Boris (2,345.67):
 * 2 h of unpaid travel in February, 1 h of unpaid talk in March. 17 h, 14 x 1,234.56 + 3 x 2,345.67 = 24,320.85. Gleb, a
 * contractor, would do a manager's work for 1,000 an hour. Granit is a client without work.
 */
const work = async (owner: Caller) => {
  await done(owner, '/v1/specialists', { specialistId: 'gleb', name: 'gleb', role: 'manager', kind: 'contractor' });
  const rate = { effectiveFrom: '2026-01-01', ratePerHour: '1000', reason: 'Contract' };
  await done(owner, '/v1/specialists/gleb/cost-rates', rate);
  await done(owner, '/v1/clients', { clientId: 'granit', name: 'Granit', since: '2026-03-01' });
  const asked = { requestId: 'font', projectId: 'site', stageId: 'design', askedBy: 'Vera', channel: 'chat' };
  await done(owner, '/v1/requests', { ...asked, askedAt: '2026-03-19T12:00:00+03:00', words: 'Another font?' });
  const scope = { scope: 'out-of-scope', rationale: 'One typeface was agreed', classifiedOn: '2026-03-19' };
  await done(owner, '/v1/requests/font/classification', scope);
  const [anna, boris] = [{ specialistId: 'anna' }, { specialistId: 'boris' }];
  for (const entry of [
    { ...anna, workDate: '2026-02-03', seconds: 10 * HOUR, activity: 'production' },
    { ...boris, workDate: '2026-02-10', seconds: 2 * HOUR, activity: 'travel', billable: false },
    { ...boris, workDate: '2026-03-10', seconds: HOUR, activity: 'communication', billable: false },
    { ...anna, workDate: '2026-03-12', seconds: 3 * HOUR, activity: 'rework', billable: false },
    { ...anna, workDate: '2026-03-20', seconds: HOUR, activity: 'production', requestId: 'font' },
  ]) {
    await done(owner, '/v1/time-entries', { ...entry, stageId: 'design' });
  }
};

/** Flora: 2 unplanned calls of an hour, 1 planned of half an hour, 3 of ours of an hour each. Granit: half an hour. */
const contacts = async (owner: Caller) => {
  await contact(owner, 'flora', '2026-01-12', { planned: true });
  await contact(owner, 'flora', '2026-02-05');
  await contact(owner, 'flora', '2026-03-05');
  await contact(owner, 'flora', '2026-03-06', { planned: true, seconds: HOUR / 2 });
  for (const day of ['2026-02-06', '2026-03-09', '2026-04-08'])
    await contact(owner, 'flora', day, { direction: 'outbound' });
  await contact(owner, 'granit', '2026-04-08', { seconds: HOUR / 2 });
};

const whatToAskFor = async (t: Test, owner: Caller) => {
  // 20,000 for 20 h at 1,234.56 and 4 h at a manager's mean of 1,672.835: (31,382.54 - 12,000) / 0.6 are missing.
  const plan = [
    { role: 'designer', seconds: 20 * HOUR },
    { role: 'manager', seconds: 4 * HOUR },
  ];
  const billing = { kind: 'fixed', fee: rub(2_000_000) };
  await done(owner, '/v1/stages', { stageId: 'cheap', projectId: 'site', name: 'Cheap', billing, plannedWork: plan });
  await done(owner, '/v1/stages/cheap/start', { startedOn: '2026-03-16' });
  const list = async (query = '') => (await owner.get(`/v1/extra-payment-advice?asOf=2026-03-31${query}`)).body;
  const idle = await list();
  t.equal(idle.stages, 1, 'design has 100,000 for 34,073.88 and is above its standard');
  t.match(idle.items, [{ stageId: 'cheap', verdict: 'wait', amount: rub(3_230_423), costShare: '0.000000' }]);
  t.equal(idle.items[0].reasons[1].code, 'no-evidence');
  t.same((await list('&verdict=ask-now')).items, []);
  const rework = { specialistId: 'anna', stageId: 'cheap', workDate: '2026-03-30', seconds: HOUR, activity: 'rework' };
  const { entryId } = await done(owner, '/v1/time-entries', { ...rework, billable: false });
  const { items, total } = await list('&verdict=ask-now&sort=urgency');
  const { body: alone } = await owner.get('/v1/stages/cheap/extra-payment-advice?asOf=2026-03-31');
  t.match(items, [{ stageId: 'cheap', amount: rub(3_230_423), reasons: alone.reasons, say: alone.say }]);
  t.strictSame([total, alone.amount], [rub(3_230_423), rub(3_230_423)]);
  t.equal(items[0].breakEvenProbability, alone.risk.breakEvenProbability);
  t.match(alone.evidence, [{ kind: 'time-entry', ref: entryId, cost: rub(123_456) }]);
  const russian = await list('&lang=ru');
  t.match(russian, { language: 'ru', items: [{ say: /переделки \(1 ч\).*предлагаем доплату/ }] });
  const header = { 'accept-language': 'ru' };
  const { body: same } = await owner.get('/v1/stages/cheap/extra-payment-advice?asOf=2026-03-31', header);
  t.strictSame([same.language, same.say, same.reasons], ['ru', russian.items[0].say, russian.items[0].reasons]);
  t.match((await owner.get('/v1/extra-payment-advice?asOf=2026-03-31&clientId=granit')).body, {
    stages: 0,
    total: rub(0),
  });
  // The stage never was: its hour is taken out, and it is closed without revenue, so that the rest reckons with one stage.
  await done(owner, `/v1/time-entries/${entryId}/void`, { reason: 'A trial' });
  const off = { amount: rub(2_000_000), writtenOffOn: '2026-04-01', reason: 'A trial' };
  await done(owner, '/v1/stages/cheap/write-offs', off);
};

const ofMethod = (items: { method: string }[]) => Object.fromEntries(items.map((item) => [item.method, item]));

const costAdvice = async (t: Test, owner: Caller, manager: Caller) => {
  const path = `/v1/cost-measure-advice?clientId=flora&${APRIL}`;
  const { body } = await owner.get(path);
  t.strictSame(body.window, { from: '2026-02-01', to: '2026-05-01' });
  const saving = (item: { method: string; monthlySaving: { minor: number } | null }) => [
    item.method,
    item.monthlySaving?.minor,
  ];
  t.strictSame(body.items.map(saving), [
    // 3 h of rework, 3,703.68, and 1 h out of scope, 1,234.56: 4,938.24 / 3
    ['enforce-contract', 164_608],
    // Designers are the speciality. Boris's 3 h, 7,037.01, for 3,000 with Gleb: 4,037.01 / 3
    ['subcontract', 134_567],
    // 7,037.01 of travel and talk, borne by two stages instead of one: / 2 / 3
    ['new-sale', 117_284],
    // 2 h unplanned; the median of 7,200 and 1,800 s is 4,500; 2,700 s x 24,320.85 / 61,200 s / 3
    ['reduce-contact', 35_766],
    // 10,800 s of ours against 9,000: 1,800 s at the same price
    ['mirror-client', 23_844],
  ]);
  t.match(ofMethod(body.items)['reduce-contact'], {
    inputs: [{ count: 7_200 }, { count: 4_500 }, { count: 2_700 }, { money: rub(143_064) }, { count: 3 }],
  });
  const first = (await owner.get(`${path}&limit=2`)).body;
  const second = (await owner.get(`${path}&limit=3&cursor=${first.nextCursor}`)).body;
  t.strictSame([...first.items, ...second.items], body.items, 'pages');
  t.equal(second.nextCursor, null);
  const idle = (await owner.get(`/v1/cost-measure-advice?clientId=granit&${APRIL}`)).body.items;
  t.ok(idle.every((item: { monthlySaving: null; missing: string | null }) => item.missing !== null));
  const { items: hidden } = (await manager.get(path)).body;
  for (const method of ['enforce-contract', 'subcontract', 'new-sale']) {
    const item = ofMethod(hidden)[method];
    t.match(item, { monthlySaving: null, suppressed: true });
    t.notMatch(JSON.stringify(item), /minor/);
  }
  t.match(ofMethod(hidden)['reduce-contact'], { monthlySaving: rub(35_766), suppressed: false });
  t.equal((await owner.get('/v1/cost-measure-advice?clientId=none')).status, 404);
};

const measures = async (t: Test, owner: Caller, manager: Caller) => {
  const calls = { measureId: 'calls', method: 'reduce-contact', scope: { kind: 'client', clientId: 'flora' } };
  const expected = { startedOn: '2026-03-01', expectedMonthlySaving: rub(100_000) };
  await done(manager, '/v1/cost-measures', { ...calls, ...expected });
  const terms = { measureId: 'terms', method: 'enforce-contract', scope: { kind: 'project', projectId: 'site' } };
  t.match(await done(manager, '/v1/cost-measures', { ...terms, startedOn: '2026-03-15' }), {
    scope: { kind: 'project', projectId: 'site', clientId: 'flora' },
  });
  const refused = async (body: object) => (await owner.post('/v1/cost-measures', body)).body.code;
  t.equal(await refused({ ...calls, ...expected }), 'cost-measure-exists');
  t.equal(await refused({ ...calls, measureId: 'x', scope: { kind: 'client', clientId: 'none' } }), 'client-not-found');
  const foreign = { ...calls, measureId: 'x', expectedMonthlySaving: { minor: 1, currency: 'EUR' } };
  t.equal(await refused(foreign), 'currency-mismatch');

  const list = async (by: Caller, query: string) => (await by.get(`/v1/cost-measures?${query}`)).body;
  const { items } = await list(owner, 'asOf=2026-03-31&clientId=flora');
  t.match(items, [
    {
      measureId: 'terms',
      status: 'running',
      effect: {
        // 17 days from the 15th, against [26 Feb, 15 Mar): 3,703.68 of rework, then none; 15,000 agreed on the 25th.
        days: 17,
        before: { from: '2026-02-26', to: '2026-03-15', favourCost: rub(370_368), unplannedContacts: null },
        after: { from: '2026-03-15', to: '2026-04-01', favourCost: rub(0), agreedExtraPayments: rub(1_500_000) },
        saving: rub(1_870_368),
        monthlySaving: rub(3_346_492), // x 365 / 12 / 17
        tooEarly: true,
      },
    },
    {
      measureId: 'calls',
      effect: {
        // 31 days of March, against [29 Jan, 1 Mar): 2 h of Boris's then, 1 h now.
        days: 31,
        before: { from: '2026-01-29', to: '2026-03-01', contactCost: rub(469_134), unplannedContacts: 1 },
        after: { contactCost: rub(234_567), unplannedContacts: 1, outboundContacts: 1 },
        saving: rub(234_567),
        monthlySaving: rub(230_153),
        tooEarly: false,
      },
    },
  ]);
  await done(owner, '/v1/cost-measures/terms/end', { endedOn: '2026-03-31' });
  t.equal((await owner.post('/v1/cost-measures/terms/end')).body.code, 'cost-measure-ended');
  t.equal((await owner.post('/v1/cost-measures/none/end')).status, 404);
  const ended = await list(owner, `${APRIL}&status=ended`);
  t.match(ended.items, [{ measureId: 'terms', endedOn: '2026-03-31', effect: { saving: rub(1_870_368), days: 17 } }]);
  t.equal((await list(owner, `${APRIL}&method=new-sale`)).items.length, 0);
  const hidden = await list(manager, 'asOf=2026-03-31');
  t.match(hidden.items, [{ suppressed: true, effect: { saving: null, after: { favourSeconds: 0, cost: null } } }, {}]);
  const running = (await owner.get(`/v1/cost-measure-advice?clientId=flora&method=reduce-contact&${APRIL}`)).body;
  t.strictSame(running.items[0].running, ['calls']);
};

/** 15,000 of 20,000 agreed; 30,000 paid in time and 20,000 two weeks late; one dispute; less content; closed in April. */
const dealings = async (owner: Caller) => {
  const payment = { extraPaymentId: 'more', stageId: 'design', amount: rub(2_000_000), proposedOn: '2026-03-23' };
  await done(owner, '/v1/extra-payments', payment);
  const agreed = { agreedBy: 'Vera', channel: 'email', amount: rub(1_500_000), agreedOn: '2026-03-25' };
  await done(owner, '/v1/extra-payments/more/agreement', agreed);
  const lines = [{ stageId: 'design', amountMinor: 5_000_000 }];
  const invoice = { invoiceId: 'i1', currency: 'RUB', lines, issuedOn: '2026-02-20', dueOn: '2026-03-06' };
  await done(owner, '/v1/invoices', invoice);
  await done(owner, '/v1/invoices/i1/payments', { amount: rub(3_000_000), paidOn: '2026-03-06' });
  await done(owner, '/v1/invoices/i1/payments', { amount: rub(2_000_000), paidOn: '2026-03-21' });
  for (const [statedOn, score] of [
    ['2026-04-20', 8],
    ['2026-03-20', 9],
    ['2026-05-02', 1],
  ])
    await done(owner, '/v1/clients/flora/satisfaction', { score, statedBy: 'Vera', statedOn });
  const dispute = { disputeId: 'which', raisedBy: 'Vera', channel: 'email', disputedOn: '2026-03-21', words: 'Agreed' };
  await done(owner, '/v1/requests/font/disputes', dispute);
  await done(owner, '/v1/stages/design/close', { closedOn: '2026-04-15' });
};

const loyalty = async (t: Test, owner: Caller) => {
  const { body } = await owner.get(`/v1/clients/flora/loyalty?${APRIL}`);
  const points = Object.fromEntries(
    body.components.map((each: { component: string; points: number }) => [each.component, each.points]),
  );
  t.match(points, {
    profitability: 98.56, // 90,679.15 of 115,000 is 78.85%: 50 x 0.788514 / 0.4
    'profit-share': 100, // all of it, of two clients
    growth: null,
    'unplanned-contacts': 1.04, // 2 in 64 working days: 100 x 2 / 192
    'unpaid-share': 70.59, // 6 h of 17: 200 x 6 / 17
    tenure: 41.67, // 15 whole months of 36
    'repeat-stages': 20, // cheap came after design
    'payment-discipline': 80, // 20,000 of 50,000 15 days late: 6 days on average
    'extra-payments': 75,
    disputes: 75,
    satisfaction: 80,
  });
  // (5 x 98.56 + 3 x 100) / 8; (1.04 + 70.59) / 2; (2 x 41.67 + 3 x 20 + 2 x 80 + 2 x 75 + 75 + 80) / 11
  t.strictSame([body.value, body.attention, body.loyalty], [99.1, 35.82, 55.3]);
  t.match(body, { segment: 'invest', insufficientData: false, suppressed: false });
  const evidence = body.components
    .flatMap((each: { evidence: { kind: string; ref: string }[] }) => each.evidence)
    .map(({ kind, ref }: { kind: string; ref: string }) => `${kind} ${ref}`);
  for (const piece of ['invoice i1', 'extra-payment more', 'stage cheap', 'dispute which'])
    t.ok(evidence.includes(piece), piece);

  const { body: segments } = await owner.get(`/v1/client-segments?${APRIL}&sort=value`);
  t.match(segments.items, [
    { clientId: 'flora', value: 99.1, segment: 'invest', revenue: rub(11_500_000), profit: rub(9_067_915) },
    { clientId: 'granit', value: null, segment: null, insufficientData: true },
  ]);
  t.match(segments.counts, { invest: 1, insufficientData: 1 });
  const { months } = (await owner.get(`/v1/clients/flora/loyalty/history?${APRIL}&months=3`)).body;
  t.match(months, [
    { month: '2026-02', on: '2026-02-28', insufficientData: true },
    { month: '2026-03', insufficientData: true },
    { month: '2026-04', value: 99.1, attention: 35.82, loyalty: 55.3, segment: 'invest' },
  ]);
  t.match((await owner.get('/v1/clients/flora/satisfaction?limit=1')).body.items, [
    { score: 1, statedOn: '2026-05-02' },
  ]);
};

/** What the scores are made of: points as fractions, means by weight, the rule applied, and the events. */
const loyaltyExplained = async (t: Test, owner: Caller, manager: Caller) => {
  const path = `/v1/clients/flora/loyalty/explanation?${APRIL}`;
  const { body } = await owner.get(path);
  t.match(body.means, [
    { of: 'value', numerator: '79280', denominator: '8', inHundredths: 9_910 }, // 5 x 9,856 + 3 x 10,000
    { of: 'attention', numerator: '35815', denominator: '10', inHundredths: 3_582 }, // 5 x 104 + 5 x 7,059
    { of: 'loyalty', numerator: '60834', denominator: '11', inHundredths: 5_530 },
  ]);
  const step = (name: string) => body.components.find(({ component }: { component: string }) => component === name);
  t.match(step('unplanned-contacts'), { numerator: '200', denominator: '192', pointsInHundredths: 104 });
  t.match(step('growth'), { numerator: null, pointsInHundredths: null, missing: /six months/ });
  t.strictSame(
    body.rules.map(({ segment, holds }: { segment: string; holds: boolean }) => [segment, holds]),
    [
      ['exit', false],
      ['reprice', false],
      ['reduce-contact', false],
      ['invest', true],
      ['maintain', true],
    ],
  );
  const { facts, events } = body;
  const types = (from: readonly number[]) =>
    from.map((at) => events.find(({ position }: { position: number }) => position === at)?.type);
  t.strictSame(types(facts.contacts.from), ['InteractionLogged', 'InteractionLogged']);
  t.strictSame(types(facts.invoices[0].from), ['InvoiceIssued', 'PaymentRecorded', 'PaymentRecorded']);
  t.strictSame(types(facts.satisfaction.from), ['SatisfactionRecorded']);
  t.strictSame(types(facts.disputes[0].from), ['RequestDisputed']);
  t.match(facts.answered, [{ extraPaymentId: 'more', proposedMinor: 2_000_000, agreedMinor: 1_500_000 }]);
  const [now] = facts.client;
  const profit = (await owner.get(now.explanation.path)).body.sums.find(({ of }: { of: string }) => of === 'profit');
  t.equal(profit.minor, now.revenueMinor - now.costMinor, 'explained in its turn');
  const ofManager = await manager.get(path);
  t.match(ofManager.body, { segment: 'invest', means: [{}, { inHundredths: 3_582 }, { inHundredths: 5_530 }] });
  for (const { costMinor } of ofManager.body.facts.client) t.equal(costMinor === null, ofManager.body.suppressed);
  t.equal((await owner.get('/v1/clients/none/loyalty/explanation')).status, 404);
};

/** 190 more calls make three a working day; weights that forget them do not make such a client one to invest in. */
const tooManyCalls = async (t: Test, owner: Caller) => {
  const before = (await owner.get(`/v1/clients/flora/loyalty?${APRIL}`)).body;
  for (let call = 0; call < 190; call += 1)
    await contact(owner, 'flora', `2026-04-${String(1 + (call % 30)).padStart(2, '0')}`);
  const of = async (query = '') => (await owner.get(`/v1/clients/flora/loyalty?${APRIL}${query}`)).body;
  t.match(await of(), { attention: 85.3, segment: 'reduce-contact' });
  const { weights } = before.settings;
  const lenient = { ...before.settings, highAttentionFrom: 80, weights: { ...weights, unplannedContacts: 0 } };
  const agency = { name: 'Small', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'capacity' };
  await done(owner, '/v1/agency', { ...agency, loyalty: lenient }, 'PUT');
  const patient = await of();
  t.match(patient, { attention: 70.59, segment: 'maintain', settings: { highAttentionFrom: 80 } });
  t.ok(patient.advice.reasons.some(({ code }: { code: string }) => code === 'too-many-contacts'));
  const { knownAt: _, ...then } = await of(`&knownAt=${before.knownAt}`);
  const { knownAt: __, ...was } = before;
  t.strictSame(then, was, 'known then: other calls and other weights');
};

t.test('who deserves care, when to ask, and what would cost less', { timeout: 200_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  const manager = await headroom.as('manager');
  await smallAgency(owner, await headroom.as('finance'));
  await work(owner);
  await contacts(owner);
  await whatToAskFor(t, owner);
  await dealings(owner);
  await costAdvice(t, owner, manager);
  await measures(t, owner, manager);
  await loyalty(t, owner);
  await loyaltyExplained(t, owner, manager);
  await tooManyCalls(t, owner);
});
