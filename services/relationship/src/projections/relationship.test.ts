import fc from 'fast-check';
import t from 'tap';
import { folded, type Stated } from '../../test-support/log.ts';
import {
  agreement,
  classification,
  client,
  contact,
  entry,
  proposal,
  refusal,
  request,
  rub,
} from '../../test-support/scene.ts';
import { extraPaymentTable } from '../read-models/extra-payments/tables.ts';
import { requestTable } from '../read-models/requests/tables.ts';
import { requestTimeTable, timelineTable } from '../read-models/requests/timeline-tables.ts';
import { clientTable, interactionTable } from '../read-models/tables.ts';

const timeline = async (events: readonly Stated[], requestId = 'font') =>
  (await folded(events)).list(timelineTable, {
    where: [{ column: 'requestId', equals: requestId }],
    orderBy: [{ column: 'at' }],
    limit: 100,
  });

t.test('clients and contacts', async (t) => {
  const reader = await folded([client('flora', 'Flora'), contact('call-1', '2026-03-17', { note: 'When?' })]);
  t.strictSame(await reader.get(clientTable, 'acme', 'flora'), {
    tenantId: 'acme',
    clientId: 'flora',
    name: 'Flora',
    since: '2025-02-03',
    externalRef: null,
  });
  t.strictSame(await reader.get(interactionTable, 'acme', 'flora', '2026-03', 'call-1'), {
    tenantId: 'acme',
    clientId: 'flora',
    month: '2026-03',
    interactionId: 'call-1',
    projectId: null,
    channel: 'call',
    direction: 'inbound',
    occurredAt: '2026-03-17T09:00:00.000Z',
    occurredOn: '2026-03-17',
    seconds: 600,
    planned: false,
    note: 'When?',
  });
  t.equal(await reader.get(clientTable, 'other', 'flora'), undefined, 'another tenant has no such client');
});

t.test('a request keeps all its classifications', async (t) => {
  const reader = await folded([
    request('font'),
    classification('font', 'unclear'),
    classification('font', 'out-of-scope', '2026-03-21'),
  ]);
  const row = await reader.get(requestTable, 'acme', 'font');
  t.match(row, {
    clientId: 'flora',
    projectId: 'flora-site',
    stageId: null,
    askedOn: '2026-03-20',
    words: 'Another font?',
  });
  t.strictSame(
    row?.classifications.map(({ scope, classifiedOn }) => [scope, classifiedOn]),
    [
      ['unclear', '2026-03-20'],
      ['out-of-scope', '2026-03-21'],
    ],
  );
  await t.rejects(folded([classification('font', 'unclear')]), /unknown request/);
});

t.test('an extra payment has its answer', async (t) => {
  const events = [proposal('a'), proposal('b'), proposal('c'), agreement('a', 1_000_000), refusal('b')];
  const reader = await folded(events);
  const answers = await reader.where(extraPaymentTable, 'byStage', ['acme', 'landing']);
  t.strictSame(
    answers.map(({ extraPaymentId, proposedMinor, answer, agreedMinor, answeredOn }) => [
      extraPaymentId,
      proposedMinor,
      answer,
      agreedMinor,
      answeredOn,
    ]),
    [
      ['a', 1_500_000, 'agreed', 1_000_000, '2026-03-24'],
      ['b', 1_500_000, 'declined', null, '2026-03-24'],
      ['c', 1_500_000, null, null, null],
    ],
  );
  await t.rejects(folded([agreement('a')]), /unknown extra payment/);
  await t.rejects(folded([refusal('a')]), /unknown extra payment/);
});

