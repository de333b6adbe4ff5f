/** Every number of the worked example, out of a running server through REST, on both stores. */

import { stageEntries, stageIds } from '@headroom/contracts/examples/worked-example';
import t, { type Test } from 'tap';
import { type Caller, type RunningHeadroom, startHeadroom, stores } from '../support/running-headroom.ts';

const HOUR = 3_600;
const rub = (minor: number) => ({ minor, currency: 'RUB' });
const { stageId, projectId, clientId } = stageIds;
const breakdown = (monthlySalaryMinor: number) => ({
  monthlySalaryMinor,
  payrollTax: '0.302',
  monthlyOverheadMinor: 3_000_000,
  monthlyHours: 160,
  utilisation: '0.5',
});

/** Carries a command out, and says what it was when it was not accepted. */
const done = async (t: Test, by: Caller, path: string, body: unknown, method: 'POST' | 'PUT' = 'POST') => {
  const { status, body: answer } = await by.command(method, path, body);
  if (status >= 300) t.fail(`${path}: ${JSON.stringify(answer)}`);
  return answer;
};

const foundAgency = async (t: Test, owner: Caller, finance: Caller) => {
  const settings = { name: 'Northlight', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'billable' };
  await done(t, owner, '/v1/agency', settings, 'PUT');
  await done(t, owner, '/v1/standards', { standardId: 's40', margin: '0.4', effectiveFrom: '2026-01-01' });
  await done(t, finance, '/v1/standards/s40/approval', {});
  await done(t, owner, '/v1/specialists', { specialistId: 'anna', name: 'Anna', role: 'designer' });
  await done(t, owner, '/v1/specialists', { specialistId: 'boris', name: 'Boris', role: 'manager' });
  const setRate = (who: string, salary: number) =>
    done(t, owner, `/v1/specialists/${who}/cost-rates`, {
      effectiveFrom: '2026-01-01',
      breakdown: breakdown(salary),
      reason: 'Contract',
    });
  t.equal((await setRate('anna', 12_000_000)).ratePerHour, '2328.0000');
  t.equal((await setRate('boris', 15_000_000)).ratePerHour, '2816.2500');
};

const beginStage = async (t: Test, owner: Caller) => {
  await done(t, owner, '/v1/clients', { clientId, name: 'Butovo Bricks', since: '2025-01-15' });
  const project = { projectId, clientId, name: 'Landing page', managerId: 'boris', openedOn: '2026-03-01' };
  await done(t, owner, '/v1/projects', project);
  await done(t, owner, '/v1/stages', {
    stageId,
    projectId,
    name: 'Landing design',
    billing: { kind: 'fixed', fee: rub(20_000_000) },
    plannedWork: [
      { role: 'designer', seconds: 40 * HOUR },
      { role: 'manager', seconds: 6 * HOUR },
    ],
  });
  await done(t, owner, `/v1/stages/${stageId}/start`, { startedOn: '2026-03-02' });
};

const work = async (t: Test, owner: Caller) => {
  const items = stageEntries.map(({ specialistId, workDate, seconds, activity, note }) => ({
    specialistId,
    stageId,
    workDate,
    seconds,
    activity,
    ...(note === null ? {} : { note }),
  }));
  const bulk = await done(t, owner, '/v1/time-entries/bulk', { items });
  t.equal(bulk.accepted, items.length);
  const taxi = { category: 'travel', amount: rub(180_000), incurredOn: '2026-03-12', note: 'Taxi to Butovo' };
  await done(t, owner, `/v1/stages/${stageId}/expenses`, taxi);
  const remainingWork = [
    { role: 'designer', seconds: 4 * HOUR },
    { role: 'manager', seconds: 0 },
  ];
  await done(t, owner, `/v1/stages/${stageId}/estimate`, { revisedOn: '2026-03-19', remainingWork });
};

const figures = async (owner: Caller, query = 'asOf=2026-03-31') =>
  (await owner.get(`/v1/stages/${stageId}/profitability?${query}`)).body;

const stageStory = async (t: Test, owner: Caller) => {
  const stage = await figures(owner);
  t.strictSame([stage.plan.cost, stage.plan.margin], [rub(11_001_750), '0.449913'], '40 h and 6 h: 44.99%');
  t.strictSame(stage.cost, rub(11_910_225), '39.5 x 2,328 + 9 x 2,816.25 + 1,800');
  t.strictSame(stage.estimateAtCompletion, rub(12_841_425), 'and 4 x 2,328');
  t.equal(stage.forecastMargin, '0.357929', '(200,000 - 128,414.25) / 200,000');
  t.strictSame(stage.headroom.money, rub(-841_425), '200,000 x 0.6 - 128,414.25');
  t.match(stage, { asOf: '2026-03-31', formulaVersion: '2026.1', revenueBasis: 'earned', suppressed: false });
  t.equal(stage.quality.uncostedSeconds, 0);
};

