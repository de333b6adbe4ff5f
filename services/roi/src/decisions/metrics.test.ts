import t from 'tap';
import { defaultMetrics, fitnessOf, verdictText } from './fitness/fitness.ts';
import { decideDefineMetric, metricDefinitionEvolution } from './metric-definition.ts';
import { decideMonths } from './metrics-in-bulk.ts';
import { projectMetricsEvolution } from './project-metrics.ts';

const around = {
  agency: { currency: 'RUB', timeZone: 'Europe/Moscow' },
  project: { clientId: 'flora' },
  now: '2026-03-24T09:00:00.000Z',
};
const rub = (minor: number) => ({ minor, currency: 'RUB' });

t.test('many months: each on its own, or all or none', async (t) => {
  const { initial, evolve } = projectMetricsEvolution;
  const items = [
    { month: '2026-01', inquiries: 41, turnover: rub(5) },
    { month: '2026-02', inquiries: 62 },
  ];
  const first = decideMonths('site', items, 'atomic', initial(), around);
  t.match(first, [
    { outcome: 'accepted', event: { data: { month: '2026-01', clientId: 'flora', turnover: rub(5), calls: null } } },
    { outcome: 'accepted', event: { data: { month: '2026-02' } } },
  ]);
  const known = first.reduce(
    (state, fate) => (fate.outcome === 'accepted' ? evolve(state, fate.event) : state),
    initial(),
  );
  const again = [...items, { month: '2026-04', inquiries: 1 }, { month: '2026-03', inquiries: 7 }];
  t.match(decideMonths('site', again, 'best-effort', known, around), [
    { outcome: 'unchanged' },
    { outcome: 'unchanged' },
    { outcome: 'refused', code: 'month-in-future' },
    { outcome: 'accepted' },
  ]);
  t.match(decideMonths('site', again, 'atomic', known, around), [
    { outcome: 'unchanged' },
    { outcome: 'unchanged' },
    { outcome: 'refused' },
    { outcome: 'not-carried-out' },
  ]);
  const corrected = [{ month: '2026-01', inquiries: 41, turnover: rub(6) }];
  t.match(decideMonths('site', corrected, 'atomic', known, around), [{ outcome: 'accepted' }], 'one amount differs');
});

t.test('a metric is suitable only if we control it and it moves the business', async (t) => {
  const verdicts = Object.fromEntries(defaultMetrics.map((metric) => [metric.metricId, fitnessOf(metric)]));
  t.strictSame(verdicts, {
    calls: 'suitable',
    forms: 'suitable',
    inquiries: 'suitable',
    sales: 'bad-for-us',
    turnover: 'bad-for-us',
    visitors: 'bad-for-client',
  });
  t.equal(fitnessOf({ controllableByUs: false, affectsBusiness: false }), 'unfit');
  t.match(verdictText('en', 'Sales volume', 'bad-for-us'), /^Sales volume: bad for us\. .* not in our hands/);
  t.match(verdictText('ru', 'Посетители сайта', 'bad-for-client'), /^Посетители сайта: плох для клиента\. /);
});

t.test('a metric is defined, and defined anew', async (t) => {
  const { initial, evolve } = metricDefinitionEvolution;
  const forms = { metricId: 'forms', name: 'Forms', controllableByUs: true, affectsBusiness: true };
  const event = {
    type: 'MetricDefined',
    data: { ...forms, counts: null, rationale: null },
  } as const;
  t.strictSame(decideDefineMetric(forms, initial()), { accepted: [event] });
  const defined = evolve(initial(), event);
  t.strictSame(decideDefineMetric(forms, defined), { refused: 'nothing-changed' });
  t.match(decideDefineMetric({ ...forms, affectsBusiness: false }, defined), {
    accepted: [{ data: { affectsBusiness: false } }],
  });
});
