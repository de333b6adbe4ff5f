/** What was agreed (M2) and how the agency behaves (M10): requests through REST, from the first word to the ruling. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresEventStore } from '@headroom/event-store';
import t, { type Test } from 'tap';
import { type Caller, type RunningHeadroom, startHeadroom, stores } from '../support/running-headroom.ts';
import { done, rub, smallAgency } from '../support/small-agency.ts';

t.setTimeout(300_000);

const HOUR = 3_600;
const SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const codeOf = async (by: Caller, path: string, body: unknown) => {
  const answer = await by.post(path, body);
  return [answer.status, answer.body.code, answer.body.because ?? answer.body.detail?.because].filter(Boolean);
};

/** Clara leads another team, Dina manages and classifies; both have keys of their own. */
const people = async (server: RunningHeadroom) => {
  const [owner, finance] = [await server.as('owner'), await server.as('finance')];
  await smallAgency(owner, finance);
  for (const specialistId of ['clara', 'dina']) {
    await done(owner, '/v1/specialists', { specialistId, name: specialistId, role: 'lead' });
  }
  const clara = await server.as('manager', undefined, 'clara');
  const dina = await server.as('manager', undefined, 'dina');
  return { owner, finance, clara, dina };
};

/** A font is asked for, worked on, proposed with evidence, and agreed in a mail whose hash is kept. */
const agree = async (t: Test, { owner, dina }: { readonly owner: Caller; readonly dina: Caller }) => {
  await done(owner, '/v1/requests', {
    requestId: 'font',
    projectId: 'site',
    stageId: 'design',
    askedBy: 'Vera Orlova',
    channel: 'chat',
    askedAt: '2026-02-10T12:00:00+03:00',
    words: 'Could you also change the font?',
  });
  const classify = { scope: 'out-of-scope', rationale: 'One typeface was agreed', classifiedOn: '2026-02-10' };
  await done(dina, '/v1/requests/font/classification', classify);
  const work = { specialistId: 'anna', stageId: 'design', requestId: 'font', workDate: '2026-02-11' };
  const { entryId } = await done(owner, '/v1/time-entries', { ...work, seconds: 2 * HOUR });
  await done(owner, `/v1/time-entries/${entryId}/correction`, { seconds: 3 * HOUR, reason: 'One more round' });

  const propose = { extraPaymentId: 'font-extra', stageId: 'design', requestId: 'font', amount: rub(1_500_000) };
  const withEvidence = (kind: string, ref: string) => ({ ...propose, evidence: [{ kind, ref }] });
  t.strictSame(await codeOf(owner, '/v1/extra-payments', withEvidence('time-entry', 'none')), [
    404,
    'evidence-not-found',
  ]);
  const elsewhere = { ...withEvidence('time-entry', entryId), stageId: 'shop' };
  t.strictSame(await codeOf(owner, '/v1/extra-payments', elsewhere), [409, 'evidence-of-another-stage']);
  const evidence = [
    { kind: 'time-entry', ref: entryId },
    { kind: 'request', ref: 'font', note: 'Her words' },
    { kind: 'document', ref: 'https://example.com/brief' },
  ];
  const proposed = await done(owner, '/v1/extra-payments', { ...propose, proposedOn: '2026-02-12', evidence });
  t.match(proposed.evidence, [
    { shown: { stageId: 'design', on: '2026-02-11', seconds: 3 * HOUR } },
    { note: 'Her words', shown: { on: '2026-02-10', seconds: 3 * HOUR } },
    { shown: null },
  ]);
  const agreement = {
    agreedBy: 'Vera Orlova',
    channel: 'email',
    agreedAt: '2026-02-12T22:30:00Z',
    attachment: { ref: 'https://example.com/mail', sha256: SHA256 },
  };
  const path = '/v1/extra-payments/font-extra/agreement';
  // 22:30 in UTC is the next day in Moscow.
  t.strictSame(await codeOf(owner, path, { ...agreement, agreedOn: '2026-02-12' }), [409, 'date-mismatch']);
  const agreed = await done(owner, path, agreement);
  t.match(agreed, { agreedOn: '2026-02-13', agreedAt: '2026-02-12T22:30:00Z', attachment: { sha256: SHA256 } });
  t.strictSame(await codeOf(owner, '/v1/extra-payments/font-extra/withdrawal', { reason: 'Too late' }), [
    409,
    'already-agreed',
  ]);
  return entryId as string;
};

