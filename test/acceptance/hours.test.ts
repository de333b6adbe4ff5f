/** Hours through REST: sent twice, corrected, voided, late, by whom, and seen by whom. */

import t from 'tap';
import { startHeadroom, stores } from '../support/running-headroom.ts';
import { done, rub, smallAgency } from '../support/small-agency.ts';

// The file as a whole, on a busy machine.
t.setTimeout(300_000);

const HOUR = 3_600;
const entry = { specialistId: 'anna', stageId: 'design', workDate: '2026-02-03', seconds: 8 * HOUR };

for (const store of stores) {
  t.test(`a command has one effect, however often it is sent (${store})`, { timeout: 120_000 }, async (t) => {
    const headroom = await startHeadroom(t, store);
    const owner = await headroom.as('owner');
    await smallAgency(owner, await headroom.as('finance'));
    const key = { 'idempotency-key': 'hours-of-tuesday' };
    const first = await owner.post('/v1/time-entries', entry, key);
    t.strictSame([first.status, first.headers.get('idempotency-replayed')], [201, null]);
    t.equal(first.headers.get('etag'), `"${first.body.revision}"`);
    t.equal(first.headers.get('log-position'), String(first.body.position));
    const again = await owner.post('/v1/time-entries', entry, key);
    t.strictSame([again.status, again.headers.get('idempotency-replayed')], [201, 'true']);
    t.strictSame(again.body, first.body, 'the first answer again');
    const other = await owner.post('/v1/time-entries', { ...entry, seconds: 60 }, key);
    t.strictSame([other.status, other.body.code], [422, 'idempotency-key-reused']);
    const elsewhere = await owner.post('/v1/clients', { name: 'X', since: '2026-01-01' }, key);
    t.strictSame([elsewhere.status, elsewhere.body.code], [422, 'idempotency-key-reused'], 'another operation');
    const both = await Promise.all(
      [1, 2, 3].map(() =>
        owner.post('/v1/time-entries', { ...entry, workDate: '2026-02-04' }, { 'idempotency-key': 'at-once' }),
      ),
    );
    t.equal(new Set(both.filter(({ status }) => status === 201).map(({ body }) => body.entryId)).size, 1);
    t.ok(both.every(({ status, body }) => status === 201 || body.code === 'command-in-flight'));
    const { body: list } = await owner.get('/v1/time-entries?stageId=design');
    t.equal(list.items.length, 2, 'two entries, not six');

    const stale = await owner.post('/v1/stages/design/close', { closedOn: '2026-02-27' }, { 'if-match': '"0"' });
    t.strictSame([stale.status, stale.body.currentRevision], [412, 1], 'planned, started');
    const bulk = {
      mode: 'best-effort',
      items: [entry, { ...entry, seconds: 20 * HOUR }, { ...entry, stageId: 'shop' }],
    };
    const dry = await owner.post('/v1/time-entries/bulk', { ...bulk, dryRun: true });
    const codes = (answer: typeof dry) => answer.body.results.map(({ code }: { code: string | null }) => code);
    t.strictSame(codes(dry), [null, 'day-over-24-hours', 'stage-not-started']);
    t.equal((await owner.get('/v1/time-entries?stageId=design')).body.items.length, 2, 'a dry run logs nothing');
    const atomic = await owner.post('/v1/time-entries/bulk', { ...bulk, mode: 'atomic' });
    t.equal(atomic.body.accepted, 0, 'all or none');
    const best = await owner.post('/v1/time-entries/bulk', bulk, { 'idempotency-key': 'bulk' });
    t.strictSame(codes(best), [null, 'day-over-24-hours', 'stage-not-started']);
    const retried = await owner.post('/v1/time-entries/bulk', bulk, { 'idempotency-key': 'bulk' });
    t.strictSame(retried.body.results[0].entryId, best.body.results[0].entryId);
    t.equal((await owner.get('/v1/time-entries?stageId=design')).body.items.length, 3);
  });
}

