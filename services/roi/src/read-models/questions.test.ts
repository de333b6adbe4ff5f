import * as contract from '@headroom/contracts/rest/roi';
import t from 'tap';
import { folded, type Stated } from '../../test-support/log.ts';
import { allFacts, baseline, certain, client, facts, metric, project, rub } from '../../test-support/scene.ts';
import { statedProfitability } from '../../test-support/stated-profitability.ts';
import { roiQuestions } from '../rest/questions.ts';

type RoiQuestion =
  | typeof contract.getClientRoi
  | typeof contract.estimateRoi
  | typeof contract.listMissingFacts
  | typeof contract.listBusinessFacts;

/** Asks a bound question over the rows of some events, as the API would; an answer must be as its contract says. */
const ask = async (
  operation: RoiQuestion,
  asked: { readonly params?: object; readonly query?: object; readonly seesRates?: boolean },
  events: readonly Stated[] = [],
  stated: Parameters<typeof statedProfitability>[0] = {},
) => {
  const bound = roiQuestions(statedProfitability(stated)).find((each) => each.operation === operation);
  if (bound === undefined || !('answer' in bound)) throw new Error(`no ${operation.operationId}`);
  const { seesRates = true } = asked;
  const reply = await bound.answer(
    {
      params: operation.params.parse(asked.params ?? {}),
      query: operation.query.parse(asked.query ?? {}),
      caller: { tenantId: 'acme', actor: 'key:1', permissions: new Set(), seesRates },
      instant: '2026-03-15T09:00:00.000Z',
    },
    await folded(events),
  );
  return reply.kind === 'answer' ? operation.response.parse(reply.body) : reply;
};

const params = { clientId: 'flora' };
const scene = [
  client,
  project('site'),
  project('shop', '2026-01-12'),
  allFacts,
  baseline('site'),
  metric('site', '2025-12', 41, { advertising: 1_500_000 }),
  metric('site', '2026-01', 41),
  metric('site', '2026-02', 62),
];
const projects = {
  site: [
    { date: '2025-10-31', revenueMinor: 2_000_000 },
    { date: '2025-12-31', revenueMinor: 6_000_000, uncostedSeconds: 900 },
  ],
  shop: [{ date: '2026-02-10', revenueMinor: 1_000_000 }],
};
const forecast = (stageId: string, projectId: string, costedPeople: number) => ({
  stageId,
  projectId,
  clientId: 'flora',
  name: stageId,
  status: 'started' as const,
  revenueMinor: 0,
  estimateAtCompletionMinor: 0,
  forecastMargin: null,
  standardMargin: null,
  headroomMinor: null,
  costedPeople,
});

t.test('what the client earned from our work, by project and in all', async (t) => {
  // site: gains 31,500 + 31,500 + 63,000; cost 60,000 + 15,000 advertising. shop: cost 10,000, no gain known.
  t.match(await ask(contract.getClientRoi, { params }, scene, { projects }), {
    clientId: 'flora',
    name: 'Flora',
    asOf: '2026-03-15',
    knownAt: 8,
    gain: { base: rub(12_600_000) },
    cost: rub(8_500_000),
    roi: { base: '0.482353' },
    payback: { base: { month: '2026-02', reached: true } },
    projects: [
      { projectId: 'shop', gain: null, cost: rub(1_000_000), roi: { base: null }, forms: [] },
      {
        projectId: 'site',
        forms: ['inquiries'],
        gain: { low: rub(10_080_000), base: rub(12_600_000), high: rub(15_120_000) },
        cost: rub(7_500_000),
        roi: { base: '0.680000' },
        payback: { base: { month: '2026-02', reached: true } },
        months: { length: 6 },
      },
    ],
    facts: [
      { fact: 'average-check', effectiveFrom: '2025-10', stated: '1200000' },
      { fact: 'close-rate', low: '0.2', stated: '0.25', high: '0.3' },
      { fact: 'gross-margin' },
    ],
    missing: [
      { fact: 'baseline', projectId: 'shop' },
      { fact: 'metric', projectId: 'shop' },
    ],
    suppressed: false,
    quality: { uncostedSeconds: 900 },
  });
});

