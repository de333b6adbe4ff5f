/**
 * Why a figure moved: the rate change of the worked example, what comes after a month was closed, and what days bring, on
 * both stores.
 */

import { stageIds } from '@headroom/contracts/examples/worked-example';
import t, { type Test } from 'tap';
import { type Caller, startHeadroom, stores } from '../support/running-headroom.ts';
import { done, rub } from '../support/small-agency.ts';
import { breakdown, workedAgency } from '../support/worked-agency.ts';

t.setTimeout(300_000);

const HOUR = 3_600;
const DAY = '2026-03-31';
const { stageId, projectId, clientId } = stageIds;

const figures = async (by: Caller, query = `asOf=${DAY}`) =>
  (await by.get(`/v1/stages/${stageId}/profitability?${query}`)).body;

interface Compared {
  readonly difference: { readonly minor: number };
  readonly causes: readonly { readonly cause: string; readonly change: { readonly minor: number } }[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly [member: string]: any;
}

/** A comparison whose causes, and whose changes over all pages, add up to the difference. */
const compared = async (t: Test, by: Caller, query: string): Promise<Compared> => {
  const { status, body } = await by.get(`/v1/figures/comparison?${query}`);
  if (status !== 200) throw new Error(`${query}: ${JSON.stringify(body)}`);
  const sum = (list: readonly { readonly change: { readonly minor: number } }[]) =>
    list.reduce((total, { change }) => total + change.minor, 0);
  const all = [...body.items];
  for (let cursor = body.nextCursor; cursor !== null; ) {
    const page = await by.get(`/v1/figures/comparison?${query}&cursor=${encodeURIComponent(cursor)}`);
    all.push(...page.body.items);
    cursor = page.body.nextCursor;
  }
  t.equal(sum(body.causes), body.difference.minor, `causes add up: ${query}`);
  t.equal(sum(all), body.difference.minor, 'and so do all changes');
  t.equal((body.to.value?.minor ?? 0) - (body.from.value?.minor ?? 0), body.difference.minor);
  return body;
};

const ratesStory = async (t: Test, owner: Caller): Promise<void> => {
  const { knownAt, forecastMargin } = await figures(owner);
  t.equal(forecastMargin, '0.402724');
  await done(owner, '/v1/specialists/anna/cost-rates', {
    effectiveFrom: '2026-03-16',
    breakdown: breakdown(14_000_000),
    reason: 'The payslip of March shows the new salary',
  });
  const axes = `asOf=${DAY}&fromKnownAt=${knownAt}`;
  const cost = await compared(t, owner, `stageId=${stageId}&figure=cost&${axes}`);
  t.strictSame(cost.difference, rub(634_725), '19.5 x 325.50 = 6,347.25 more');
  t.match(cost, {
    causes: [{ cause: 'cost-rates', change: rub(634_725), changes: 1 }],
    items: [{ stageId, event: { type: 'CostRateSet', reason: 'The payslip of March shows the new salary' } }],
    from: { value: rub(11_910_225), forecastMargin: '0.402724', knownAt },
    to: { value: rub(12_544_950), forecastMargin: '0.367147' },
    nextCursor: null,
  });
  for (const scope of [`projectId=${projectId}`, `clientId=${clientId}`])
    t.strictSame((await compared(t, owner, `${scope}&figure=cost&${axes}`)).difference, rub(634_725), scope);
  const headroom = await compared(t, owner, `stageId=${stageId}&figure=headroom&${axes}`);
  t.strictSame(headroom.difference, rub(-764_925), '(19.5 + 4) x 325.50');
  const explained = async (query: string) => (await owner.get(`/v1/stages/${stageId}/explanation?${query}`)).body;
  const before = await explained(`asOf=${DAY}&knownAt=${knownAt}`);
  const after = await explained(`asOf=${DAY}`);
  const rates = ({ facts }: { facts: { rates: { specialistId: string; ratePerHour: string }[] } }) =>
    facts.rates.filter(({ specialistId }) => specialistId === 'anna').map(({ ratePerHour }) => ratePerHour);
  t.strictSame([rates(before), rates(after)], [['2328.0000'], ['2328.0000', '2653.5000']]);
  t.match([before.figures.costMinor, after.figures.costMinor], [11_910_225, 12_544_950]);
  const [labour] = after.roundings;
  t.match(labour, { of: 'labourCost', minor: 12_364_950, denominator: '36000000' });
  t.equal(after.facts.entries.at(-1).cumulatedMinor, 12_364_950, 'the running allocation ends in the labour cost');
  t.ok(after.events.some(({ type }: { type: string }) => type === 'CostRateSet'));
};

/** What comes after a month was closed: a correction that an open month takes, a write-off, a reopened stage, more hours. */
const closedMonthStory = async (t: Test, owner: Caller, finance: Caller): Promise<void> => {
  await done(owner, `/v1/stages/${stageId}/close`, { closedOn: DAY });
  await done(finance, '/v1/periods/2026-03/close', { reason: 'Reported' });
  const { knownAt } = await figures(owner, 'asOf=2026-04-30');
  const given = { amount: rub(500_000), writtenOffOn: '2026-04-10', reason: 'Goodwill of the director' };
  await done(owner, `/v1/stages/${stageId}/write-offs`, given);
  await done(owner, `/v1/stages/${stageId}/reopen`, { reopenedOn: '2026-04-12', reason: 'One more round' });
  const { body: entries } = await owner.get(`/v1/time-entries?stageId=${stageId}&specialistId=boris`);
  const { entryId } = entries.items[0];
  const change = { seconds: 2 * HOUR, reason: 'The break', adjustment: true, postOn: '2026-04-02' };
  await done(owner, `/v1/time-entries/${entryId}/correction`, change);
  const more = { specialistId: 'anna', stageId, workDate: '2026-04-13', seconds: HOUR, activity: 'rework' };
  await done(owner, '/v1/time-entries', more);
  const axes = `asOf=2026-04-30&fromKnownAt=${knownAt}`;
  const cost = await compared(t, owner, `stageId=${stageId}&figure=cost&${axes}`);
  t.strictSame(
    Object.fromEntries(cost.causes.map(({ cause, change: { minor } }) => [cause, minor])),
    { corrections: -281_625, hours: 265_350 },
    'an hour of Boris less, an hour of Anna more',
  );
  const profit = await compared(t, owner, `stageId=${stageId}&figure=profit&limit=1&${axes}`);
  const causes = profit.causes.map(({ cause }) => cause).sort();
  t.strictSame(causes, ['corrections', 'hours', 'reopened-stages', 'write-offs']);
  const reported = await compared(t, owner, `stageId=${stageId}&figure=cost&asOf=${DAY}&fromKnownAt=${knownAt}`);
  t.strictSame([reported.difference, reported.items], [rub(0), []], 'the closed month is as it was reported');
};

const daysStory = async (t: Test, owner: Caller): Promise<void> => {
  const axes = `fromAsOf=2026-03-10&asOf=${DAY}`;
  const cost = await compared(t, owner, `stageId=${stageId}&figure=cost&limit=3&${axes}`);
  t.same(Object.keys(Object.groupBy(cost.causes, ({ cause }) => cause)).sort(), ['expenses', 'hours']);
  t.equal(cost.items.length, 3);
  const revenue = await compared(t, owner, `clientId=${clientId}&figure=contractRevenue&${axes}`);
  t.match(revenue.causes, [{ cause: 'extra-payments', change: rub(1_500_000) }]);
  t.match(revenue.items[0], { on: '2026-03-20', event: { type: 'ExtraPaymentAgreed' } });
};

const refusals = async (t: Test, owner: Caller, manager: Caller): Promise<void> => {
  const path = '/v1/figures/comparison';
  const one = `stageId=${stageId}&figure=cost`;
  t.equal((await manager.get(`${path}?${one}&fromKnownAt=1`)).status, 403, 'single hours tell rates');
  t.equal((await manager.get(`/v1/stages/${stageId}/explanation`)).status, 403);
  t.match((await owner.get(`${path}?${one}`)).body, { code: 'nothing-to-compare' });
  t.match((await owner.get(`${path}?figure=cost&fromKnownAt=1`)).body, { code: 'one-scope-expected' });
  t.match((await owner.get(`${path}?${one}&fromAsOf=2026-04-01&asOf=${DAY}`)).body, { code: 'from-is-later' });
  t.match((await owner.get(`${path}?stageId=nowhere&figure=cost&fromKnownAt=1`)).status, 404);
};

for (const store of stores) {
  t.test(`why the worked example moved, on ${store}`, { timeout: 120_000 }, async (t) => {
    const headroom = await startHeadroom(t, store);
    const [owner, finance] = [await headroom.as('owner'), await headroom.as('finance')];
    await workedAgency(owner, finance);
    await daysStory(t, owner);
    await ratesStory(t, owner);
    await closedMonthStory(t, owner, finance);
    await refusals(t, owner, await headroom.as('manager'));
  });
}
