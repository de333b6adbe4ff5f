import type { StageForecast, WorkItem } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import type { Caller } from '@headroom/http';
import t from 'tap';
import { folded, type Stated } from '../../test-support/log.ts';
import {
  agreement,
  classification,
  client,
  contact,
  entry,
  invoice,
  paid,
  proposal,
  refusal,
  request,
  rub,
  satisfaction,
} from '../../test-support/scene.ts';
import { type StatedProfitability, statedProfitability } from '../../test-support/stated-profitability.ts';
import { relationshipQuestions } from '../rest/questions.ts';

const caller = (seesRates: boolean): Caller => ({
  tenantId: 'acme',
  actor: 'key:1',
  permissions: new Set(),
  seesRates,
});

const questions = [
  contract.listClients,
  contract.listSatisfaction,
  contract.getRequestTimeline,
  contract.getClientLoyalty,
  contract.getLoyaltyHistory,
  contract.listClientSegments,
  contract.getExtraPaymentAdvice,
];

/** Asks a bound question over the rows of some events, as the API would; an answer must be as its contract says. */
const ask = async (
  operationId: string,
  asked: { readonly params?: object; readonly query?: object; readonly seesRates?: boolean },
  events: readonly Stated[],
  stated: StatedProfitability = {},
) => {
  const operation = questions.find((each) => each.operationId === operationId);
  const bound = relationshipQuestions(statedProfitability(stated)).find((each) => each.operation === operation);
  if (operation === undefined || bound === undefined || !('answer' in bound)) throw new Error(`no ${operationId}`);
  const reply = await bound.answer(
    {
      params: operation.params.parse(asked.params ?? {}),
      query: operation.query.parse(asked.query ?? {}),
      caller: caller(asked.seesRates ?? true),
      instant: '2026-03-31T09:00:00.000Z',
    },
    await folded(events),
  );
  return reply.kind === 'answer' ? operation.response.parse(reply.body) : reply;
};

t.test('clients are listed by name, in pages', async (t) => {
  const events = [client('b', 'Beta'), client('c', 'Alpha'), client('a', 'Alpha')];
  type Page = { items: { clientId: string }[]; nextCursor: string | null; knownAt: number };
  const first = (await ask('listClients', { query: { limit: '2' } }, events)) as Page;
  t.strictSame(
    first.items.map(({ clientId }) => clientId),
    ['a', 'c'],
  );
  t.equal(first.knownAt, 3);
  const second = (await ask('listClients', { query: { limit: '2', cursor: first.nextCursor } }, events)) as Page;
  t.strictSame(
    second.items.map(({ clientId }) => clientId),
    ['b'],
  );
  t.equal(second.nextCursor, null);
});

t.test('the timeline of a request, in pages', async (t) => {
  const events: Stated[] = [
    request('font'),
    classification('font', 'out-of-scope'),
    proposal('a'),
    { type: 'HoursLogged', data: entry('e1') },
  ];
  const params = { requestId: 'font' };
  const whole = await ask('getRequestTimeline', { params }, events);
  t.match(whole, { stageId: 'landing', scope: 'out-of-scope', loggedSeconds: 7200, nextCursor: null, knownAt: 4 });
  const first = await ask('getRequestTimeline', { params, query: { limit: '3' } }, events);
  t.match(first, { items: [{ event: 'registered' }, { event: 'classified' }, { event: 'extra-payment-proposed' }] });
  const { nextCursor } = first as { nextCursor: string };
  const second = await ask('getRequestTimeline', { params, query: { limit: '3', cursor: nextCursor } }, events);
  t.match(second, { items: [{ event: 'hours-logged', after: { entryId: 'e1', seconds: 7200 } }], nextCursor: null });
  t.strictSame(await ask('getRequestTimeline', { params: { requestId: 'none' } }, events), {
    kind: 'not-found',
    what: 'request',
  });
});

