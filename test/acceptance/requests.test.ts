/** What was agreed (M2) and how the agency behaves (M10): requests through REST, from the first word to the ruling. */
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

for (const store of stores) {
  t.test(`a request from the first word to the ruling, on ${store}`, async (t) => {
    const who = await people(await startHeadroom(t, store));
    const entryId = await agree(t, who);
    await dispute(t, who, entryId);
    await timeline(t, who.owner);
  });
}