t.test('the timeline holds everything that touched a request, in log order', async (t) => {
  const before = entry('e1');
  const after = entry('e1', { seconds: 3600, workDate: '2026-03-25' });
  const rows = await timeline([
    request('font'),
    classification('font', 'out-of-scope'),
    proposal('a'),
    refusal('a'),
    proposal('b'),
    agreement('b'),
    { type: 'HoursLogged', data: before },
    { type: 'HoursCorrected', data: { before, after }, reason: 'The wrong day', actor: 'user:boris' },
    { type: 'HoursVoided', data: { entry: after } },
    { type: 'HoursLogged', data: entry('e2', { requestId: null }) },
    proposal('c', { requestId: null }),
  ]);
  t.strictSame(
    rows.map(({ position, event }) => [position, event]),
    [
      [1, 'registered'],
      [2, 'classified'],
      [3, 'extra-payment-proposed'],
      [4, 'extra-payment-declined'],
      [5, 'extra-payment-proposed'],
      [6, 'extra-payment-agreed'],
      [7, 'hours-logged'],
      [8, 'hours-corrected'],
      [9, 'hours-voided'],
    ],
  );
  const corrected = rows[7];
  t.match(corrected, { actor: 'user:boris', reason: 'The wrong day', recordedAt: '2026-03-20T08:00:07.000Z' });
  t.match(corrected?.detail, { before: { seconds: 7200 }, after: { seconds: 3600, workDate: '2026-03-25' } });
  t.strictSame(rows[3]?.detail, {
    extraPayment: {
      extraPaymentId: 'a',
      amount: rub(1_500_000),
      on: '2026-03-24',
      by: 'Vera',
      channel: null,
      words: 'Not in this quarter',
    },
  });
  t.match(rows[5]?.detail, { extraPayment: { by: 'Vera', channel: 'email', words: null } });
  t.match(rows[1]?.detail, { classification: { scope: 'out-of-scope', contractClause: 'Annex 1' } });
  t.notMatch(JSON.stringify(rows), /rate/i, 'no cost rate is in it');
});

t.test('an entry that moves to another request stands on both timelines, and counts for one', async (t) => {
  const before = entry('e1');
  const after = entry('e1', { requestId: 'logo' });
  const events: Stated[] = [
    request('font'),
    request('logo'),
    { type: 'HoursLogged', data: before },
    { type: 'HoursLogged', data: entry('e2', { seconds: 60 }) },
    { type: 'HoursCorrected', data: { before, after } },
  ];
  const reader = await folded(events);
  t.equal((await reader.get(requestTimeTable, 'acme', 'font'))?.seconds, 60);
  t.equal((await reader.get(requestTimeTable, 'acme', 'logo'))?.seconds, 7200);
  t.equal((await timeline(events)).at(-1)?.event, 'hours-corrected');
  t.equal((await timeline(events, 'logo')).at(-1)?.event, 'hours-corrected');
});

t.test('the order of independent events changes no row but where it is told', async (t) => {
  const chains: Stated[][] = [
    [client('flora', 'Flora')],
    [request('font'), classification('font', 'unclear'), classification('font', 'out-of-scope')],
    [proposal('a'), agreement('a')],
    [proposal('b'), refusal('b')],
    [
      { type: 'HoursLogged', data: entry('e1') },
      { type: 'HoursVoided', data: { entry: entry('e1') } },
    ],
    [{ type: 'HoursLogged', data: entry('e2', { seconds: 100 }) }],
    [contact('call-1', '2026-03-17')],
  ];
  const rowsOf = async (events: readonly Stated[]) => {
    const reader = await folded(events);
    const all = { where: [], orderBy: [], limit: 1000 };
    return [
      await reader.list(clientTable, all),
      await reader.list(interactionTable, all),
      await reader.list(requestTable, all),
      await reader.list(extraPaymentTable, all),
      await reader.list(requestTimeTable, all),
      (await reader.list(timelineTable, all)).map(({ event, detail }) => JSON.stringify([event, detail])).sort(),
    ];
  };
  const inOrder = await rowsOf(chains.flat());
  // Draws which chain goes on next, so each chain keeps its own order.
  const total = chains.flat().length;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1000), { minLength: total, maxLength: total }), async (draws) => {
      const left = chains.map((chain) => [...chain]);
      const mixed = draws.flatMap((draw) => {
        const open = left.filter((chain) => chain.length > 0);
        return open[draw % open.length]?.splice(0, 1) ?? [];
      });
      return t.strictSame(await rowsOf(mixed), inOrder);
    }),
    { numRuns: 25 },
  );
});
