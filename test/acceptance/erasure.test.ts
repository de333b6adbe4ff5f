/**
 * People are erased: their names and words are gone everywhere, at once and for good, and every figure stays what it was.
 * All of it through REST, on both stores.
 */

import { verifyPack } from '@headroom/audit/verifier';
import { createPostgresEventStore } from '@headroom/event-store';
import { projections } from '@headroom/host/operations';
import { rebuild } from '@headroom/projecting';
import t, { type Test } from 'tap';
import { columnsWith, personalColumns } from '../support/every-text.ts';
import {
  type Caller,
  type RunningHeadroom,
  type StoreName,
  startHeadroom,
  stores,
} from '../support/running-headroom.ts';
import { done, rub, smallAgency } from '../support/small-agency.ts';

t.setTimeout(300_000);

const HOUR = 3_600;
const ERASED = '[erased]';

/** Texts that stand nowhere else, so that each of them can be searched for. */
const QUILL = 'Zinaida Quillfeather';
const PAYROLL = 'PAYROLL-77-ZQ';
const AURELIO = 'Aurelio Vantongeren';
const FONT = 'Please paint the zebra fence';
const NEVER = 'Not before the opals arrive';
const NOTE = 'Spoke with the xylophone lady';
const LEFT = 'Sails around the Hebrides';
const OKSANA = 'Oksana In Clear';
const ALL = [QUILL, PAYROLL, AURELIO, FONT, NEVER, NOTE, LEFT];

/** Zinaida works 10 hours at 1,500 an hour; Aurelio asks, agrees to 5,000 and declines 2,000; somebody calls. */
const story = async (owner: Caller, finance: Caller): Promise<void> => {
  await smallAgency(owner, finance);
  const zinaida = { specialistId: 's-417', name: QUILL, role: 'designer', externalRef: PAYROLL };
  await done(owner, '/v1/specialists', zinaida);
  const rate = { effectiveFrom: '2026-01-01', ratePerHour: '1500', reason: 'Contract of January' };
  await done(owner, '/v1/specialists/s-417/cost-rates', rate);
  const hours = { specialistId: 's-417', stageId: 'design', workDate: '2026-02-03', seconds: 10 * HOUR };
  await done(owner, '/v1/time-entries', { ...hours, activity: 'production' });
  await done(owner, '/v1/specialists/s-417/deactivation', { deactivatedOn: '2026-02-20', reason: LEFT });
  const asked = { channel: 'call', askedAt: '2026-02-04T10:00:00Z', words: FONT };
  await done(owner, '/v1/requests', { requestId: 'fence', projectId: 'site', askedBy: AURELIO, ...asked });
  for (const [extraPaymentId, amount] of [
    ['yes', 500_000],
    ['no', 200_000],
  ] as const) {
    const payment = { extraPaymentId, stageId: 'design', requestId: 'fence', amount: rub(amount), evidence: [] };
    await done(owner, '/v1/extra-payments', { ...payment, proposedOn: '2026-02-05' });
  }
  const agreement = { agreedBy: ` aurelio  VANTONGEREN`, channel: 'call', agreedOn: '2026-02-06', evidence: [] };
  await done(owner, '/v1/extra-payments/yes/agreement', agreement);
  await done(owner, '/v1/extra-payments/no/decline', { declinedBy: AURELIO, words: NEVER, declinedOn: '2026-02-06' });
  const call = {
    channel: 'call',
    direction: 'inbound',
    occurredAt: '2026-02-04T11:00:00Z',
    seconds: 60,
    planned: false,
  };
  await done(owner, '/v1/clients/flora/interactions', { ...call, note: NOTE });
};

const FIGURES = [
  '/v1/stages/design/profitability?asOf=2026-03-31',
  '/v1/projects/site/profitability?asOf=2026-03-31',
  '/v1/clients/flora/profitability?asOf=2026-03-31',
  '/v1/portfolio?asOf=2026-03-31',
  '/v1/clients/flora/loyalty?asOf=2026-03-31',
];

/** The answers with all their figures, but for the position that they hold for. */
const figures = async (by: Caller): Promise<unknown[]> => {
  const answers = await Promise.all(FIGURES.map((path) => by.get(path)));
  for (const [n, { status, body }] of answers.entries())
    if (status !== 200) throw new Error(`${FIGURES[n]}: ${status} ${JSON.stringify(body)}`);
  return answers.map(({ body }) => JSON.parse(JSON.stringify(body, (name, value) => (name === 'knownAt' ? 0 : value))));
};

/** What names and words can be seen in. */
const texts = async (by: Caller, query = ''): Promise<string> => {
  const paths = ['/v1/specialists', '/v1/requests/fence/timeline'];
  const answers = await Promise.all(paths.map((path) => by.get(`${path}${query}`)));
  return JSON.stringify(answers.map(({ body }) => body));
};

const subjectsOf = async (by: Caller, query = '') => (await by.get(`/v1/subjects${query}`)).body.items;

