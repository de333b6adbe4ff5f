import { categories } from '@headroom/contracts/events';
import { addDays, addMonths, monthOf } from '@headroom/kernel';
import type { Recorder } from './recorder.ts';
import { CURRENCY, rateText, rub, type World } from './world.ts';

const share = (value: string) => ({ stated: value, low: value, high: value, source: 'client' as const });

const recordMetrics = ({ random, projects, today }: World, recorder: Recorder): void => {
  const month = addMonths(monthOf(today), -1);
  for (const { projectId, clientId } of projects) {
    const metric = {
      projectId,
      clientId,
      month,
      visitors: random.integer(300, 30_000),
      inquiries: random.integer(5, 300),
      calls: random.chance(0.5) ? random.integer(1, 90) : null,
      forms: random.integer(1, 200),
      sales: random.integer(0, 60),
      turnover: rub(random.integer(1, 900) * 100_000),
      advertisingSpend: rub(random.integer(0, 90) * 100_000),
    };
    recorder.record(categories.projectMetrics, [projectId], [{ type: 'MetricRecorded', data: metric }]);
  }
};

const recordFacts = ({ random, clients, today }: World, recorder: Recorder): void => {
  for (const clientId of clients) {
    if (!random.chance(0.3)) continue;
    const check = rub(random.integer(1_000, 90_000) * 100);
    const facts = {
      clientId,
      effectiveFrom: monthOf(today),
      measuredFrom: addMonths(monthOf(today), -3),
      measuredTo: addMonths(monthOf(today), -1),
      conversion: share('0.02'),
      closeRate: share('0.25'),
      averageCheck: { stated: check, low: check, high: check, source: 'client' as const },
      grossMargin: share('0.5'),
    };
    recorder.record(categories.clientBusiness, [clientId], [{ type: 'BusinessFactsRecorded', data: facts }]);
  }
};

/** What comes with a new month: last month's metrics, the clients' own figures, the rate of the euro. */
export const recordNewMonth = (world: World, recorder: Recorder): void => {
  recordMetrics(world, recorder);
  recordFacts(world, recorder);
  const rate = { currency: 'EUR', rate: `${world.random.integer(80, 110)}.5`, effectiveFrom: world.today };
  recorder.record(categories.agency, [], [{ type: 'ExchangeRateSet', data: rate }]);
};

const RAISES_A_DAY = 0.008;
const LATEST_NEWS_DAYS = 60;

/** Rates rise about twice a year; every third rise is told late, and holds from a day that has passed. */
export const recordRaises = ({ random, specialists, today }: World, recorder: Recorder): void => {
  for (const specialist of specialists) {
    if (!random.chance(RAISES_A_DAY)) continue;
    specialist.rateUnits = Math.round(specialist.rateUnits * (1 + random.integer(-2, 8) / 100));
    const late = random.chance(0.33);
    const raise = {
      rateId: random.id(),
      specialistId: specialist.id,
      effectiveFrom: addDays(today, late ? -random.integer(1, LATEST_NEWS_DAYS) : 0),
      ratePerHour: rateText(specialist.rateUnits),
      currency: CURRENCY,
      basis: 'billable',
      breakdown: null,
    } as const;
    recorder.record(
      categories.specialist,
      [specialist.id],
      [{ type: 'CostRateSet', data: raise }],
      'The payslip shows it',
    );
  }
};