t.test('hours are corrected and voided, and closed stages take none', { timeout: 120_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await smallAgency(owner, await headroom.as('finance'));
  const { entryId } = await done(owner, '/v1/time-entries', entry);
  const { entryId: second } = await done(owner, '/v1/time-entries', { ...entry, workDate: '2026-02-04', seconds: 1 });
  const cost = async () => (await owner.get('/v1/stages/design/profitability?asOf=2026-03-31')).body.cost.minor;
  // 8 h x 1,234.56 = 9,876.48 and 1 s: 0.34 (0.342933)
  t.equal(await cost(), 987_648 + 34);
  const corrected = await done(owner, `/v1/time-entries/${entryId}/correction`, { seconds: HOUR, reason: 'Lunch' });
  t.strictSame([corrected.before.seconds, corrected.after.seconds], [8 * HOUR, HOUR]);
  t.equal(await cost(), 123_490, '1,234.56 + 0.342933');
  const key = { 'idempotency-key': 'void' };
  const voided = await owner.post(`/v1/time-entries/${second}/void`, { reason: 'Twice' }, key);
  t.equal(voided.status, 200);
  t.equal(await cost(), 123_456);
  const again = await owner.post(`/v1/time-entries/${second}/void`, { reason: 'Twice' }, key);
  t.strictSame([again.status, again.body], [200, voided.body], 'a repeated voiding finds the first');
  const gone = await owner.post(`/v1/time-entries/${second}/void`, { reason: 'Thrice' });
  t.strictSame([gone.status, gone.body.code], [409, 'entry-voided']);

  await done(owner, '/v1/stages/design/close', { closedOn: '2026-02-27' });
  const refused = await owner.post('/v1/time-entries', { ...entry, workDate: '2026-02-10' });
  t.strictSame([refused.status, refused.body.code], [409, 'stage-closed']);
  const late = await owner.post(`/v1/time-entries/${entryId}/correction`, { seconds: 60, reason: 'No' });
  t.equal(late.body.code, 'stage-closed');
  await done(owner, '/v1/stages/design/reopen', { reopenedOn: '2026-03-02', reason: 'A defect' });
  await done(owner, '/v1/time-entries', { ...entry, workDate: '2026-03-02', seconds: HOUR });
  t.equal(await cost(), 2 * 123_456);
});

t.test('what one may not see or do', { timeout: 120_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await smallAgency(owner, await headroom.as('finance'));
  const anna = await headroom.as('specialist', undefined, 'anna');
  const manager = await headroom.as('manager');
  t.equal((await anna.post('/v1/time-entries', entry)).status, 201);
  const foreign = await anna.post('/v1/time-entries', { ...entry, specialistId: 'boris' });
  t.strictSame([foreign.status, foreign.body.code], [403, 'not-own-time']);
  t.equal((await anna.get('/v1/stages/design/profitability')).status, 403);
  t.equal((await manager.post('/v1/specialists', { name: 'X', role: 'x' })).status, 403);
  t.equal((await manager.get('/v1/specialists/anna/price-of-an-hour?margin=0.3')).status, 403);

  const alone = (await manager.get('/v1/stages/design/profitability?asOf=2026-03-31')).body;
  t.strictSame([alone.suppressed, alone.cost, alone.margin, alone.estimateAtCompletion], [true, null, null, null]);
  t.equal(alone.seconds, 8 * HOUR, 'hours are nobody’s secret');
  const request = await manager.get('/v1/stages/design/small-request?specialistId=anna&seconds=3600&asOf=2026-03-31');
  t.strictSame([request.status, request.body.verdict, request.body.requestCost], [200, 'fits', null]);

  // Rates are canaries: no answer to a manager holds them, nor the cost of an hour or of the day.
  const paths = [
    '/v1/stages/design/profitability?asOf=2026-03-31',
    '/v1/projects/site/profitability?asOf=2026-03-31',
    '/v1/clients/flora/profitability?asOf=2026-03-31',
    '/v1/time-entries?stageId=design',
    '/v1/stages/design/small-request?specialistId=anna&seconds=3600&asOf=2026-03-31',
    '/v1/stages/design/extra-payment-advice?asOf=2026-03-31',
    '/v1/clients/flora/loyalty?asOf=2026-03-31',
    '/v1/clients/flora/roi?asOf=2026-03-31',
    '/v1/specialists',
    '/v1/agency',
  ];
  for (const path of paths) {
    const { status, body } = await manager.get(path);
    t.equal(status, 200, path);
    t.notMatch(JSON.stringify(body), /1234\.56|123456|2345\.67|234567|987648/, `${path} keeps the rates to itself`);
  }
});