const fontStory = async (t: Test, owner: Caller) => {
  const { body } = await owner.get(
    `/v1/stages/${stageId}/small-request?specialistId=anna&seconds=7200&asOf=2026-03-31`,
  );
  t.equal(body.verdict, 'exceeds-standard');
  t.strictSame(body.after.estimateAtCompletion, rub(13_307_025), '128,414.25 + 2 x 2,328');
  t.equal(body.after.forecastMargin, '0.334649');
  t.strictSame(body.surcharge, rub(2_178_375), '(133,070.25 - 120,000) / 0.6');
  t.strictSame(
    body.evidence.slice(0, 2).map((item: { seconds: number; cost: unknown }) => [item.seconds, item.cost]),
    [
      [4 * HOUR, rub(1_126_500)],
      [3.5 * HOUR, rub(814_800)],
    ],
    'the Butovo trip first, then the rework',
  );
  t.match(body.evidence[0].title, /Butovo/);
  const advice = await owner.get(`/v1/stages/${stageId}/extra-payment-advice?asOf=2026-03-31`);
  // Without the font: (128,414.25 - 120,000) / 0.6 = 14,023.75
  t.match(advice.body, { verdict: 'ask-now', amount: rub(1_402_375) });
};

const extraPaymentStory = async (t: Test, owner: Caller) => {
  await done(t, owner, '/v1/requests', {
    requestId: 'font',
    projectId,
    stageId,
    askedBy: 'Director of Butovo Bricks',
    channel: 'call',
    askedAt: '2026-03-19T11:00:00+03:00',
    words: 'Could you also change the font?',
  });
  await done(t, owner, '/v1/requests/font/classification', {
    scope: 'out-of-scope',
    rationale: 'The font was agreed in the first round',
    classifiedOn: '2026-03-19',
  });
  await done(t, owner, '/v1/extra-payments', {
    extraPaymentId: 'font-payment',
    stageId,
    requestId: 'font',
    amount: rub(1_500_000),
    estimatedCost: rub(465_600),
    proposedOn: '2026-03-19',
    evidence: [{ kind: 'request', ref: 'font' }],
  });
  await done(t, owner, '/v1/extra-payments/font-payment/agreement', {
    agreedOn: '2026-03-20',
    agreedBy: 'Director of Butovo Bricks',
    channel: 'email',
  });
  const stage = await figures(owner);
  t.strictSame(stage.contractRevenue, rub(21_500_000));
  t.equal(stage.forecastMargin, '0.402724', '(215,000 - 128,414.25) / 215,000 = 40.27%');
  const { body: timeline } = await owner.get('/v1/requests/font/timeline');
  t.strictSame(
    timeline.items.map(({ event }: { event: string }) => event),
    ['registered', 'classified', 'extra-payment-proposed', 'extra-payment-agreed'],
  );
  return stage.knownAt as number;
};

const rateStory = async (t: Test, owner: Caller, knownAt: number) => {
  const rate = await done(t, owner, '/v1/specialists/anna/cost-rates', {
    effectiveFrom: '2026-03-16',
    breakdown: breakdown(14_000_000),
    reason: 'The payslip of March shows the new salary',
  });
  t.equal(rate.ratePerHour, '2653.5000');
  const stage = await figures(owner);
  t.strictSame(stage.cost, rub(12_544_950), '19.5 x 325.50 = 6,347.25 more');
  t.strictSame(stage.estimateAtCompletion, rub(13_606_350));
  t.equal(stage.forecastMargin, '0.367147');
  const before = await figures(owner, `asOf=2026-03-31&knownAt=${knownAt}`);
  t.equal(before.forecastMargin, '0.402724', 'known before the change');
  t.equal(before.knownAt, knownAt);
  const price = async (query: string) =>
    (await owner.get(`/v1/specialists/anna/price-of-an-hour?${query}&asOf=2026-03-15`)).body.price;
  t.strictSame(await price('margin=0.3'), rub(332_571));
  t.strictSame(await price('margin=0.3&revenueTax=0.06'), rub(363_750));
};

