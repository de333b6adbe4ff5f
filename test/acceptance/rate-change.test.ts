/** A salary turns out to be another one: previewed, applied, and what it makes of a month that was closed; on both stores. */

import { setTimeout as sleep } from 'node:timers/promises';
import { stageEntries, stageIds } from '@headroom/contracts/examples/worked-example';
import { createPool } from '@headroom/postgres';
import t, { type Test } from 'tap';
import { type Caller, startHeadroom, stores } from '../support/running-headroom.ts';
import { done, rub } from '../support/small-agency.ts';
import { breakdown, workedAgency } from '../support/worked-agency.ts';

t.setTimeout(300_000);

const HOUR = 3_600;
const { stageId } = stageIds;
const stage = async (by: Caller, query = '') => (await by.get(`/v1/stages/${stageId}/profitability?${query}`)).body;

/** The operation once it has ended. */
const ended = async (by: Caller, operationId: string) => {
  for (;;) {
    const { body } = await by.get(`/v1/operations/${operationId}`);
    if (body.finishedAt !== null) return body;
    await sleep(20);
  }
};

const annaEarnsMore = {
  rates: [{ specialistId: 'anna', effectiveFrom: '2026-03-16', breakdown: breakdown(14_000_000) }],
};

const previewed = async (t: Test, owner: Caller) => {
  const before = await stage(owner);
  const { status, body: preview } = await owner.post('/v1/rate-changes/preview', annaEarnsMore);
  t.equal(status, 200, JSON.stringify(preview.errors ?? preview.code ?? ''));
  t.match(preview.changes, [{ specialistId: 'anna', rateBefore: '2328.0000', ratePerHour: '2653.5000' }]);
  const dated = stageEntries.filter(
    ({ specialistId, workDate }) => specialistId === 'anna' && workDate >= '2026-03-16',
  );
  t.match(preview.entries, { count: dated.length, seconds: 19.5 * HOUR }, '19.5 of her hours are dated from then on');
  const [line] = preview.stages.items;
  t.match([line.id, line.before.forecastMargin, line.after.forecastMargin], [stageId, '0.402724', '0.367147']);
  t.strictSame([line.before.cost, line.after.cost], [rub(11_910_225), rub(12_544_950)]);
  t.strictSame(line.difference.cost, rub(634_725), '19.5 x (2,653.50 - 2,328) = 6,347.25');
  for (const level of ['projects', 'clients', 'managers'])
    t.match(preview[level], { count: 1, items: [{ difference: { cost: rub(634_725) } }] }, level);
  t.strictSame([preview.agency.before.cost, preview.agency.after.cost], [line.before.cost, line.after.cost]);
  t.match(
    preview.flips.items.map(({ what, before, after }: { what: string; before: string; after: string }) => [
      what,
      before,
      after,
    ]),
    [
      ['standard', 'above', 'below'],
      ['headroom', 'enough', 'negative'],
      ['alert', 'within', 'reached'],
    ],
    '40.27% becomes less than 40%, and a threshold of the budget is reached',
  );
  t.strictSame([preview.closedMonths, preview.frozenReviews], [[], []]);
  t.strictSame(await stage(owner), before, 'and nothing is changed');
  return preview;
};

const refusals = async (t: Test, owner: Caller, manager: Caller) => {
  const nobody = { rates: [{ specialistId: 'vera', effectiveFrom: '2026-03-16', ratePerHour: '1' }] };
  t.match(await owner.post('/v1/rate-changes/preview', nobody), {
    status: 404,
    body: { code: 'specialist-not-found' },
  });
  t.match(await owner.post('/v1/rate-changes/preview', {}), { body: { code: 'nothing-to-change' } });
  t.match(await owner.post('/v1/rate-changes', { reason: 'None' }), { body: { code: 'nothing-to-change' } });
  t.equal((await manager.post('/v1/rate-changes/preview', annaEarnsMore)).status, 403, 'rates are not for everybody');
  const standard = { standards: [{ margin: '0.5', effectiveFrom: '2026-01-01' }] };
  const { body } = await owner.post('/v1/rate-changes/preview', standard);
  t.match([body.entries.count, body.flips.items[0]], [0, { what: 'standard', before: 'above', after: 'below' }]);
};

const applied = async (t: Test, owner: Caller, key: string, body: object) => {
  const started = await owner.post('/v1/rate-changes', body, { 'idempotency-key': key });
  t.equal(started.status, 202, JSON.stringify(started.body));
  const operation = await ended(owner, started.body.operationId);
  t.equal(operation.status, 'succeeded', operation.failure ?? '');
  const again = await owner.post('/v1/rate-changes', body, { 'idempotency-key': key });
  t.strictSame([again.status, again.body.operationId], [202, operation.operationId], 'the same request begins nothing');
  return operation.result;
};