const landing: StageForecast & { startedOn: string } = {
  stageId: 'landing',
  projectId: 'flora-site',
  clientId: 'flora',
  name: 'Landing design',
  status: 'started',
  revenueMinor: 20_000_000,
  estimateAtCompletionMinor: 12_841_425,
  forecastMargin: '0.357929',
  standardMargin: '0.4',
  headroomMinor: -841_425,
  costedPeople: 2,
  startedOn: '2025-05-05',
};
const year = [
  { date: '2025-09-30', revenueMinor: 40_000_000, costMinor: 20_000_000, seconds: 400_000 },
  {
    date: '2026-03-31',
    revenueMinor: 100_000_000,
    costMinor: 46_000_000,
    seconds: 1_000_000,
    unpaidSeconds: 100_000,
    uncostedSeconds: 900,
  },
];
const stated: StatedProfitability = { client: year, agency: year, stages: [landing] };
const scene = [
  client('flora', 'Flora'),
  client('granit', 'Granit', '2026-04-01'),
  contact('early', '2025-12-31'),
  contact('call-1', '2026-01-01'),
  contact('call-2', '2026-03-31'),
  contact('planned', '2026-03-30', { planned: true }),
  contact('outbound', '2026-03-30', { direction: 'outbound' }),
  contact('later', '2026-04-01'),
  proposal('a'),
  agreement('a'),
  proposal('b'),
  refusal('b'),
];
type Loyalty = {
  value: number | null;
  segment: string | null;
  suppressed: boolean;
  advice: { reasons: { text: string }[] };
  components: {
    component: string;
    points: number | null;
    inputs: { name: string; count?: number }[];
    evidence: object[];
  }[];
};

t.test('loyalty reads the day’s window and nothing dated later', async (t) => {
  const params = { clientId: 'flora' };
  const loyalty = (await ask('getClientLoyalty', { params }, scene, stated)) as Loyalty;
  t.match(loyalty, { asOf: '2026-03-31', knownAt: 12, formulaVersion: '2026.1', quality: { uncostedSeconds: 900 } });
  const part = (name: string) => loyalty.components.find(({ component }) => component === name);
  t.match(part('unplanned-contacts')?.inputs, [{ name: 'contacts', count: 2 }, { count: 64 }, {}]);
  t.strictSame(part('unplanned-contacts')?.evidence, [
    { kind: 'interaction', ref: 'call-2' },
    { kind: 'interaction', ref: 'call-1' },
  ]);
  t.match(part('profit-share')?.inputs.at(-1), { name: 'clients', count: 1 }, 'the other client comes in April');
  t.equal(part('extra-payments')?.points, 50);
  const before = (await ask('getClientLoyalty', { params, query: { asOf: '2026-03-23' } }, scene, stated)) as Loyalty;
  t.equal(before.components.find(({ component }) => component === 'extra-payments')?.points, null);
  const none = { params: { clientId: 'none' } };
  t.strictSame(await ask('getClientLoyalty', none, scene, stated), { kind: 'not-found', what: 'client' });
  t.match(await ask('getClientLoyalty', { params }, scene, { configured: false }), { kind: 'not-found' });
});

t.test('the list of segments and the history tell what the client’s own answer tells', async (t) => {
  type Scores = { value: number | null; attention: number | null; loyalty: number | null; segment: string | null };
  const scoresOf = ({ value, attention, loyalty, segment }: Scores) => ({ value, attention, loyalty, segment });
  const params = { clientId: 'flora' };
  const query = { asOf: '2026-03-31' };
  const events = [
    ...scene,
    client('birch', 'Birch'),
    satisfaction('s', 9, '2026-02-28'),
    invoice('a', '2026-01-10', 1),
  ];
  const loyalty = (await ask('getClientLoyalty', { params, query }, events, stated)) as Scores;
  type List = { items: (Scores & { clientId: string })[]; nextCursor: string | null; counts: object };
  const list = (query: object, more: object = {}) =>
    ask('listClientSegments', { query: { asOf: '2026-03-31', ...query }, ...more }, events, stated) as Promise<List>;
  const all = await list({});
  t.strictSame(
    all.items.map(({ clientId }) => clientId),
    ['birch', 'flora'],
    'Granit comes in April',
  );
  const [, flora] = all.items;
  t.strictSame(scoresOf(flora as Scores), scoresOf(loyalty));
  t.match(flora, { revenue: rub(100_000_000), profit: rub(54_000_000), contactsPerWorkingDay: '0.031250' });
  t.match(all.counts, { invest: 2, insufficientData: 0 });
  t.match(await list({ segment: 'exit' }), { items: { length: 0 }, counts: { invest: 2 } });
  t.match(await list({ insufficientData: 'true' }), { items: { length: 0 } });
  const first = await list({ sort: 'loyalty', limit: '1' });
  const second = await list({ sort: 'loyalty', limit: '1', cursor: first.nextCursor });
  const [high, low] = [first.items[0], second.items[0]];
  t.ok((high?.loyalty ?? 0) > (low?.loyalty ?? 100), 'the more loyal one first');
  t.equal(second.nextCursor, null);
  t.match(await ask('listClientSegments', {}, events, { configured: false }), { code: 'agency-not-configured' });
  const alone = { ...stated, stages: [{ ...landing, costedPeople: 1 }] };
  const hidden = (await ask('listClientSegments', { query, seesRates: false }, events, alone)) as List;
  t.match(hidden.items[1], { value: null, revenue: null, profit: null, margin: null, suppressed: true });

  type Months = { months: (Scores & { month: string; on: string; suppressed: boolean })[] };
  const history = (await ask(
    'getLoyaltyHistory',
    { params, query: { months: '3', ...query } },
    events,
    stated,
  )) as Months;
  t.strictSame(
    history.months.map(({ on }) => on),
    ['2026-01-31', '2026-02-28', '2026-03-31'],
  );
  for (const month of history.months) {
    const then = { params, query: { asOf: month.on } };
    t.strictSame(scoresOf(month), scoresOf((await ask('getClientLoyalty', then, events, stated)) as Scores), month.on);
  }
  t.not(history.months[0]?.loyalty, history.months[2]?.loyalty);
  const past = (await ask('getLoyaltyHistory', { params, query, seesRates: false }, events, alone)) as Months;
  t.match([past.months.length, past.months[11]], [12, { suppressed: true, value: null }]);
  t.match(await ask('getLoyaltyHistory', { params: { clientId: 'none' } }, events, stated), { kind: 'not-found' });
});