const mustBeNowhere = async (t: Test, { databaseUrl }: RunningHeadroom, when: string) => {
  for (const text of [...ALL, 'VANTONGEREN'])
    t.strictSame(await columnsWith(databaseUrl, text), [], `${text}: ${when}`);
  // Versions of rows, kept for answers about the past, have the columns of their table.
  const holding = (await columnsWith(databaseUrl, 'enc:v1:')).filter(
    (column) => !personalColumns.has(column.replace('__past.', '.')),
  );
  const allowed = new Set(['log.events.data', 'log.events.meta', 'privacy.subject.label']);
  t.strictSame(
    holding.filter((column) => !allowed.has(column)),
    [],
    `encrypted texts stand in declared columns: ${when}`,
  );
};

/** What a stranger reads in the evidence of the request, having checked it with nothing but the file. */
const provenTo = async (t: Test, headroom: RunningHeadroom): Promise<string> => {
  const authorization = `Bearer ${await headroom.keyFor('owner')}`;
  const response = await fetch(`${headroom.url}/v1/dispute-packs/request/fence`, { headers: { authorization } });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const verdict = await verifyPack(bytes);
  t.equal(verdict.kind, 'proven', JSON.stringify(verdict));
  return `${new TextDecoder().decode(bytes)} ${JSON.stringify(verdict)}`;
};

const reason = 'Asked for it by letter of 10 July';
const erase = (by: Caller, subjectId: string, headers?: Record<string, string>) =>
  by.post(`/v1/subjects/${subjectId}/erasure`, { reason }, headers);

/**
 * The log tells that Boris was erased, and whoever was to destroy the key is gone. Oksana was recorded before there was a
 * vault.
 */
const beforeTheRestart = async ({ databaseUrl }: RunningHeadroom) => {
  const store = await createPostgresEventStore({ connectionString: databaseUrl });
  const subjectId = 'specialist:boris';
  const data = { subjectId, kind: 'specialist', specialistId: 'boris', clientId: null, erasedOn: '2026-03-01' };
  const who = { tenantId: 'northlight', actor: 'key:owner', commandKey: 'boris', fingerprint: 'f', correlationId: 'c' };
  const id = '0198c0de-0000-8000-8000-000000000001';
  const streamId = `subject-northlight/${subjectId}`;
  await store.append({ streamId, expected: -1, events: [{ id, type: 'SubjectErased', data, meta: who }] });
  const oksana = { specialistId: 'oksana', name: OKSANA, role: 'designer', kind: 'employee', externalRef: null };
  await store.append({
    streamId: 'specialist-northlight/oksana',
    expected: -1,
    events: [
      { id: id.replace(/1$/, '2'), type: 'SpecialistAdded', data: oksana, meta: { ...who, commandKey: 'oksana' } },
    ],
  });
  await store.close();
};

const rebuildAll = async ({ databaseUrl }: RunningHeadroom) => {
  const store = await createPostgresEventStore({ connectionString: databaseUrl });
  try {
    return await rebuild({ store, connectionString: databaseUrl, projections, compare: 'stop' });
  } finally {
    await store.close();
  }
};

const beforeErasure = async (t: Test, owner: Caller) => {
  const subjects = await subjectsOf(owner);
  const names = subjects.map(({ kind, name }: { kind: string; name: string | null }) => [kind, name]);
  const found = names.filter(([, name]: [string, string | null]) => name !== 'anna' && name !== 'boris');
  t.strictSame(found.sort(), [
    ['contact', AURELIO],
    ['contacts', null],
    ['specialist', QUILL],
  ]);
  const contact = subjects.find(({ kind }: { kind: string }) => kind === 'contact').subjectId;
  const held = (await owner.get(`/v1/subjects/${contact}/export`)).body;
  t.strictSame(
    held.items.map(({ event }: { event: string }) => event),
    ['ClientRequestRegistered', 'ExtraPaymentAgreed', 'ExtraPaymentDeclined'],
    'a name typed otherwise is the same person’s',
  );
  t.equal(held.items[0].data.words, FONT);
  const page = (await owner.get('/v1/subjects/specialist:s-417/export?limit=2')).body;
  const rest = (await owner.get(`/v1/subjects/specialist:s-417/export?limit=2&cursor=${page.nextCursor}`)).body;
  t.strictSame(
    [...page.items, ...rest.items].map(({ event }: { event: string }) => event),
    ['SpecialistAdded', 'CostRateSet', 'HoursLogged', 'SpecialistDeactivated'],
  );
  t.equal(rest.items.at(-1).reason, LEFT);
  return contact;
};

