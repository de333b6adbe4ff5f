/** M4, honest time: clock times, timers, approvals, closed months and what comes after them, through REST. */

import t from 'tap';
import { type Caller, startHeadroom, stores } from '../support/running-headroom.ts';
import { done, rub, smallAgency } from '../support/small-agency.ts';

// The file as a whole, on a busy machine.
t.setTimeout(300_000);

const HOUR = 3_600;
const entry = { specialistId: 'anna', stageId: 'design', workDate: '2026-02-10', seconds: 8 * HOUR };
const settings = { name: 'Small', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'capacity' };
const february = '/v1/specialists/anna/timesheets/2026-02';

const stageAt = async (by: Caller, asOf: string) => (await by.get(`/v1/stages/design/profitability?asOf=${asOf}`)).body;

t.test('hours count once another person has approved them', { timeout: 120_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await smallAgency(owner, await headroom.as('finance'));
  await done(owner, '/v1/agency', { ...settings, approvalRequired: true, overlap: 'refuse' }, 'PUT');
  const anna = await headroom.as('specialist', undefined, 'anna');
  const manager = await headroom.as('manager');

  const nine = { ...entry, startedAt: '2026-02-10T09:00:00+03:00' };
  const { entryId } = await done(anna, '/v1/time-entries', nine);
  const four = { ...nine, startedAt: '2026-02-10T16:00:00+03:00', seconds: 2 * HOUR };
  const both = await anna.post('/v1/time-entries', four);
  t.strictSame([both.status, both.body.code], [409, 'overlapping-entry'], '9 to 17 and 16 to 18');
  t.match(JSON.stringify(both.body), entryId, 'the other entry is named');
  const tuesday = await anna.post('/v1/time-entries', { ...nine, workDate: '2026-02-11' });
  t.equal(tuesday.body.code, 'started-on-other-day');

  const waiting = await stageAt(owner, '2026-02-28');
  t.strictSame([waiting.cost.minor, waiting.seconds, waiting.quality.unapprovedSeconds], [0, 0, 8 * HOUR]);
  for (const path of ['/v1/projects/site/profitability', '/v1/clients/flora/profitability']) {
    const { body } = await owner.get(`${path}?asOf=2026-02-28`);
    t.strictSame([body.cost.minor, body.quality.unapprovedSeconds], [0, 8 * HOUR], path);
  }
  t.equal((await manager.post(`${february}/approval`, {})).body.code, 'nothing-submitted');
  t.equal((await anna.post('/v1/specialists/boris/timesheets/2026-02/submission', {})).body.code, 'not-own-time');
  t.strictSame((await done(anna, `${february}/submission`, {})).entryIds, [entryId]);
  t.equal((await anna.post(`${february}/approval`, {})).status, 403, 'a specialist approves nothing');
  const herself = await (await headroom.as('manager', undefined, 'anna')).post(`${february}/approval`, {});
  t.strictSame([herself.status, herself.body.code], [403, 'own-hours']);
  await done(manager, `${february}/approval`, { from: '2026-02-10', to: '2026-02-11' });
  const counted = await stageAt(owner, '2026-02-28');
  // 8 h x 1,234.56
  t.strictSame([counted.cost.minor, counted.quality.unapprovedSeconds], [987_648, 0]);

  await done(manager, `/v1/time-entries/${entryId}/correction`, { seconds: 6 * HOUR, reason: 'A long lunch' });
  const anew = await stageAt(owner, '2026-02-28');
  t.strictSame([anew.cost.minor, anew.quality.unapprovedSeconds], [0, 6 * HOUR], 'a corrected entry is a draft again');
  await done(anna, `${february}/submission`, { entryIds: [entryId] });
  await done(manager, `${february}/rejection`, { reason: 'It was another client' });
  const own = (await anna.get('/v1/time-entries?status=rejected')).body.items;
  t.match(own, [{ entryId, status: 'rejected', rejection: 'It was another client', cost: null, ratePerHour: null }]);
  t.equal((await anna.get('/v1/time-entries?specialistId=boris')).body.code, 'not-own-time');
  await done(anna, `${february}/submission`, {});
  await done(manager, `${february}/approval`, {});
  // 6 h x 1,234.56
  t.equal((await stageAt(owner, '2026-02-28')).cost.minor, 740_736);
  t.match((await owner.get('/v1/time-entries')).body.items, [{ status: 'approved', cost: rub(740_736) }]);

  await done(owner, '/v1/time-entries', { ...entry, workDate: '2026-02-12', seconds: HOUR });
  await done(owner, '/v1/agency', settings, 'PUT');
  const all = await stageAt(owner, '2026-02-28');
  // 7 h x 1,234.56
  t.strictSame([all.cost.minor, all.quality.unapprovedSeconds], [864_192, 0], 'without the setting all hours count');
});