t.test('payments and satisfaction count as of the day', async (t) => {
  const events = [
    ...scene,
    invoice('a', '2026-01-10', 1000),
    paid('a', '2026-01-25', 600),
    paid('a', '2026-04-02', 400),
    invoice('euro', '2026-01-10', 1000, 'EUR'),
    satisfaction('first', 9, '2026-02-01'),
    satisfaction('third', 3, '2026-04-01'),
    satisfaction('second', 6, '2026-03-01'),
  ];
  const params = { clientId: 'flora' };
  const loyalty = (await ask('getClientLoyalty', { params }, events, stated)) as Loyalty;
  const part = (name: string) => loyalty.components.find(({ component }) => component === name);
  // 600 were 15 days late, 400 are 80 days late on 31 March: (9,000 + 32,000) / 1,000 = 41 days.
  t.match(part('payment-discipline'), { points: 0, evidence: [{ ref: 'a' }] });
  t.match(part('payment-discipline')?.inputs, [
    { money: rub(1000) },
    { money: rub(1000) },
    { ratio: '41.000000' },
    { name: 'invoicesWithoutExchangeRate', count: 1 },
  ]);
  t.match(part('satisfaction'), { points: 60, evidence: [{ kind: 'satisfaction', ref: 'second' }] });
  const said = await ask('listSatisfaction', { params, query: { limit: '2' } }, events, stated);
  t.match(said, { items: [{ satisfactionId: 'third', score: 3 }, { satisfactionId: 'second' }] });
  const { nextCursor: cursor } = said as { nextCursor: string };
  const rest = await ask('listSatisfaction', { params, query: { limit: '2', cursor } }, events, stated);
  t.match(rest, { items: [{ satisfactionId: 'first' }], nextCursor: null });
  t.match(await ask('listSatisfaction', { params: { clientId: 'none' } }, events, stated), { kind: 'not-found' });
});

t.test('the first and the last day that may be asked for have answers of the stated form', async (t) => {
  for (const asOf of ['1990-01-01', '2100-12-31']) {
    t.match(await ask('getClientLoyalty', { params: { clientId: 'flora' }, query: { asOf } }, scene, stated), { asOf });
    const advice = { params: { stageId: 'landing' }, query: { asOf } };
    t.match(await ask('getExtraPaymentAdvice', advice, scene, stated), { asOf });
  }
});

t.test('the value is not told where it would tell one person’s rate', async (t) => {
  const params = { clientId: 'flora' };
  const alone = { ...stated, stages: [landing, { ...landing, stageId: 'logo', costedPeople: 1 }] };
  const hidden = (await ask('getClientLoyalty', { params, seesRates: false }, scene, alone)) as Loyalty;
  t.match(hidden, { suppressed: true, value: null, segment: 'invest' });
  const money = JSON.stringify(hidden.components.filter(({ component }) => /profit|growth/.test(component)));
  t.notMatch(money, /minor|ratio/);
  t.notMatch(JSON.stringify(hidden.advice), /margin|profit/);
  for (const [seesRates, figures] of [
    [true, alone],
    [false, stated],
  ] as const) {
    const shown = (await ask('getClientLoyalty', { params, seesRates }, scene, figures)) as Loyalty;
    t.strictSame([shown.suppressed, shown.value !== null], [false, true]);
  }
});