const refusals = async (t: Test, headroom: RunningHeadroom, owner: Caller) => {
  const finance = await headroom.as('finance');
  t.equal((await erase(finance, 'specialist:s-417')).status, 403, 'the owner alone erases');
  t.equal((await finance.get('/v1/subjects')).status, 403);
  t.match(await erase(owner, 'specialist:anna'), { status: 409, body: { code: 'specialist-active' } });
  t.match(await erase(owner, 'specialist:nobody'), { status: 404, body: { code: 'subject-not-found' } });
  t.match(await erase(owner, 'contact:00'), { status: 404 });
  const stranger = await headroom.as('owner', 'elsewhere');
  t.match(await erase(stranger, 'specialist:s-417'), { status: 404 });
  t.equal((await stranger.get('/v1/subjects/specialist:s-417/export')).status, 404);
  t.strictSame(await subjectsOf(stranger), []);
};

const play = async (t: Test, store: StoreName) => {
  const first = await startHeadroom(t, store);
  const owner = await first.as('owner');
  await story(owner, await first.as('finance'));
  const ofZinaida = await first.as('specialist', undefined, 's-417');
  t.equal((await ofZinaida.get('/v1/projects')).status, 200);
  const position = (await owner.get('/v1/specialists')).body.knownAt;
  const told = await figures(owner);
  t.match(told[0], { cost: rub(1_500_000) }, '10 x 1,500');
  const seen = await texts(owner);
  for (const text of [QUILL, PAYROLL, AURELIO, FONT, NEVER]) t.match(seen, text, `${text} can be read`);
  const evidence = await provenTo(t, first);
  for (const text of [AURELIO, FONT, NEVER]) t.match(evidence, text, `${text} can be read by a stranger`);
  await mustBeNowhere(t, first, 'encrypted from the first moment on');
  const contact = await beforeErasure(t, owner);
  await refusals(t, first, owner);

  const key = { 'idempotency-key': 'erase-zinaida' };
  const erased = await erase(owner, 'specialist:s-417', key);
  t.match(erased, { status: 200, body: { subjectId: 'specialist:s-417' } });
  const again = await erase(owner, 'specialist:s-417', key);
  t.equal(again.headers.get('idempotency-replayed'), 'true');
  t.strictSame(again.body, erased.body, 'the same wish has one effect');
  t.match(await erase(owner, 'specialist:s-417'), { status: 409, body: { code: 'subject-erased' } });
  t.equal((await erase(owner, contact)).status, 200);
  const [notes] = await subjectsOf(owner, '?kind=contacts&clientId=flora');
  t.equal((await erase(owner, notes.subjectId)).status, 200);

  const mustBeErased = async (by: Caller, when: string, people = 3) => {
    for (const query of ['', `?knownAt=${position}`]) {
      const shown = await texts(by, query);
      for (const text of ALL) t.notMatch(shown, text, `${text} ${when} ${query}`);
      t.match(shown, ERASED);
      t.notMatch(shown, 'enc:v1:', 'nor is there anything encrypted to be seen');
    }
    t.strictSame(await figures(by), told, `every figure stays what it was ${when}`);
    const [person] = (await by.get('/v1/subjects/specialist:s-417/export')).body.items;
    t.match(person, { event: 'SpecialistAdded', data: { name: ERASED, externalRef: ERASED, role: 'designer' } });
    t.equal((await subjectsOf(by, '?status=erased')).length, people);
  };
  await mustBeErased(owner, 'after the erasure');
  const forgotten = await provenTo(t, first);
  for (const text of ALL)
    t.notMatch(forgotten, text, `${text} is in no evidence any more, which is proven all the same`);
  t.match(forgotten, ERASED);
  await mustBeNowhere(t, first, 'after the erasure');
  t.ok(
    (await columnsWith(first.databaseUrl, 'system:erasure')).includes('access.api_key.revoked_by'),
    'her key is revoked',
  );

  // The first wish again: the person who added her gets her name no more.
  const renewed = { requestId: 'gate', projectId: 'site', askedBy: AURELIO, channel: 'call' };
  await done(owner, '/v1/requests', { ...renewed, askedAt: '2026-02-21T10:00:00Z', words: 'A gate' });
  const [anew] = await subjectsOf(owner, '?kind=contact&status=held');
  t.notSame(anew.subjectId, contact, 'who asks anew is a new subject, and nothing leads back');

  if (store !== 'Postgres') return;
  await first.stop();
  await beforeTheRestart(first);
  const second = await startHeadroom(t, store, first);
  const returned = await second.as('owner');
  await mustBeErased(returned, 'after a restart', 4);
  const [boris] = await subjectsOf(returned, '?kind=specialist&status=erased');
  t.match(boris, { subjectId: 'specialist:boris', name: ERASED }, 'what a process died over is done at the next start');
  t.match(await texts(returned), OKSANA, 'what was recorded in clear stays readable');
  t.match(await erase(returned, 'specialist:oksana'), { status: 409, body: { code: 'subject-recorded-in-clear' } });
  t.strictSame((await rebuildAll(second)).differences, [], 'a rebuild finds the same rows');
  await mustBeErased(returned, 'after a rebuild', 4);
};

for (const store of stores) t.test(`erased for good, on ${store}`, { timeout: 200_000 }, (t) => play(t, store));