const dispute = async (t: Test, who: Awaited<ReturnType<typeof people>>, entryId: string) => {
  const { owner, finance, clara, dina } = who;
  const raise = { disputeId: 'd1', raisedBy: 'Vera Orlova', channel: 'email', disputedOn: '2026-02-20' };
  const words = 'The brief asked for two fonts';
  await done(owner, '/v1/requests/font/disputes', { ...raise, words });
  t.strictSame(await codeOf(owner, '/v1/requests/font/disputes', { ...raise, disputeId: 'd2', words }), [
    409,
    'dispute-open',
  ]);
  t.strictSame(await codeOf(owner, '/v1/requests/font/completion', {}), [409, 'dispute-open']);
  const arbiter = '/v1/requests/font/disputes/d1/arbiter';
  t.strictSame(await codeOf(dina, arbiter, { arbiterId: 'clara' }), [403, 'permission-missing']);
  for (const arbiterId of ['boris', 'anna', 'dina']) {
    t.strictSame((await codeOf(finance, arbiter, { arbiterId })).slice(0, 2), [409, 'arbiter-on-team'], arbiterId);
  }
  t.strictSame(await codeOf(finance, arbiter, { arbiterId: 'nobody' }), [404, 'arbiter-not-found']);
  await done(finance, arbiter, { arbiterId: 'clara', assignedOn: '2026-02-23' });

  const ruling = '/v1/requests/font/disputes/d1/ruling';
  const rule = { inFavourOf: 'both', ruling: 'Half of it was owed', ruledOn: '2026-02-25' };
  t.strictSame((await codeOf(dina, ruling, rule)).slice(0, 2), [403, 'not-the-arbiter']);
  const writeOff = (minor: number) => ({ kind: 'write-off', stageId: 'design', amount: rub(minor) });
  // 100,000 of fee and 15,000 agreed: not a kopeck more can be written off.
  t.strictSame((await codeOf(clara, ruling, { ...rule, adjustments: [writeOff(11_500_001)] })).slice(0, 2), [
    409,
    'adjustment-impossible',
  ]);
  const adjustments = [
    writeOff(500_000),
    { kind: 'extra-payment', stageId: 'design', amount: rub(300_000) },
    { kind: 'goodwill', entryId },
  ];
  const key = { 'idempotency-key': 'the-ruling' };
  const ruled = await clara.post(ruling, { ...rule, adjustments }, key);
  t.equal(ruled.status, 200, JSON.stringify(ruled.body));
  t.match(ruled.body, {
    arbiterId: 'clara',
    adjustments: [{ outcome: 'posted' }, { outcome: 'posted' }, { outcome: 'posted' }],
  });
  const again = await clara.post(ruling, { ...rule, adjustments }, key);
  t.strictSame([again.body, again.headers.get('idempotency-replayed')], [ruled.body, 'true'], 'once, however often');
  t.strictSame(await codeOf(clara, ruling, rule), [409, 'dispute-ruled']);

  const stage = (await owner.get('/v1/stages/design/profitability?asOf=2026-02-28')).body;
  t.strictSame(stage.contractRevenue, rub(11_300_000), '100,000 + 15,000 - 5,000 + 3,000');
  const entries = (await owner.get('/v1/time-entries?requestId=font')).body.items;
  t.match(entries, [{ entryId, goodwill: true, billable: false }]);
  t.match((await owner.get('/v1/requests/font/disputes/d1')).body, {
    status: 'ruled',
    inFavourOf: 'both',
    adjustments: [{ outcome: 'posted', amount: rub(500_000) }, { amount: rub(300_000) }, { entryId }],
  });
  t.equal((await owner.get('/v1/disputes?status=open')).body.items.length, 0);
  await done(owner, '/v1/requests/font/completion', { completedOn: '2026-02-26', note: 'On the site' });
};

const timeline = async (t: Test, owner: Caller) => {
  const first = (await owner.get('/v1/requests/font/timeline?limit=4')).body;
  const rest = (await owner.get(`/v1/requests/font/timeline?limit=100&cursor=${first.nextCursor}`)).body;
  const items = [...first.items, ...rest.items];
  t.strictSame(
    items.map(({ event }: { event: string }) => event),
    [
      'registered',
      'classified',
      'hours-logged',
      'hours-corrected',
      'extra-payment-proposed',
      'extra-payment-agreed',
      'disputed',
      'arbiter-assigned',
      'dispute-ruled',
      'adjustment-posted',
      'extra-payment-proposed',
      'extra-payment-agreed',
      'adjustment-posted',
      'hours-corrected',
      'adjustment-posted',
      'completed',
    ],
  );
  const corrected = items[3];
  t.match(corrected, { reason: 'One more round', before: { seconds: 2 * HOUR }, after: { seconds: 3 * HOUR } });
  const positions = items.map(({ position }: { position: number }) => position);
  t.strictSame(
    positions,
    positions.toSorted((one: number, other: number) => one - other),
    'in log order',
  );
  t.equal(first.loggedSeconds, 3 * HOUR);
  t.match(first, { result: 'done', completedOn: '2026-02-26', disputed: false });
  const listed = async (query: string) => (await owner.get(`/v1/requests?${query}`)).body.items.length;
  t.strictSame(
    [await listed('status=completed'), await listed('status=open'), await listed('clientId=flora&scope=out-of-scope')],
    [1, 0, 1],
  );
  const payments = (await owner.get('/v1/extra-payments?requestId=font&limit=1')).body;
  t.match(payments.items, [{ status: 'agreed', disputeId: 'd1', agreed: rub(300_000) }]);
  t.not(payments.nextCursor, null);
};