t.test('a tracker’s export is imported once', { timeout: 120_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await smallAgency(owner, await headroom.as('finance'));
  const csv = [
    'User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)',
    'anna,,Flora,Site,design,Hero,Yes,2026-02-03,10:00:00,2026-02-03,12:00:00,02:00:00,,0',
    'anna,,Flora,Site,design,Hero,Yes,2026-02-03,10:00:00,2026-02-03,12:00:00,02:00:00,,0',
    'boris,,Flora,Site,design,"Call, long",No,2026-02-30,10:00:00,2026-02-30,11:00:00,01:00:00,,0',
    'boris,,Flora,Site,design,Call,No,2026-02-04,10:00:00,2026-02-04,11:00:00,01:00:00,talk,0',
    'vera,,Flora,Site,design,Call,No,2026-02-04,10:00:00,2026-02-04,11:00:00,01:00:00,,0',
  ].join('\n');
  const mapping = encodeURIComponent(JSON.stringify({ activities: { talk: 'communication' } }));
  const send = (query: string) =>
    owner.post(`/v1/imports?mapping=${mapping}${query}`, csv, { 'content-type': 'text/csv' });
  const dry = await send('&dryRun=true');
  t.strictSame([dry.status, dry.body.created, dry.body.refused, dry.body.position], [200, 3, 2, null]);
  t.strictSame(
    dry.body.errors.map(({ line, code }: { line: number; code: string }) => [line, code]),
    [
      [4, 'invalid-date'],
      [6, 'unknown-person'],
    ],
  );
  t.equal(dry.body.unmapped.people[0].key, 'vera');
  t.equal((await owner.get('/v1/time-entries?stageId=design')).body.items.length, 0);
  const first = await send('');
  t.strictSame([first.body.created, first.body.alreadyImported], [3, 0], 'two rows alike are two entries');
  const again = await send('');
  t.strictSame([again.body.created, again.body.alreadyImported], [0, 3], 'the same file again creates nothing');
  const { body: list } = await owner.get('/v1/time-entries?stageId=design');
  t.strictSame(
    list.items
      .map(({ specialistId, activity, seconds }: Record<string, unknown>) => [specialistId, activity, seconds])
      .sort(),
    [
      ['anna', 'production', 2 * HOUR],
      ['anna', 'production', 2 * HOUR],
      ['boris', 'communication', HOUR],
    ],
  );
  const useless = await owner.post('/v1/imports', 'a,b\n1,2\n', { 'content-type': 'text/csv' });
  t.strictSame([useless.status, useless.headers.get('content-type')?.split(';')[0]], [400, 'application/problem+json']);
});

t.test('pages of a list are stable, and a cursor belongs to its list', { timeout: 120_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  await smallAgency(owner, await headroom.as('finance'));
  const items = Array.from({ length: 25 }, (_, index) => ({
    ...entry,
    workDate: `2026-02-${String(1 + (index % 20)).padStart(2, '0')}`,
    seconds: 60 + index,
  }));
  await done(owner, '/v1/time-entries/bulk', { items });
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await owner.get(`/v1/time-entries?specialistId=anna&limit=10${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.items.map(({ entryId }: { entryId: string }) => entryId));
    cursor = body.nextCursor ?? '';
    // What comes in between changes nothing of the pages that are still to come.
    if (seen.length === 10) await done(owner, '/v1/time-entries', { ...entry, workDate: '2026-02-01', seconds: 5 });
  } while (cursor !== '');
  t.equal(new Set(seen).size, 25);
  const { body: page } = await owner.get('/v1/time-entries?specialistId=anna&limit=10');
  const foreign = await owner.get(`/v1/time-entries?specialistId=boris&limit=10&cursor=${page.nextCursor}`);
  t.strictSame([foreign.status, foreign.body.code], [400, 'cursor-invalid']);
  const { body: past } = await owner.get('/v1/time-entries?specialistId=anna&limit=200&knownAt=1');
  t.strictSame([past.items, past.knownAt], [[], 1], 'as known when the agency had just been founded');
  const metrics = await (await fetch(`${headroom.url}/metrics`)).text();
  for (const projection of ['agency', 'profitability', 'relationship', 'roi']) {
    t.match(
      metrics,
      new RegExp(`headroom_projection_lag_events\\{projection="${projection}"\\} \\d+`),
      'the lag is a metric',
    );
    t.match(metrics, `headroom_projection_stopped{projection="${projection}"} 0`);
  }
  const future = await owner.get('/v1/time-entries?knownAt=999999');
  t.equal(future.status, 400);
  t.strictSame(
    (await owner.get('/v1/clients/flora/profitability?asOf=2026-03-31')).body.contractRevenue,
    rub(20_000_000),
  );
});