/** A closed month, a frozen review, and Boris's salary, which nobody had known. */
const acrossAClosedMonth = async (t: Test, owner: Caller) => {
  await done(owner, `/v1/stages/${stageId}/close`, { closedOn: '2026-03-27' });
  await done(owner, '/v1/periods/2026-03/close', {});
  await done(owner, '/v1/reviews/2026-03/freeze', {});
  const reported = (await owner.get('/v1/reviews/2026-03')).body.figures;
  // 160,000 x 1.302 + 30,000 = 238,320 a month: 2,979 an hour. His 9 hours cost 9 x 162.75 = 1,464.75 more.
  const adjustments = [{ effectiveFrom: '2026-03-01', role: 'manager', monthlySalaryMinor: 16_000_000 }];
  const { body: preview } = await owner.post('/v1/rate-changes/preview', { adjustments });
  t.match(preview.changes, [{ specialistId: 'boris', rateBefore: '2816.2500', ratePerHour: '2979.0000' }]);
  const march = {
    month: '2026-03',
    before: { revenue: rub(21_500_000), cost: rub(12_544_950), margin: '0.416514' },
    after: { revenue: rub(21_500_000), cost: rub(12_691_425), margin: '0.409701' },
    seconds: 9 * HOUR,
  };
  t.match([preview.closedMonths, preview.frozenReviews], [[march], ['2026-03']]);

  await applied(t, owner, 'boris', { adjustments, reason: 'The new contract was not sent' });
  const more = [{ effectiveFrom: '2026-03-01', role: 'manager', monthlyOverheadMinor: 3_080_000 }];
  const second = await applied(t, owner, 'overhead', { adjustments: more, reason: 'The rent' });
  t.match(second.closedMonths, [{ before: march.after }]);
  const { body: list } = await owner.get('/v1/restatements?month=2026-03');
  t.match(list.items, [
    { reported: march.before, before: march.before, restated: march.after, reason: 'The new contract was not sent' },
    { reported: march.before, before: march.after, restated: second.closedMonths[0].after, reason: 'The rent' },
  ]);
  const { items } = list;
  const { body: next } = await owner.get('/v1/restatements?limit=1');
  const { body: last } = await owner.get(`/v1/restatements?limit=1&cursor=${next.nextCursor}`);
  t.strictSame([...next.items, ...last.items, last.nextCursor], [...items, null], 'page by page');
  const review = (await owner.get('/v1/reviews/2026-03')).body;
  t.strictSame(review.figures, reported, 'what was reported stays');
  t.equal(review.restatement.moved[0].restated.cost.minor, items[1].restated.cost.minor, 'the restatement beside it');
};

/** The agency's events folded anew beside the rows that serve: the same; a row that somebody changed is found and mended. */
const replays = async (t: Test, owner: Caller, databaseUrl: string) => {
  const replay = async (body: object) => {
    const started = await owner.post('/v1/replays', body);
    t.equal(started.status, 202, JSON.stringify(started.body));
    await ended(owner, started.body.operationId);
    return (await owner.get(`/v1/replays/${started.body.operationId}`)).body;
  };
  const scope = { projections: ['profitability'], specialistId: 'anna', from: '2026-03-16', to: '2026-04-01' };
  const { status, body } = await owner.post('/v1/replays', { ...scope, dryRun: true });
  t.match([status, body], [200, { dryRun: true, estimate: { exact: true } }], JSON.stringify(body));
  t.match(await replay(scope), {
    status: 'succeeded',
    result: { rowsTouched: body.estimate.rows, events: body.estimate.events, differences: [], repaired: false },
  });
  const all = await replay({});
  t.match(all, { status: 'succeeded', result: { rowsTouched: null, differences: [] } });
  t.equal(all.result.compared.length, 4, 'every projection');

  const pool = createPool(databaseUrl, { applicationName: 'test', max: 1 });
  await pool.query(`update profitability.time_entry set seconds = seconds + 60 where specialist_id = 'anna'
    and entry_id = (select min(entry_id) from profitability.time_entry where specialist_id = 'anna')`);
  await pool.end();
  const found = [{ projection: 'profitability', table: 'time_entry', count: 1 }];
  const stopped = await replay({ specialistId: 'anna' });
  t.match(stopped, { status: 'failed', failure: /^rows-differ: /, result: { repaired: false, differences: found } });
  t.match(stopped.result.differences[0].rows, [{ kind: 'changed', columns: ['seconds'] }], 'reported by row');
  t.match(await replay({ specialistId: 'boris' }), { status: 'succeeded' }, 'another scope does not look there');
  t.match(await replay({ specialistId: 'anna', onDifference: 'repair' }), {
    status: 'succeeded',
    result: { repaired: true, differences: found },
  });
  t.match(await replay({}), { status: 'succeeded', result: { differences: [] } }, 'mended');
  t.match(await owner.post('/v1/replays', { projections: ['nonsense'] }), { body: { code: 'projection-not-found' } });
  const backwards = { from: '2026-03-02', to: '2026-03-02' };
  t.match(await owner.post('/v1/replays', backwards), { body: { code: 'window-backwards' } });
};

for (const store of stores) {
  t.test(`the rate change of the worked example on ${store}`, { timeout: 120_000 }, async (t) => {
    const headroom = await startHeadroom(t, store);
    const [owner, finance, manager] = await Promise.all([
      headroom.as('owner'),
      headroom.as('finance'),
      headroom.as('manager'),
    ]);
    await workedAgency(owner, finance);
    const preview = await previewed(t, owner);
    await refusals(t, owner, manager);

    const result = await applied(t, owner, 'payslip', { ...annaEarnsMore, reason: 'The payslip of March' });
    const { rateChangeId: _, ...said } = preview;
    t.match(result, said, 'the report is what the preview said');
    const after = await stage(owner);
    t.strictSame([after.cost, after.estimateAtCompletion], [rub(12_544_950), rub(13_606_350)], 'EAC 136,063.50');
    t.equal(after.forecastMargin, '0.367147');
    t.strictSame(after.cost, preview.stages.items[0].after.cost, 'preview == what applying gave');
    const past = await stage(owner, `knownAt=${preview.knownAt}`);
    t.equal(past.forecastMargin, '0.402724', 'asked as known before the change, it is still 40.27%');

    await acrossAClosedMonth(t, owner);
    await replays(t, owner, headroom.databaseUrl);
  });
}