t.test('as of an earlier day, nothing later is in it', async (t) => {
  const query = { asOf: '2026-01-31' };
  t.match(await ask(contract.getClientRoi, { params, query }, scene, { projects }), {
    asOf: '2026-01-31',
    gain: { base: rub(6_300_000) },
    cost: rub(7_500_000),
    months: { length: 4 },
  });
});

t.test('the first and the last day that may be asked for have answers of the stated form', async (t) => {
  const early = await ask(contract.getClientRoi, { params, query: { asOf: '1990-01-01' } }, scene, { projects });
  t.match(early, { months: [], gain: null, cost: rub(0) });
  const slow = [
    client,
    project('site', '2100-10-01'),
    allFacts,
    baseline('site'),
    ...['10', '11', '12'].map((month) => metric('site', `2100-${month}`, 21)),
  ];
  const dear = {
    site: [
      { date: '2100-10-01', revenueMinor: 90_000_000 },
      { date: '2100-11-01', revenueMinor: 90_000_000 },
    ],
  };
  const late = await ask(contract.getClientRoi, { params, query: { asOf: '2100-12-31' } }, slow, { projects: dear });
  t.match(late, { payback: { base: null } }, 'no gain was left over in the months that it would be projected from');
  const paid = { site: [{ date: '2100-01-01', revenueMinor: 90_000_000 }] };
  const before = [client, project('site', '2100-09-01'), ...slow.slice(2)];
  // 900,000 - 3 x 1,500 at 1,500 a month: 597 months
  const far = await ask(contract.getClientRoi, { params, query: { asOf: '2100-12-31' } }, before, { projects: paid });
  t.match(far, { payback: { base: { month: '2150-09', reached: false } } });
});

t.test('what the agency earned is hidden where it would tell one person’s rate', async (t) => {
  const stages = [forecast('landing', 'site', 1), forecast('catalogue', 'shop', 2)];
  const stated = { projects, stages };
  const hidden = await ask(contract.getClientRoi, { params, seesRates: false }, scene, stated);
  t.match(hidden, {
    suppressed: true,
    cost: null,
    roi: { base: null },
    payback: { base: null },
    gain: { base: rub(12_600_000) },
    projects: [
      { projectId: 'shop', cost: rub(1_000_000) },
      { projectId: 'site', cost: null, roi: { base: null }, payback: { base: null } },
    ],
  });
  const { months, projects: lines } = hidden as { months: object[]; projects: { months: object[] }[] };
  for (const month of [...months, ...(lines[1]?.months ?? [])]) {
    t.match(month, { revenue: null, cost: null, cumulativeCost: null });
  }
  const shared = { projects, stages: [forecast('landing', 'site', 2)] };
  t.match(await ask(contract.getClientRoi, { params, seesRates: false }, scene, shared), { suppressed: false });
  t.match(await ask(contract.getClientRoi, { params }, scene, stated), { suppressed: false });
});

t.test('who cannot be told about', async (t) => {
  t.strictSame(await ask(contract.getClientRoi, { params: { clientId: 'none' } }, scene), {
    kind: 'not-found',
    what: 'client',
  });
  t.match(await ask(contract.getClientRoi, { params }, scene, { configured: false }), { kind: 'not-found' });
  t.match(await ask(contract.getClientRoi, { params }, [client]), {
    projects: [],
    gain: null,
    cost: rub(0),
    missing: [{ fact: 'project' }],
  });
  const absurd = [...scene, metric('site', '2026-03', 1_000_000_000)];
  const check = { stated: rub(10 ** 15), low: rub(10 ** 15), high: rub(10 ** 15), source: 'client' as const };
  const rich: Stated = {
    type: 'BusinessFactsRecorded',
    data: {
      clientId: 'flora',
      effectiveFrom: '2026-03',
      measuredFrom: null,
      measuredTo: null,
      conversion: null,
      closeRate: null,
      averageCheck: check,
      grossMargin: null,
    },
  };
  t.strictSame(await ask(contract.getClientRoi, { params }, [...absurd, rich]), {
    kind: 'refused',
    code: 'beyond-range',
  });
});

