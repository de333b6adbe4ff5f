/** The audit trail and its proofs, through REST on a running server, and what a stranger makes of them offline. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditSubjects } from '@headroom/audit';
import { fromBase64, type InHand, verifyConsistency, verifyInclusion, verifyPack } from '@headroom/audit/verifier';
import { createPostgresEventStore } from '@headroom/event-store';
import { runCommandLine } from '@headroom/host/cli/program';
import { audit, createNotary, runNotary } from '@headroom/notary';
import { createPool } from '@headroom/postgres';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { done, fileOf, HIDDEN_COST, negotiate, SALARY } from '../support/negotiation.ts';
import { type Answer, type RunningHeadroom, startHeadroom, stores } from '../support/running-headroom.ts';

t.setTimeout(300_000);

const proven = async (t: Test, bytes: Uint8Array, inHand?: InHand) => {
  const verdict = await verifyPack(bytes, inHand);
  if (verdict.kind === 'refuted') return t.fail(verdict.why) as never;
  return verdict;
};

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

for (const store of stores) {
  t.test(`what was agreed can be proven to a stranger, on ${store}`, async (t) => {
    const headroom = await startHeadroom(t, store);
    const owner = await headroom.as('owner');
    const agreed = await negotiate(t, owner);

    const ownerKey = await headroom.keyFor('owner');
    const receiptPath = agreed.headers.get('receipt') ?? '';
    t.equal(receiptPath, `/v1/receipts?position=${agreed.headers.get('log-position')}`);
    const receipt = await fileOf(headroom, ownerKey, receiptPath);
    t.equal(receipt.headers.get('content-disposition'), 'attachment; filename="receipt.json"');
    const received = await proven(t, receipt.bytes);
    t.equal(received.events, 1);
    t.equal(received.subject.kind, 'command');
    t.match(
      received.statement.en[2],
      /^Vera Orlova agreed on 2026-03-24 \(email\) to pay 15\u00a0000\.00\u00a0RUB, resting on mail-2026-03-24/,
    );
    t.match(
      received.statement.ru[2],
      /^Согласие на доплату 15\u00a0000\.00\u00a0RUB: Vera Orlova, 2026-03-24 \(письмо\)/,
    );

    const first = (await owner.get('/v1/audit/checkpoint')).body;
    await done(t, owner, '/v1/clients', { clientId: 'later', name: 'Later', since: '2026-03-01' });
    const pack = await fileOf(headroom, ownerKey, `/v1/dispute-packs/request/font-change?sinceSize=${first.size}`);
    t.equal(pack.status, 200);
    const { publicKey } = (await owner.get('/v1/notary/key')).body;
    const verdict = await proven(t, pack.bytes, { checkpoint: first.note, publicKey });
    t.strictSame(verdict.grewFrom, { size: first.size, inHand: true });
    t.equal(verdict.events, 6, 'asked, classified, logged, corrected, proposed, agreed');
    t.strictSame(verdict.statement.words, [
      { by: 'Vera Orlova', on: '2026-03-20', words: 'Could you also change the font?' },
      { by: 'Vera Orlova', on: '2026-03-24', words: 'Agreed, please go on' },
    ]);
    t.match(textOf(pack.bytes), String(HIDDEN_COST), 'who may see rates sees the cost');

    const byPayment = await fileOf(headroom, ownerKey, '/v1/dispute-packs/extra-payment/font-extra');
    t.equal((await proven(t, byPayment.bytes)).events, 6, 'an extra payment brings the request that it is for');

    const { body: inclusion } = await owner.get(
      `/v1/audit/inclusion-proof?position=${agreed.headers.get('log-position')}`,
    );
    const bytes = (text: string) => fromBase64(text) ?? (t.fail(text) as never);
    const { index, leafHash, path, checkpoint } = inclusion;
    t.ok(await verifyInclusion(bytes(leafHash), index, checkpoint.size, path.map(bytes), bytes(checkpoint.root)));
    const { body: grown } = await owner.get(`/v1/audit/consistency-proof?first=${first.size}`);
    const heads = [
      { size: first.size, root: bytes(first.root) },
      { size: grown.checkpoint.size, root: bytes(grown.checkpoint.root) },
    ] as const;
    t.ok(await verifyConsistency(...heads, grown.path.map(bytes)));
    t.equal(grown.first.root, first.root);
  });
}

t.test('who may see what, and what is refused', async (t) => {
  const headroom = await startHeadroom(t);
  const [owner, manager, specialist, stranger] = await Promise.all([
    headroom.as('owner'),
    headroom.as('manager'),
    headroom.as('specialist', undefined, 'anna'),
    headroom.as('owner', 'elsewhere'),
  ]);
  const agreed = await negotiate(t, owner);

  await t.test('the audit trail', async (t) => {
    const { body } = await owner.get('/v1/audit/events?subject=request&subjectId=font-change');
    const names = body.items.map(({ event }: { event: string }) => event);
    t.strictSame(names, [
      'ExtraPaymentAgreed',
      'ExtraPaymentProposed',
      'HoursCorrected',
      'HoursLogged',
      'RequestClassified',
      'ClientRequestRegistered',
    ]);
    const corrected = body.items[2];
    t.match(corrected, {
      reason: 'Half an hour more',
      before: { seconds: 7_200 },
      data: { after: { seconds: 9_000 } },
    });
    t.match(corrected.actor, /^key:/);
    const page = (await owner.get('/v1/audit/events?limit=2&event=HoursLogged')).body;
    t.equal(page.items.length, 1, 'by name, whatever its version');
    const walked: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const next: Answer = await owner.get(`/v1/audit/events?limit=4${cursor && `&cursor=${cursor}`}`);
      walked.push(...next.body.items.map(({ position }: { position: number }) => position));
      cursor = next.body.nextCursor;
    }
    t.strictSame(
      walked,
      walked.toSorted((a, b) => b - a),
    );
    t.equal(new Set(walked).size, 14, 'every event once');
    const since = corrected.recordedAt;
    const later = (await owner.get(`/v1/audit/events?from=${since}`)).body.items;
    t.ok(later.length >= 3 && later.every(({ recordedAt }: { recordedAt: string }) => recordedAt >= since));
    t.equal((await owner.get(`/v1/audit/events?actor=${encodeURIComponent('key:nobody')}`)).body.items.length, 0);
    t.match((await owner.get('/v1/audit/events?subject=request')).body, { code: 'subject-incomplete' });
    t.equal((await specialist.get('/v1/audit/events')).status, 403);
    t.equal((await stranger.get('/v1/audit/events')).body.items.length, 0);
  });

  await t.test('rates and salaries', async (t) => {
    const seen = JSON.stringify((await owner.get('/v1/audit/events')).body);
    t.match(seen, String(SALARY));
    const managers = JSON.stringify((await manager.get('/v1/audit/events')).body);
    const key = await headroom.keyFor('manager');
    const pack = await fileOf(headroom, key, '/v1/dispute-packs/request/font-change');
    const rate = await owner.get('/v1/audit/events?event=CostRateSet');
    const ofRate = await fileOf(headroom, key, `/v1/receipts?position=${rate.body.items[0].position}`);
    t.equal((await proven(t, ofRate.bytes)).events, 1, 'what is withheld is proven all the same');
    for (const text of [managers, textOf(pack.bytes), textOf(ofRate.bytes)]) {
      t.notMatch(text, String(SALARY));
      t.notMatch(text, String(HIDDEN_COST));
      t.notMatch(text, /"2394\.|ratePerHour":"/);
    }
    const verdict = await proven(t, pack.bytes);
    t.match(verdict.statement.en.at(-1), /2 values withheld\]$/, 'amount and currency of the cost');
  });

  await t.test('receipts are for those whose command it was', async (t) => {
    const position = agreed.headers.get('log-position');
    t.equal((await specialist.get(`/v1/receipts?position=${position}`)).status, 404);
    t.equal((await stranger.get(`/v1/receipts?position=${position}`)).status, 404);
    const own = await specialist.post('/v1/time-entries', {
      specialistId: 'anna',
      stageId: 'landing-design',
      workDate: '2026-03-22',
      seconds: 3_600,
      activity: 'production',
    });
    const receipt = await specialist.get(own.headers.get('receipt') ?? '');
    t.match(receipt, { status: 200, body: { subject: { kind: 'command' } } });
    const again = await specialist.get(`/v1/receipts?commandKey=${receipt.body.subject.id}`);
    t.strictSame(again.body.events[0].leaf, receipt.body.events[0].leaf, 'by its key, too');
    t.match((await owner.get('/v1/receipts')).body, { code: 'receipt-unnamed' });
    t.equal((await owner.get('/v1/receipts?position=999999')).status, 404);
    t.equal((await owner.get('/v1/receipts?commandKey=never')).status, 404);
  });

  await t.test('what is not there', async (t) => {
    t.equal((await stranger.get('/v1/dispute-packs/request/font-change')).status, 404);
    t.equal((await owner.get('/v1/dispute-packs/request/no-such')).status, 404);
    t.equal((await specialist.get('/v1/dispute-packs/request/font-change')).status, 403);
    t.match((await stranger.get('/v1/audit/checkpoint')).body, { code: 'nothing-sealed' });
    t.match((await owner.get('/v1/audit/checkpoint?size=99999')).body, { code: 'checkpoint-not-found' });
    t.match((await owner.get('/v1/audit/consistency-proof?first=99999')).body, { code: 'first-is-larger' });
    t.match((await owner.get('/v1/dispute-packs/request/font-change?sinceSize=99999')).body, {
      code: 'since-is-larger',
    });
    t.equal((await owner.get('/v1/audit/inclusion-proof?position=99999')).status, 404);
  });

  await t.test('the page that checks evidence is served to anybody', async (t) => {
    const response = await fetch(`${headroom.url}/verify`);
    t.equal(response.status, 200);
    t.match(response.headers.get('content-security-policy'), /default-src 'none'/);
    t.match(await response.text(), /verifyPack/);
  });
});

/** A command of the command line, in this process. */
const cli = async (environment: NodeJS.ProcessEnv, ...args: string[]) => {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const terminal = { environment, print: say, tell: say, progress: () => undefined, endProgress: () => undefined };
  return { code: await runCommandLine(args, terminal), said: said.join('\n') };
};