/** Boris’s stage is dear, and Flora’s own key shows nothing of that: a second client is next door. */
const neighbours = async (owner: Caller) => {
  await done(owner, '/v1/clients', { clientId: 'granit', name: 'Granit', since: '2025-01-15' });
  const shop = { projectId: 'granit-shop', clientId: 'granit', name: 'Shop', managerId: 'boris' };
  await done(owner, '/v1/projects', { ...shop, openedOn: '2026-01-10' });
  const other = { projectId: 'flora-shop', clientId: 'flora', name: 'Shop', managerId: 'boris' };
  await done(owner, '/v1/projects', { ...other, openedOn: '2026-01-10' });
  const asked = { askedBy: 'Vera Orlova', channel: 'chat', askedAt: '2026-02-10T12:00:00+03:00', words: 'A basket?' };
  await done(owner, '/v1/requests', { ...asked, requestId: 'basket', projectId: 'granit-shop' });
  await done(owner, '/v1/requests', { ...asked, requestId: 'banner', projectId: 'flora-shop' });
};

t.test('the portal shows a client its own projects, and takes its answers', async (t) => {
  const server = await startHeadroom(t);
  const { owner, dina } = await people(server);
  const entryId = await agree(t, { owner, dina });
  await neighbours(owner);
  const decide = { behaviour: 'teach', rationale: 'She asks every month', decidedOn: '2026-02-11' };
  await done(dina, '/v1/requests/font/behaviour', decide);
  const client = await server.as('client', undefined, { clientId: 'flora' });
  const ofSite = await server.as('client', undefined, { clientId: 'flora', projectId: 'site' });

  const ids = async (by: Caller, path: string, id: string) =>
    (await by.get(path)).body.items.map((item: Record<string, string>) => item[id]);
  t.strictSame(await ids(client, '/v1/portal/projects', 'projectId'), ['flora-shop', 'site']);
  t.strictSame(await ids(ofSite, '/v1/portal/projects', 'projectId'), ['site']);
  t.strictSame((await ids(client, '/v1/portal/requests', 'requestId')).toSorted(), ['banner', 'font']);
  t.strictSame(await ids(ofSite, '/v1/portal/requests', 'requestId'), ['font']);
  t.match((await client.get('/v1/portal/hours')).body.items, [{ entryId, role: 'designer', seconds: 3 * HOUR }]);

  const shown = await client.get('/v1/portal/requests/font/timeline');
  t.strictSame(
    shown.body.items.map(({ event }: { event: string }) => event),
    ['registered', 'classified', 'hours-logged', 'hours-corrected', 'extra-payment-proposed', 'extra-payment-agreed'],
    'how the agency decided to behave is its own business',
  );
  const told = JSON.stringify(shown.body);
  for (const inner of ['One typeface was agreed', 'One more round', 'key:', 'anna', 'teach']) {
    t.notOk(told.includes(inner), `${inner} is not told`);
  }
  for (const path of ['/v1/portal/requests/basket/timeline', '/v1/portal/requests/none/timeline']) {
    t.equal((await client.get(path)).status, 404, path);
  }
  t.equal((await ofSite.get('/v1/portal/requests/banner/timeline')).status, 404, 'another project of its own');
  t.equal((await ofSite.get('/v1/portal/hours?projectId=flora-shop')).status, 404);
  t.equal((await owner.get('/v1/portal/projects')).status, 404, 'the owner is no client');
  for (const path of ['/v1/clients', '/v1/requests/font/timeline', '/v1/stages/design/profitability', '/v1/disputes']) {
    t.equal((await client.get(path)).status, 403, path);
  }

  const propose = { stageId: 'design', proposedOn: '2026-02-14', amount: rub(200_000) };
  await done(owner, '/v1/extra-payments', { ...propose, extraPaymentId: 'second', requestId: 'font' });
  await done(owner, '/v1/extra-payments', { ...propose, extraPaymentId: 'third' });
  const accept = { agreedBy: 'Vera Orlova' };
  t.equal((await client.post('/v1/extra-payments/second/agreement', { ...accept, channel: 'email' })).status, 403);
  const stranger = await server.as('client', undefined, { clientId: 'granit' });
  t.equal((await stranger.post('/v1/portal/extra-payments/second/acceptance', accept)).status, 404);
  await done(client, '/v1/portal/extra-payments/second/acceptance', accept);
  await done(client, '/v1/portal/extra-payments/third/refusal', { declinedBy: 'Vera Orlova', words: 'Not now' });
  const payment = (await owner.get('/v1/extra-payments/second')).body;
  t.match(payment, { status: 'agreed', answeredBy: 'Vera Orlova', channel: 'portal', throughPortal: true });
  t.match((await owner.get('/v1/extra-payments/third')).body, { status: 'declined' });
  t.strictSame(await codeOf(client, '/v1/portal/extra-payments/third/acceptance', accept), [409, 'already-declined']);
  const stage = (await owner.get('/v1/stages/design/profitability?asOf=2100-01-01')).body;
  t.strictSame(stage.contractRevenue, rub(11_700_000), '100,000 + 15,000 + 2,000');

  const raise = { raisedBy: 'Vera Orlova', words: 'The brief asked for two fonts' };
  const { disputeId } = await done(client, '/v1/portal/requests/font/disputes', raise);
  t.match((await owner.get(`/v1/requests/font/disputes/${disputeId}`)).body, {
    status: 'open',
    side: 'client',
    channel: 'portal',
    throughPortal: true,
  });
  t.strictSame(await codeOf(client, '/v1/portal/requests/font/disputes', raise), [409, 'dispute-open']);
});