t.test('the estimate of the worked example', async (t) => {
  const query = {
    setupMinor: '20000000',
    monthlyFeeMinor: '5000000',
    gainsMinor: '3000000,6000000,9000000',
    currency: 'RUB',
  };
  t.match(await ask(contract.estimateRoi, { query }), {
    paybackMonth: 8,
    roi: '0.237500',
    totalGain: rub(99_000_000),
    months: { length: 12 },
  });
  for (const wrong of [{ gainsMinor: '1,,2' }, { currency: 'XYZ' }, { setupMinor: '-1' }, { months: '0' }]) {
    await t.rejects(ask(contract.estimateRoi, { query: { ...query, ...wrong } }));
  }
});

t.test('what to ask next: first what is not known at all, then what narrows the range most', async (t) => {
  const events = [
    client,
    project('site'),
    facts('2025-10', {
      measuredFrom: '2024-01',
      measuredTo: '2024-06',
      closeRate: certain('0.25', '0.2', '0.3'),
      averageCheck: certain(rub(1_200_000), rub(1_080_000), rub(1_260_000)),
      grossMargin: { ...certain('0.5'), source: 'estimate' },
    }),
    baseline('site'),
    metric('site', '2025-12', 41),
    metric('site', '2026-02', 62),
  ];
  const asked = await ask(contract.listMissingFacts, { params }, events, {
    projects: { site: [{ date: '2025-12-31', revenueMinor: 10_000_000 }] },
  });
  // Surplus 21 + 42 = 63 inquiries. low 63 x 0.2 x 10,800 x 0.5 = 68,040; high 63 x 0.3 x 12,600 x 0.5 = 119,070: 51,030 wide.
  // Close rate settled: 63 x 0.25 x (12,600 - 10,800) x 0.5 = 14,175. Check settled: 63 x 12,000 x 0.5 x 0.1 = 37,800.
  t.match(asked, {
    gain: { low: rub(6_804_000), base: rub(9_450_000), high: rub(11_907_000) },
    items: [
      { rank: 1, fact: 'metric', projectId: 'site', why: 'unknown', months: ['2026-01'], narrowing: null },
      {
        rank: 2,
        fact: 'close-rate',
        why: 'uncertain',
        rangeNow: rub(5_103_000),
        rangeIfKnown: rub(1_417_500),
        narrowing: rub(3_685_500),
        roiNarrowing: '0.368550',
      },
      { rank: 3, fact: 'average-check', rangeIfKnown: rub(3_780_000), narrowing: rub(1_323_000) },
      { rank: 4, fact: 'gross-margin', why: 'estimated', narrowing: rub(0) },
    ],
    suppressed: false,
  });
  const russian = await ask(contract.listMissingFacts, { params, query: { lang: 'ru' } }, events);
  t.match(russian, { items: [{ ask: /Сколько обращений/ }, { explanation: /точностью до 51.030,00 RUB/ }] });
  const certainty = await ask(contract.listMissingFacts, { params }, [
    client,
    project('site'),
    facts('2025-10', { ...({ measuredFrom: '2024-01', measuredTo: '2024-06' } as const), closeRate: certain('0.25') }),
    facts('2025-10', { averageCheck: certain(rub(1_200_000)), grossMargin: certain('0.5') }),
    baseline('site'),
    metric('site', '2026-02', 62),
  ]);
  t.match(certainty, { items: [{ fact: 'close-rate', why: 'outdated' }] });
  t.match(await ask(contract.listMissingFacts, { params: { clientId: 'nobody' } }, events), { kind: 'not-found' });
});

t.test('what is known of a business, with source, period and range', async (t) => {
  const events = [
    client,
    facts('2025-10', { measuredFrom: '2025-01', measuredTo: '2025-06', closeRate: certain('0.25') }),
  ];
  t.match(await ask(contract.listBusinessFacts, { params }, events), {
    items: [
      {
        effectiveFrom: '2025-10',
        closeRate: { stated: '0.25', source: 'client', measuredFrom: '2025-01', measuredTo: '2025-06' },
        averageCheck: null,
      },
    ],
    sources: ['client'],
  });
});