/** Seals a log with the agency's own key until it is up to the head, reading what is stored now. */
const sealAll = async (t: Test, headroom: RunningHeadroom): Promise<void> => {
  const store = await createPostgresEventStore({ connectionString: headroom.databaseUrl });
  const pool = createPool(headroom.databaseUrl, { applicationName: 'test', max: 2 });
  const ending = new AbortController();
  const { done } = runNotary({
    store,
    connectionString: headroom.databaseUrl,
    subjects: auditSubjects,
    signal: ending.signal,
    logger: pino({ level: 'silent' }),
  });
  const head = await store.head();
  t.equal(await createNotary({ pool, store }).sealed(head, 20_000), head);
  ending.abort();
  await done;
  await Promise.all([store.close(), pool.end()]);
};

t.test('a log that was tampered with is found out, even when all of it was sealed anew', async (t) => {
  const headroom = await startHeadroom(t, 'Postgres', undefined, { notary: false });
  const owner = await headroom.as('owner');
  const key = await headroom.keyFor('owner');
  const agreed = await negotiate(t, owner);
  await sealAll(t, headroom);
  const held = (await owner.get('/v1/audit/checkpoint')).body;

  const pool = createPool(headroom.databaseUrl, { applicationName: 'test', max: 2 });
  const store = await createPostgresEventStore({ connectionString: headroom.databaseUrl });
  t.teardown(() => Promise.all([store.close(), pool.end()]));
  t.strictSame((await audit({ pool, store })).findings, []);

  const folder = t.testdir({ 'held.note': held.note });
  const save = async (name: string, path: string): Promise<string> => {
    const file = join(folder, name);
    writeFileSync(file, (await fileOf(headroom, key, path)).bytes);
    return file;
  };
  const honest = await save('honest.json', '/v1/dispute-packs/request/font-change');
  const { publicKey } = (await owner.get('/v1/notary/key')).body;
  const checked = await cli({}, 'verify', honest, '--public-key', publicKey, '--language', 'ru');
  t.match(checked, { code: 0, said: /^Что записано о просьбе клиента font-change\n.*\nProven: 6 events/s });
  const inDatabase = { DATABASE_URL: headroom.databaseUrl };
  const noted = ['--checkpoint', join(folder, 'held.note')];
  t.match(await cli(inDatabase, 'audit', ...noted), { code: 0, said: /^All \d+ events up to position \d+ are as/ });

  const position = Number(agreed.headers.get('log-position'));
  const forge = `update log.events set data = replace(data::text, '1500000', '2500000')::json where position = $1`;
  await pool.query(forge, [position]);
  t.match((await owner.get('/v1/dispute-packs/request/font-change')).body, { code: 'log-damaged' });
  t.match((await audit({ pool, store })).findings, [{ position, what: /changed/ }]);
  t.match(await cli(inDatabase, 'audit'), { code: 1, said: new RegExp(`position ${position}: the event was changed`) });

  // Whoever owns the database can also seal the forged log, with the agency's own key.
  await pool.query('truncate notary.leaf, notary.node, notary.tree, notary.checkpoint');
  await pool.query('update notary.progress set position = 0');
  await sealAll(t, headroom);
  t.strictSame((await audit({ pool, store })).findings, [], 'nothing in the database tells it');
  const forged = await fileOf(headroom, key, `/v1/dispute-packs/request/font-change?sinceSize=${held.size}`);
  t.match(textOf(forged.bytes), '2500000');
  t.match(await verifyPack(forged.bytes, { checkpoint: held.note }), { kind: 'refuted', why: /rewritten/ });
  const { body: proof } = await owner.get(`/v1/audit/consistency-proof?first=${held.size}`);
  t.not(proof.first.root, held.root);
  t.match(await cli(inDatabase, 'audit', ...noted), { code: 1, said: /rewritten since the checkpoint in hand/ });
  const file = await save('forged.json', `/v1/dispute-packs/request/font-change?sinceSize=${held.size}`);
  t.match(await cli({}, 'verify-pack', file, ...noted), { code: 1, said: /^Not proven: The log was rewritten/ });
});