const rework: WorkItem = {
  kind: 'time-entry',
  id: 'e7',
  stageId: 'landing',
  specialistId: 'anna',
  date: '2026-03-18',
  seconds: 12_600,
  activity: 'rework',
  goodwill: false,
  requestId: null,
  note: 'Second round',
  costMinor: 814_800,
};
const asked = [
  client('flora', 'Flora'),
  request('font'),
  classification('font', 'out-of-scope'),
  request('logo', '2026-03-21'),
  classification('logo', 'out-of-scope', '2026-03-21'),
  request('paid'),
  classification('paid', 'out-of-scope'),
  proposal('p', { requestId: 'paid' }),
  agreement('p'),
  request('agreed-scope'),
  classification('agreed-scope', 'out-of-scope'),
  classification('agreed-scope', 'in-scope'),
];
const working: StatedProfitability = {
  ...stated,
  unplanned: [
    rework,
    { ...rework, id: 'e8', requestId: 'font' },
    { ...rework, id: 'e9', requestId: 'paid' },
    { ...rework, kind: 'expense', id: 'taxi', activity: null, seconds: 0, costMinor: 180_000 },
  ],
  forRequest: { font: [rework, { ...rework, costMinor: 1 }], logo: [{ ...rework, costMinor: null }] },
};

t.test('advice on an extra payment shows unpaid work and requests once, and the risk', async (t) => {
  const params = { stageId: 'landing' };
  const advice = (await ask('getExtraPaymentAdvice', { params, query: { gainMinor: '6000000' } }, asked, working)) as {
    evidence: { kind: string; ref: string; seconds: number | null; cost: object | null }[];
  };
  t.match(advice, {
    verdict: 'ask-now',
    amount: rub(6_000_000),
    headroom: rub(-841_425),
    standardMargin: '0.400000',
    // 1,000,000 - 460,000 in the twelve months; 60,000 / 600,000
    risk: { futureProfit: rub(54_000_000), breakEvenProbability: '0.100000', from: '2025-04-01', to: '2026-04-01' },
    pending: [],
    suppressed: false,
  });
  t.strictSame(
    advice.evidence.map(({ kind, ref, seconds, cost }) => [kind, ref, seconds, cost]),
    [
      ['time-entry', 'e7', 12_600, rub(814_800)],
      ['expense', 'taxi', null, rub(180_000)],
      ['request', 'font', 25_200, rub(814_801)],
      ['request', 'logo', 12_600, null],
    ],
  );
  const early = await ask('getExtraPaymentAdvice', { params, query: { asOf: '2026-03-20' } }, asked, working);
  t.match(
    early,
    { amount: rub(1_402_375), evidence: { length: 4 } },
    'logo is asked a day later, and paid is not paid yet',
  );
  const pending = await ask('getExtraPaymentAdvice', { params }, [...asked, proposal('q')], working);
  t.match(pending, { verdict: 'wait', say: null, pending: [{ extraPaymentId: 'q', proposedOn: '2026-03-23' }] });
  const none = { params: { stageId: 'none' } };
  t.strictSame(await ask('getExtraPaymentAdvice', none, asked, working), { kind: 'not-found', what: 'stage' });
  t.match(await ask('getExtraPaymentAdvice', { params }, asked, { configured: false }), { kind: 'not-found' });
});

t.test('advice hides what would tell a rate', async (t) => {
  const params = { stageId: 'landing' };
  const two = { params, seesRates: false };
  const shared = await ask('getExtraPaymentAdvice', two, asked, working);
  t.match(shared, { amount: rub(1_402_375), headroom: rub(-841_425), suppressed: true });
  t.match(shared, { evidence: [{ ref: 'e7', cost: null }, { ref: 'taxi', cost: rub(180_000) }, { cost: null }, {}] });
  const alone = { ...working, stages: [{ ...landing, costedPeople: 1 }] };
  const hidden = await ask('getExtraPaymentAdvice', two, asked, alone);
  t.match(hidden, {
    verdict: 'ask-now',
    amount: null,
    gain: null,
    estimateAtCompletion: null,
    forecastMargin: null,
    headroom: null,
    revenue: rub(20_000_000),
    risk: { futureProfit: null, breakEvenProbability: null, losingCostsNothing: null },
  });
  t.notMatch(JSON.stringify(hidden), /14,023|1402375|35\.79/);
  const named = await ask('getExtraPaymentAdvice', { ...two, query: { gainMinor: '100' } }, asked, alone);
  t.match(named, { amount: rub(100), risk: { breakEvenProbability: null } }, 'an amount of one’s own is no secret');
});