for (const store of stores) {
  t.test(`a closed month keeps what was reported (${store})`, { timeout: 120_000 }, async (t) => {
    const headroom = await startHeadroom(t, store);
    const owner = await headroom.as('owner');
    const finance = await headroom.as('finance');
    await smallAgency(owner, finance);
    const { entryId } = await done(owner, '/v1/time-entries', entry);
    t.equal((await (await headroom.as('manager')).post('/v1/periods/2026-02/close', {})).status, 403);
    await done(finance, '/v1/periods/2026-02/close', { reason: 'Reported' });
    t.equal((await finance.post('/v1/periods/2026-02/close', {})).body.code, 'period-already-closed');

    const taxi = { category: 'travel', amount: rub(50_000), incurredOn: '2026-02-12' };
    const refused = [
      await owner.post('/v1/time-entries', { ...entry, workDate: '2026-02-11' }),
      await owner.post(`/v1/time-entries/${entryId}/correction`, { seconds: 6 * HOUR, reason: 'Lunch' }),
      await owner.post(`/v1/time-entries/${entryId}/void`, { reason: 'Twice' }),
      await owner.post('/v1/stages/design/expenses', taxi),
    ];
    t.strictSame(
      refused.map(({ status, body }) => [status, body.code]),
      refused.map(() => [409, 'period-closed']),
    );

    const change = { seconds: 6 * HOUR, reason: 'Lunch', adjustment: true, postOn: '2026-03-02' };
    const key = { 'idempotency-key': 'lunch' };
    const adjusted = await owner.post(`/v1/time-entries/${entryId}/correction`, change, key);
    t.match(adjusted.body, { after: { seconds: 6 * HOUR }, adjustment: { postedOn: '2026-03-02' } });
    const again = await owner.post(`/v1/time-entries/${entryId}/correction`, change, key);
    t.strictSame(again.body, adjusted.body, 'a repeated adjustment is the first one');
    // February: 8 h x 1,234.56; with the line of March, 2 h less.
    t.equal((await stageAt(owner, '2026-02-28')).cost.minor, 987_648);
    t.equal((await stageAt(owner, '2026-03-01')).cost.minor, 987_648);
    t.equal((await stageAt(owner, '2026-03-02')).cost.minor, 740_736);
    const lines = (await owner.get(`/v1/time-entries?adjusts=${entryId}`)).body.items;
    t.match(lines, [
      { adjusts: entryId, workDate: '2026-02-10', postedOn: '2026-03-02', seconds: -2 * HOUR, cost: rub(-246_912) },
    ]);

    // A rate from March on touches neither; one from the 5th of February touches both: 8 h and 6 h x 1,000.
    const rate = (effectiveFrom: string, ratePerHour: string) =>
      done(owner, '/v1/specialists/anna/cost-rates', { effectiveFrom, ratePerHour, reason: 'Contract' });
    await rate('2026-03-01', '2000.00');
    t.equal((await stageAt(owner, '2026-03-02')).cost.minor, 740_736, 'the rate is that of the day of the work');
    await rate('2026-02-05', '1000.00');
    t.equal((await stageAt(owner, '2026-02-28')).cost.minor, 800_000);
    t.equal((await stageAt(owner, '2026-03-02')).cost.minor, 600_000);

    const forgotten = { ...entry, workDate: '2026-02-11', seconds: HOUR, adjustment: true, postOn: '2026-03-03' };
    t.equal((await done(owner, '/v1/time-entries', forgotten)).postedOn, '2026-03-03');
    const posted = { ...taxi, adjustment: true, postOn: '2026-03-04' };
    t.equal((await done(owner, '/v1/stages/design/expenses', posted)).postedOn, '2026-03-04');
    t.equal((await stageAt(owner, '2026-02-28')).cost.minor, 800_000);
    // 6 h and 1 h x 1,000, and the taxi of 500
    t.equal((await stageAt(owner, '2026-03-04')).cost.minor, 700_000 + 50_000);
    const { items } = (await owner.get('/v1/time-entries?stageId=design')).body;
    const total = items.reduce((sum: number, { cost }: { cost: { minor: number } }) => sum + cost.minor, 0);
    t.equal(total, 700_000, 'entries and lines add up to the labour cost');

    await done(finance, '/v1/periods/2026-02/reopen', { reason: 'A contractor was missing' });
    await done(owner, '/v1/time-entries', { ...entry, workDate: '2026-02-13', seconds: HOUR });
    // 8 h and 1 h x 1,000
    t.equal((await stageAt(owner, '2026-02-28')).cost.minor, 900_000);
    const plain = await owner.post(`/v1/time-entries/${entryId}/correction`, { seconds: HOUR, reason: 'Less' });
    t.equal(plain.body.code, 'entry-adjusted');
    const { items: periods } = (await owner.get('/v1/periods')).body;
    t.match(periods, [{ month: '2026-02', status: 'open', history: [{ what: 'closed' }, { what: 'reopened' }] }]);
    t.equal((await owner.get('/v1/periods?status=closed')).body.items.length, 0);
  });
}