/** Anna has worked 50 hours where 20 were planned, two of them for the font. */
const overrun = async (owner: Caller) => {
  const work = { specialistId: 'anna', stageId: 'design', seconds: 10 * HOUR };
  for (const day of ['09', '10', '11', '12']) {
    await done(owner, '/v1/time-entries', { ...work, workDate: `2026-02-${day}` });
  }
  await done(owner, '/v1/time-entries', { ...work, workDate: '2026-02-13', seconds: 8 * HOUR });
  const font = { workDate: '2026-02-16', seconds: 2 * HOUR, requestId: 'font' };
  await done(owner, '/v1/time-entries', { ...work, ...font });
};

t.test('how to behave, and what came of it (M10)', async (t) => {
  const server = await startHeadroom(t);
  const { owner, dina } = await people(server);
  const ask = (requestId: string) => ({
    requestId,
    projectId: 'site',
    stageId: 'design',
    askedBy: 'Vera Orlova',
    channel: 'chat',
    askedAt: '2026-02-04T12:00:00+03:00',
    words: `Could you also change the ${requestId}?`,
  });
  for (const requestId of ['font', 'menu']) await done(owner, '/v1/requests', ask(requestId));
  const advice = async (by: Caller, requestId: string, query: string) =>
    (await by.get(`/v1/requests/${requestId}/behaviour-advice?${query}`)).body;

  // 20 h x 1,234.56 + 4 h x 2,345.67 = 34,073.88 of 100,000: 65.93%, well above 40%.
  const early = await advice(owner, 'font', 'asOf=2026-02-05&role=copywriter');
  t.match(early, { behaviour: 'delegate', forecastMargin: '0.659261', standardMargin: '0.400000', extraPayment: null });
  t.match(early.reasons[0], { code: 'within-standard', text: /65\.93%.*40\.00%/ });
  t.equal((await advice(owner, 'font', 'asOf=2026-02-05&role=designer')).behaviour, 'dissuade');

  const decide = { behaviour: 'do-all', rationale: 'A good client', decidedOn: '2026-02-05', role: 'copywriter' };
  t.match(await done(dina, '/v1/requests/font/behaviour', decide), { behaviour: 'do-all', advised: 'delegate' });
  await overrun(owner);
  await done(owner, '/v1/requests/font/completion', { completedOn: '2026-02-17' });

  // 50 h x 1,234.56 + 9,382.68 still to come = 71,110.68: 28.89%; (71,110.68 - 60,000) / 0.6 = 18,517.80.
  await done(owner, '/v1/requests/menu/classification', {
    scope: 'unclear',
    rationale: '?',
    classifiedOn: '2026-02-10',
  });
  t.equal((await advice(owner, 'menu', 'asOf=2026-02-20')).behaviour, 'teach');
  const scope = { scope: 'out-of-scope', rationale: 'Annex 1', classifiedOn: '2026-02-18' };
  await done(owner, '/v1/requests/menu/classification', scope);
  const late = await advice(owner, 'menu', 'asOf=2026-02-20');
  t.match(late, { behaviour: 'dissuade', forecastMargin: '0.288893', extraPayment: rub(1_851_780) });
  t.match(late.past, [
    {
      requestId: 'font',
      behaviour: 'do-all',
      advised: 'delegate',
      result: 'done',
      seconds: 2 * HOUR,
      marginThen: '0.659261',
      marginAfter: '0.288893',
    },
  ]);
  // Anna alone has worked on it: her rate would follow from the margin.
  const blind = await advice(dina, 'menu', 'asOf=2026-02-20');
  t.match(blind, { behaviour: 'dissuade', forecastMargin: null, extraPayment: null, suppressed: true });
  t.notMatch(JSON.stringify(blind), /28\.89|0\.288893|18,517/);

  const teach = { behaviour: 'dissuade', rationale: 'Not agreed', decidedOn: '2026-02-20' };
  await done(dina, '/v1/requests/menu/behaviour', teach);
  const { items } = (await owner.get('/v1/behaviour-outcomes?clientId=flora&asOf=2026-02-28')).body;
  t.match(items, [
    {
      behaviour: 'dissuade',
      decisions: 1,
      asAdvised: 1,
      done: 0,
      seconds: 0,
      marginThen: '0.288893',
      marginAfter: '0.288893',
    },
    {
      behaviour: 'do-all',
      decisions: 1,
      againstAdvice: 1,
      done: 1,
      seconds: 2 * HOUR,
      marginThen: '0.659261',
      marginAfter: '0.288893',
    },
  ]);
});

