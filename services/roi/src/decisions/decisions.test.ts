import type { Evolution } from '@headroom/kernel';
import t from 'tap';
import type { BusinessFactsEvent, ProjectMetricsEvent } from '../events/streams.ts';
import { businessFactsEvolution, decideRecordFacts, type RecordBusinessFacts } from './business-facts.ts';
import {
  decideRecordMetric,
  decideSetBaseline,
  projectMetricsEvolution,
  type RecordMetric,
} from './project-metrics.ts';

const rub = (minor: number) => ({ minor, currency: 'RUB' });
const agency = { currency: 'RUB', timeZone: 'Europe/Moscow' };
const project = { clientId: 'flora' };

t.test('facts of a client’s business', async (t) => {
  const record: RecordBusinessFacts = {
    clientId: 'flora',
    effectiveFrom: '2025-10',
    closeRate: { stated: '0.25', low: '0.2', high: '0.3', source: 'client' },
    averageCheck: { stated: rub(1_200_000), low: rub(1_000_000), source: 'client' },
    grossMargin: { stated: '0.5', source: 'estimate' },
  };
  const around = { agency, clientExists: true };
  const recorded: BusinessFactsEvent = {
    type: 'BusinessFactsRecorded',
    data: {
      clientId: 'flora',
      effectiveFrom: '2025-10',
      measuredFrom: null,
      measuredTo: null,
      conversion: null,
      closeRate: { stated: '0.25', low: '0.2', high: '0.3', source: 'client' },
      averageCheck: { stated: rub(1_200_000), low: rub(1_000_000), high: rub(1_200_000), source: 'client' },
      grossMargin: { stated: '0.5', low: '0.5', high: '0.5', source: 'estimate' },
    },
  };
  t.strictSame(decideRecordFacts(record, around), { accepted: [recorded] }, 'without a range nobody is in doubt');
  t.strictSame(decideRecordFacts(record, { ...around, agency: undefined }), { refused: 'agency-not-configured' });
  t.strictSame(decideRecordFacts(record, { ...around, clientExists: false }), { refused: 'client-not-found' });
  const euro = { ...record, averageCheck: { stated: { minor: 1, currency: 'EUR' }, source: 'client' } } as const;
  t.strictSame(decideRecordFacts(euro, around), { refused: 'currency-mismatch', detail: { currency: 'RUB' } });
  const share = {
    clientId: 'flora',
    effectiveFrom: '2025-10',
    conversion: { stated: '0.02', source: 'analytics' },
  } as const;
  t.match(decideRecordFacts(share, around), {
    accepted: [{ data: { conversion: { stated: '0.02' }, averageCheck: null } }],
  });
});

t.test('a baseline', async (t) => {
  const set = { projectId: 'flora-site', periodFrom: '2025-07', periodTo: '2025-09', totalInquiries: 60 };
  t.strictSame(decideSetBaseline(set, { agency, project }), {
    accepted: [
      {
        type: 'BaselineSet',
        data: {
          projectId: 'flora-site',
          clientId: 'flora',
          periodFrom: '2025-07',
          periodTo: '2025-09',
          totalVisitors: null,
          totalInquiries: 60,
          totalCalls: null,
          totalForms: null,
          totalSales: null,
          totalTurnover: null,
          totalPromotionCost: null,
        },
      },
    ],
  });
  t.match(decideSetBaseline({ ...set, totalVisitors: 0 }, { agency, project }), {
    accepted: [{ data: { totalVisitors: 0 } }],
  });
  t.strictSame(decideSetBaseline(set, { agency, project: undefined }), { refused: 'project-not-found' });
  t.strictSame(decideSetBaseline(set, { agency: undefined, project }), { refused: 'agency-not-configured' });
  const euro = { ...set, totalTurnover: { minor: 1, currency: 'EUR' } };
  t.match(decideSetBaseline(euro, { agency, project }), { refused: 'currency-mismatch' });
});

t.test('a month’s metric', async (t) => {
  const record: RecordMetric = {
    projectId: 'flora-site',
    month: '2026-03',
    inquiries: 41,
    advertisingSpend: rub(1_500_000),
  };
  const around = { agency, project, now: '2026-03-24T09:00:00Z' };
  const metric: ProjectMetricsEvent = {
    type: 'MetricRecorded',
    data: {
      projectId: 'flora-site',
      clientId: 'flora',
      month: '2026-03',
      visitors: null,
      inquiries: 41,
      calls: null,
      forms: null,
      sales: null,
      turnover: null,
      advertisingSpend: rub(1_500_000),
    },
  };
  t.strictSame(decideRecordMetric(record, around), { accepted: [metric] });
  t.strictSame(decideRecordMetric(record, { ...around, agency: undefined }), { refused: 'agency-not-configured' });
  t.strictSame(decideRecordMetric(record, { ...around, project: undefined }), { refused: 'project-not-found' });
  const mismatch = { refused: 'currency-mismatch', detail: { currency: 'RUB' } };
  t.strictSame(decideRecordMetric({ ...record, turnover: { minor: 1, currency: 'EUR' } }, around), mismatch);
  t.strictSame(decideRecordMetric({ ...record, advertisingSpend: { minor: 1, currency: 'EUR' } }, around), mismatch);
  const later = { ...record, month: '2026-04' };
  t.strictSame(decideRecordMetric(later, around), { refused: 'month-in-future', detail: { thisMonth: '2026-03' } });
  t.match(
    decideRecordMetric(later, { ...around, now: '2026-03-31T21:00:00Z' }),
    { accepted: [{ type: 'MetricRecorded' }] },
    'in Moscow April has begun',
  );
});

t.test('what was recorded before hinders nothing', async (t) => {
  const after = <State, Event extends { type: string; data: unknown }>(
    { initial, evolve }: Evolution<State, Event>,
    event: Event,
  ) => evolve(initial(), event);
  const facts = { clientId: 'flora', effectiveFrom: '2025-10' };
  const [event] = (decideRecordFacts(facts, { agency, clientExists: true }) as { accepted: BusinessFactsEvent[] })
    .accepted;
  t.strictSame(after(businessFactsEvolution, event as BusinessFactsEvent), { sharings: [] });
  const metric = { projectId: 'flora-site', month: '2026-03', inquiries: 1 };
  const around = { agency, project, now: '2026-03-24T09:00:00Z' };
  const [counted] = (decideRecordMetric(metric, around) as { accepted: ProjectMetricsEvent[] }).accepted;
  t.equal(after(projectMetricsEvolution, counted as ProjectMetricsEvent).months.size, 1);
});