t.test('hours that race with the closing are not lost, and told apart', { timeout: 120_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await smallAgency(owner, await headroom.as('finance'));
  const log = (day: number) =>
    owner.post('/v1/time-entries', { ...entry, workDate: `2026-02-${String(day).padStart(2, '0')}`, seconds: HOUR });
  const [closed, ...answers] = await Promise.all([
    owner.post('/v1/periods/2026-02/close', {}),
    ...Array.from({ length: 20 }, (_, index) => log(index + 1)),
  ]);
  t.ok(answers.every(({ status, body }) => status === 201 || body.code === 'period-closed'));
  const accepted = answers.filter(({ status }) => status === 201).map(({ body }) => body);
  const { items } = (await owner.get('/v1/time-entries?limit=200')).body;
  t.strictSame(
    items.map(({ entryId, late }: { entryId: string; late: boolean }) => [entryId, late]).sort(),
    accepted.map(({ entryId, position }) => [entryId, position > closed.body.position]).sort(),
    'what landed behind the closing is late',
  );
  t.equal((await stageAt(owner, '2026-02-28')).seconds, accepted.length * HOUR);
});

for (const store of stores) {
  t.test(`a timer logs its hours once (${store})`, { timeout: 120_000 }, async (t) => {
    const headroom = await startHeadroom(t, store);
    const owner = await headroom.as('owner');
    await smallAgency(owner, await headroom.as('finance'));
    const anna = await headroom.as('specialist', undefined, 'anna');
    const timer = '/v1/specialists/anna/timer';
    t.equal((await anna.get(timer)).body.running, null);
    const evening = { stageId: 'design', startedAt: '2026-02-05T22:00:00+03:00', note: 'Late shift' };
    const { timerId } = await done(anna, `${timer}/start`, evening);
    const second = await anna.post(`${timer}/start`, { stageId: 'design' });
    t.strictSame([second.status, second.body.code], [409, 'timer-running']);
    t.match((await anna.get(timer)).body.running, { timerId, stageId: 'design', note: 'Late shift' });
    t.equal((await anna.post('/v1/specialists/boris/timer/start', { stageId: 'design' })).body.code, 'not-own-time');

    t.equal((await anna.post(`${timer}/stop`, { timerId: 'another' })).body.code, 'no-running-timer');
    const night = { stoppedAt: '2026-02-06T01:30:00+03:00' };
    const key = { 'idempotency-key': 'stop' };
    const stopped = await anna.post(`${timer}/stop`, night, key);
    // 22:00 to 01:30, on the day on which it began.
    t.match(stopped.body, { timerId, workDate: '2026-02-05', seconds: 12_600 });
    const next = await done(anna, `${timer}/start`, { ...evening, startedAt: '2026-02-07T09:00:00+03:00' });
    const again = await anna.post(`${timer}/stop`, night, key);
    t.strictSame([again.status, again.body], [200, stopped.body], 'a repeated stop is the first one');
    t.equal((await anna.get(timer)).body.running.timerId, next.timerId, 'and stops no other timer');
    t.match((await anna.get('/v1/time-entries')).body.items, [
      { entryId: stopped.body.entryId, seconds: 12_600, startedAt: '2026-02-05T22:00:00+03:00', note: 'Late shift' },
    ]);

    const tooLong = await anna.post(`${timer}/stop`, { stoppedAt: '2026-02-08T09:00:01+03:00' });
    t.equal(tooLong.body.code, 'timer-over-24-hours');
    await done(owner, '/v1/stages/design/close', { closedOn: '2026-02-27' });
    const closed = await anna.post(`${timer}/stop`, { stoppedAt: '2026-02-07T10:00:00+03:00' });
    t.equal(closed.body.code, 'stage-closed');
    t.equal((await anna.get(timer)).body.running.timerId, next.timerId, 'a refused stop leaves it running');
    await done(anna, `${timer}/discard`, { reason: 'Forgotten' });
    t.equal((await anna.get(timer)).body.running, null);
    t.equal((await anna.post(`${timer}/stop`, {})).body.code, 'no-running-timer');
    t.equal((await anna.get('/v1/time-entries')).body.items.length, 1);
  });
}