t.test('a ruling whose process died behind it is posted by whoever runs next', async (t) => {
  const server = await startHeadroom(t);
  const { owner, finance, clara, dina } = await people(server);
  const entryId = await agree(t, { owner, dina });
  const raise = { disputeId: 'd1', raisedBy: 'Vera Orlova', channel: 'email', disputedOn: '2026-02-20', words: 'No' };
  await done(owner, '/v1/requests/font/disputes', raise);
  await done(finance, '/v1/requests/font/disputes/d1/arbiter', { arbiterId: 'clara', assignedOn: '2026-02-20' });
  const store = await createPostgresEventStore({ connectionString: server.databaseUrl });
  t.teardown(() => store.close());
  const streamId = 'request-northlight/font';
  const links = { requestId: 'font', clientId: 'flora', projectId: 'site', stageId: 'design' };
  const said = { arbiterId: 'clara', ruledOn: '2026-02-25', inFavourOf: 'client', ruling: 'It was owed' };
  const id = '00000000-0000-8000-8000-0000000000d1';
  const adjustments = [
    { adjustmentId: 'a1', kind: 'write-off', stageId: 'design', amount: rub(500_000) },
    { adjustmentId: 'a2', kind: 'goodwill', entryId },
  ];
  const meta = { tenantId: 'northlight', actor: 'key:clara', commandKey: 'died', fingerprint: 'f', correlationId: 'c' };
  const data = { disputeId: 'd1', ...links, ...said, adjustments };
  const expected = (await store.readStream(streamId)).at(-1)?.revision ?? -1;
  await store.append({ streamId, expected, events: [{ id, type: 'DisputeRuled', data, meta }] });

  const outcomes = async () =>
    (await owner.get('/v1/requests/font/disputes/d1')).body.adjustments.map(
      ({ outcome }: { outcome: string | null }) => outcome,
    );
  for (let n = 0; n < 150 && (await outcomes()).at(-1) !== 'posted'; n += 1) await sleep(200);
  t.strictSame(await outcomes(), ['posted', 'posted']);
  const stage = (await owner.get('/v1/stages/design/profitability?asOf=2026-02-28')).body;
  t.strictSame(stage.contractRevenue, rub(11_000_000), '100,000 + 15,000 - 5,000, once');
  const steps = (await owner.get('/v1/requests/font/timeline?limit=100')).body.items;
  t.equal(steps.at(-1).actor, 'key:clara', 'in the name of who ruled');
  t.strictSame(await codeOf(clara, '/v1/requests/font/disputes/d1/ruling', { inFavourOf: 'both', ruling: 'Again' }), [
    409,
    'dispute-ruled',
  ]);
});

for (const store of stores) {
  t.test(`a request from the first word to the ruling, on ${store}`, async (t) => {
    const who = await people(await startHeadroom(t, store));
    const entryId = await agree(t, who);
    await dispute(t, who, entryId);
    await timeline(t, who.owner);
  });
}