/** A closed stage of one specialist, planned and worked in hours of at most ten a day. */
const closedStage = async (
  t: Test,
  owner: Caller,
  stage: { id: string; project: string; plannedHours: number; workedHours: number; fee: number; from: string },
) => {
  const { id, project, plannedHours, workedHours, fee, from } = stage;
  await done(t, owner, '/v1/stages', {
    stageId: id,
    projectId: project,
    name: id,
    billing: { kind: 'fixed', fee: rub(fee) },
    plannedWork: [{ role: 'developer', seconds: plannedHours * HOUR }],
  });
  await done(t, owner, `/v1/stages/${id}/start`, { startedOn: `${from}-01` });
  const items = Array.from({ length: Math.ceil(workedHours / 10) }, (_, day) => ({
    specialistId: 'vera',
    stageId: id,
    workDate: `${from}-${String(day + 1).padStart(2, '0')}`,
    seconds: Math.min(10, workedHours - day * 10) * HOUR,
  }));
  const { accepted } = await done(t, owner, '/v1/time-entries/bulk', { items });
  t.equal(accepted, items.length);
  await done(t, owner, `/v1/stages/${id}/close`, { closedOn: `${from}-28` });
};

const historyStory = async (t: Test, headroom: RunningHeadroom) => {
  const owner = await headroom.as('owner', 'history');
  const finance = await headroom.as('finance', 'history');
  await foundAgency(t, owner, finance);
  await done(t, owner, '/v1/specialists', { specialistId: 'vera', name: 'Vera', role: 'developer' });
  await done(t, owner, '/v1/specialists/vera/cost-rates', {
    effectiveFrom: '2025-01-01',
    ratePerHour: '1000',
    reason: 'Contract',
  });
  for (const client of ['flora', 'granit']) {
    await done(t, owner, '/v1/clients', { clientId: client, name: client, since: '2025-01-15' });
    const project = { projectId: `${client}-site`, clientId: client, name: 'Site', managerId: 'boris' };
    await done(t, owner, '/v1/projects', { ...project, openedOn: '2025-02-01' });
  }
  // Flora: three stages planned with 10 h and worked 14 h: f_c = 1.4. All: (42 + 90) / (30 + 90) = 1.1.
  const stage = { project: 'flora-site', plannedHours: 10, workedHours: 14 };
  await closedStage(t, owner, { ...stage, id: 'f1', fee: 20_000_000, from: '2025-09' });
  await closedStage(t, owner, { ...stage, id: 'f2', fee: 20_000_000, from: '2025-10' });
  await closedStage(t, owner, { ...stage, id: 'f3', fee: 18_200_000, from: '2025-11' });
  const granit = { project: 'granit-site', plannedHours: 90, workedHours: 90, fee: 15_000_000 };
  await closedStage(t, owner, { ...granit, id: 'g1', from: '2025-12' });
  const { body: quote } = await owner.get('/v1/clients/flora/quote?plannedCostMinor=10000000&asOf=2026-03-31');
  t.match(quote, {
    clientFactor: { factor: '1.400000', stages: 3 },
    agencyFactor: { factor: '1.100000', stages: 4 },
    factor: '1.250000',
    price: rub(20_833_333),
    neutralPrice: rub(18_333_333),
  });
  // Flora's profit of twelve months: 582,000 - 42 x 1,000 = 540,000. A gain of 60,000: 60 / (60 + 540) = 10%.
  await done(t, owner, '/v1/stages', {
    stageId: 'f4',
    projectId: 'flora-site',
    name: 'Shop',
    billing: { kind: 'fixed', fee: rub(10_000_000) },
    plannedWork: [{ role: 'developer', seconds: 10 * HOUR }],
  });
  await done(t, owner, '/v1/stages/f4/start', { startedOn: '2026-03-02' });
  const { body: advice } = await owner.get('/v1/stages/f4/extra-payment-advice?gainMinor=6000000&asOf=2026-03-31');
  t.strictSame(advice.risk.futureProfit, rub(54_000_000));
  t.equal(advice.risk.breakEvenProbability, '0.100000');
};

const paybackStory = async (t: Test, owner: Caller) => {
  const query = 'setupMinor=20000000&monthlyFeeMinor=5000000&gainsMinor=3000000,6000000,9000000&currency=RUB';
  const { body } = await owner.get(`/v1/roi/estimate?${query}`);
  // After 8 months: gains 30 + 60 + 6 x 90 = 630, costs 200 + 8 x 50 = 600; after 7: 540 against 550.
  t.equal(body.paybackMonth, 8);
};

// The file as a whole, on a busy machine.
t.setTimeout(300_000);

for (const store of stores) {
  t.test(`the worked example on ${store}`, { timeout: 120_000 }, async (t) => {
    const headroom = await startHeadroom(t, store);
    const owner = await headroom.as('owner');
    await foundAgency(t, owner, await headroom.as('finance'));
    await beginStage(t, owner);
    await work(t, owner);
    await stageStory(t, owner);
    await fontStory(t, owner);
    const knownAt = await extraPaymentStory(t, owner);
    await rateStory(t, owner, knownAt);
    await paybackStory(t, owner);
    await historyStory(t, headroom);
  });
}
