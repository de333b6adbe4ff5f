import { defaultLoyaltySettings, type LoyaltySettings } from '@headroom/contracts/events';
import type { CumulativeFigures } from '@headroom/contracts/questions';
import fc from 'fast-check';
import t from 'tap';
import { adviceOn } from './advice.ts';
import type { Component } from './component.ts';
import type { LoyaltyFacts } from './facts.ts';
import { points, weightedMean } from './points.ts';
import { scoreClient } from './score.ts';
import { segmentOf } from './segment.ts';
import { dayBefore, trailingMonths } from './windows.ts';

const figures = (date: string, change: Partial<CumulativeFigures> = {}): CumulativeFigures => ({
  date,
  revenueMinor: 0,
  costMinor: 0,
  seconds: 0,
  unpaidSeconds: 0,
  uncostedSeconds: 0,
  tellsOneRate: false,
  ...change,
});
const stage = (stageId: string, startedOn: string | null) => ({
  stageId,
  projectId: 'flora-site',
  status: 'started' as const,
  startedOn,
  closedOn: null,
});
const contacts = (count: number) => ({
  count,
  newest: Array.from({ length: Math.min(count, 25) }, (_, index) => `call-${index}`),
});
const invoice = (invoiceId: string, dueOn: string, openMinor: number, ...paid: [paidOn: string, minor: number][]) => ({
  invoiceId,
  dueOn,
  openMinor,
  payments: paid.map(([paidOn, minor]) => ({ paidOn, minor })),
});

/** A client of a year: 400,000 earned in the first half of it, 600,000 in the second, 1,000,000 in all for 520,000. */
const facts: LoyaltyFacts = {
  asOf: '2026-03-31',
  currency: 'RUB',
  settings: defaultLoyaltySettings,
  standardMargin: '0.4',
  clients: 4,
  since: '2024-10-01',
  client: [
    figures('2026-03-31', {
      revenueMinor: 100_000_000,
      costMinor: 52_000_000,
      seconds: 1_000_000,
      unpaidSeconds: 100_000,
    }),
    figures('2025-09-30', { revenueMinor: 40_000_000, costMinor: 25_000_000, seconds: 400_000 }),
    figures('2025-03-31'),
  ],
  agency: [figures('2026-03-31', { revenueMinor: 400_000_000, costMinor: 208_000_000 }), figures('2025-03-31')],
  stages: [stage('one', '2024-10-15'), stage('two', '2025-05-05'), stage('three', '2026-01-12'), stage('plan', null)],
  contacts: contacts(32),
  firstContactOn: '2024-10-20',
  answered: [
    { extraPaymentId: 'a', proposedMinor: 2_000_000, agreedMinor: 1_500_000, answeredOn: '2026-02-01' },
    { extraPaymentId: 'b', proposedMinor: 1_000_000, agreedMinor: 0, answeredOn: '2026-03-01' },
  ],
  invoices: [],
  unconvertedInvoices: 0,
  disputes: [],
  satisfaction: null,
};
const of = (change: Partial<LoyaltyFacts>) => scoreClient({ ...facts, ...change });
const component = (score: ReturnType<typeof scoreClient>, name: Component['component']): Component => {
  const found = score.components.find((each) => each.component === name);
  if (found === undefined) throw new Error(`no component ${name}`);
  return found;
};
const pointsOf = (change: Partial<LoyaltyFacts>, name: Component['component']) => component(of(change), name).points;
const whyMissing = (change: Partial<LoyaltyFacts>, name: Component['component']) => component(of(change), name).missing;

t.test('windows are the months that end with the day', async (t) => {
  t.strictSame(trailingMonths('2026-03-31', 3), { from: '2026-01-01', to: '2026-04-01' });
  t.strictSame(trailingMonths('2026-03-15', 12), { from: '2025-03-16', to: '2026-03-16' });
  t.equal(dayBefore(trailingMonths('2026-03-31', 12)), '2025-03-31');
});

t.test('the components, computed by hand', async (t) => {
  // margin 0.48; 50 + 50 (0.48 - 0.4) / 0.4 = 60
  t.equal(pointsOf({}, 'profitability'), 6000);
  // the worked example's margin: 50 + 50 (0.3579286 - 0.4) / 0.4 = 44.74
  const worked = figures('2026-03-31', { revenueMinor: 20_000_000, costMinor: 12_841_425 });
  t.equal(pointsOf({ client: [worked, figures('2025-09-30'), figures('2025-03-31')] }, 'profitability'), 4474);
  // 480,000 of 1,920,000 is a quarter; 50 x 0.25 x 4 clients = 50
  t.equal(pointsOf({}, 'profit-share'), 5000);
  // 600,000 / 400,000 = 1.5; 50 + 50 x 0.5 = 75
  t.equal(pointsOf({}, 'growth'), 7500);
  // 64 working days from January to March 2026; 32 / 64 = 0.5 a day; 100 x 0.5 / 3 = 16.67
  t.equal(pointsOf({}, 'unplanned-contacts'), 1667);
  // 100,000 / 1,000,000 = 0.1; 200 x 0.1 = 20
  t.equal(pointsOf({}, 'unpaid-share'), 2000);
  // 18 whole months; 100 x 18 / 36 = 50
  t.equal(pointsOf({}, 'tenure'), 5000);
  // stages two and three; the first repeats nothing, the planned one has not begun: 20 x 2
  t.equal(pointsOf({}, 'repeat-stages'), 4000);
  // 1,500,000 agreed of 3,000,000 answered
  t.equal(pointsOf({}, 'extra-payments'), 5000);
});

t.test('payment discipline, by amount', async (t) => {
  const paid = (...invoices: LoyaltyFacts['invoices'][number][]) => pointsOf({ invoices }, 'payment-discipline');
  t.equal(paid(invoice('a', '2026-02-10', 0, ['2026-02-10', 100])), 10_000, 'on the day');
  t.equal(paid(invoice('a', '2026-02-10', 0, ['2026-02-25', 100])), 5000, '15 days late');
  t.equal(paid(invoice('a', '2026-02-10', 0, ['2026-03-31', 100])), 0, '49 days late');
  // 300 in time, 100 twelve days late: 3 days on average; 100 - 100 x 3 / 30 = 90
  const mixed = [
    invoice('a', '2026-02-10', 0, ['2026-01-01', 300]),
    invoice('b', '2026-02-10', 0, ['2026-02-22', 100]),
  ];
  t.equal(paid(...mixed), 9000, 'what came early does not make up for it');
  // 100 in time, 100 open since the 1st: 30 days; 15 on average
  const overdue = of({ invoices: [invoice('a', '2026-03-01', 100, ['2026-02-20', 100])] });
  t.equal(component(overdue, 'payment-discipline').points, 5000);
  t.match(component(overdue, 'payment-discipline').inputs, [
    { name: 'paidOrOverdue', money: { minor: 200 } },
    { name: 'late', money: { minor: 100 } },
    { name: 'meanDaysLate', ratio: '15.000000' },
  ]);
  t.strictSame(component(overdue, 'payment-discipline').evidence, [{ kind: 'invoice', ref: 'a' }]);
  t.equal(paid(invoice('a', '2026-03-31', 100)), null, 'due today is not overdue');
  t.equal(paid(invoice('a', '2025-01-01', 0, ['2025-03-31', 100])), null, 'paid more than twelve months ago');
  t.equal(paid(invoice('a', '2025-01-01', 100)), 0, 'what is still open counts however old it is');
  t.match(component(of({ unconvertedInvoices: 2 }), 'payment-discipline').inputs.at(-1), { count: 2 });
});

t.test('disputes of twelve months cost a quarter each', async (t) => {
  const raised = (...days: string[]) => days.map((disputedOn, index) => ({ disputeId: `d${index}`, disputedOn }));
  t.equal(pointsOf({}, 'disputes'), 10_000);
  t.equal(pointsOf({ disputes: raised('2025-03-31', '2025-04-01', '2026-03-31') }, 'disputes'), 5000);
  t.strictSame(component(of({ disputes: raised('2025-05-01', '2026-01-01') }), 'disputes').evidence, [
    { kind: 'dispute', ref: 'd1' },
    { kind: 'dispute', ref: 'd0' },
  ]);
  const many = raised('2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05');
  t.equal(pointsOf({ disputes: many }, 'disputes'), 0);
  t.match(whyMissing({ stages: [stage('plan', null)] }, 'disputes'), /no work has begun/);
});

t.test('satisfaction is the latest score', async (t) => {
  const satisfaction = { satisfactionId: 's', score: 7, statedOn: '2026-03-20' };
  t.equal(pointsOf({ satisfaction }, 'satisfaction'), 7000);
  t.strictSame(component(of({ satisfaction }), 'satisfaction').evidence, [{ kind: 'satisfaction', ref: 's' }]);
});

t.test('the scores are means by weight, and a missing component shares its weight', async (t) => {
  const score = of({});
  // (5 x 60 + 3 x 50 + 2 x 75) / 10 = 60; (16.67 + 20) / 2 = 18.335 -> 18.34;
  // (2 x 50 + 3 x 40 + 2 x 50 + 1 x 100) / 8 = 52.5
  t.strictSame([score.value, score.attention, score.loyalty], [6000, 1834, 5250]);
  t.equal(score.segment, 'invest');
  t.equal(of({ firstContactOn: null, contacts: contacts(0) }).attention, 2000, 'unpaid share alone');
  t.equal(of({ answered: [] }).loyalty, 5333, '(2 x 50 + 3 x 40 + 100) / 6');
  const noWeight = { ...defaultLoyaltySettings.weights, unplannedContacts: 0, unpaidShare: 0 };
  const weightless = of({ settings: { ...defaultLoyaltySettings, weights: noWeight } });
  t.strictSame([weightless.attention, weightless.segment], [null, null], 'no weights, no score');
  t.match(weightless.lacking, [/attention/]);
});

t.test('inputs and evidence stand beside the points', async (t) => {
  const score = of({});
  t.strictSame(component(score, 'profitability').inputs, [
    { name: 'revenue', money: { minor: 100_000_000, currency: 'RUB' } },
    { name: 'profit', money: { minor: 48_000_000, currency: 'RUB' } },
    { name: 'margin', ratio: '0.480000' },
    { name: 'standardMargin', ratio: '0.400000' },
  ]);
  t.strictSame(component(score, 'unplanned-contacts').window, { from: '2026-01-01', to: '2026-04-01' });
  t.strictSame(component(score, 'unplanned-contacts').inputs, [
    { name: 'contacts', count: 32 },
    { name: 'workingDays', count: 64 },
    { name: 'contactsPerWorkingDay', ratio: '0.500000' },
  ]);
  t.equal(component(score, 'unplanned-contacts').evidence.length, 20, 'the newest twenty');
  t.strictSame(component(score, 'repeat-stages').evidence, [
    { kind: 'stage', ref: 'three' },
    { kind: 'stage', ref: 'two' },
  ]);
  t.strictSame(component(score, 'extra-payments').evidence, [
    { kind: 'extra-payment', ref: 'b' },
    { kind: 'extra-payment', ref: 'a' },
  ]);
});

t.test('what cannot be told is missing, with the reason, and never 0', async (t) => {
  const nothing = figures('2026-03-31');
  const idle: Partial<LoyaltyFacts> = { client: [nothing, nothing, nothing] };
  t.match(whyMissing({ standardMargin: null }, 'profitability'), /no standard/);
  t.match(whyMissing({ standardMargin: '0' }, 'profitability'), /standard margin is 0/);
  t.match(whyMissing(idle, 'profitability'), /nothing was earned/);
  t.match(whyMissing({ agency: [nothing, nothing] }, 'profit-share'), /no profit/);
  t.match(whyMissing(idle, 'growth'), /nothing was earned/);
  t.match(whyMissing({ firstContactOn: null, contacts: contacts(0) }, 'unplanned-contacts'), /no contact/);
  t.match(whyMissing(idle, 'unpaid-share'), /no hours/);
  t.match(whyMissing({ since: '2026-04-01' }, 'tenure'), /not work for the client yet/);
  t.match(whyMissing({ stages: [stage('plan', null)] }, 'repeat-stages'), /no stage/);
  t.match(whyMissing({ answered: [] }, 'extra-payments'), /not answered/);
  t.match(whyMissing({}, 'payment-discipline'), /nothing is overdue/);
  t.match(whyMissing({}, 'satisfaction'), /not been asked/);
  t.strictSame([component(of({}), 'satisfaction').weight, component(of({}), 'payment-discipline').weight], [1, 2]);
  t.equal(pointsOf({ stages: [stage('one', '2024-10-15')] }, 'repeat-stages'), 0, 'a first stage is no repeat');
});

t.test('too little on record gives no score', async (t) => {
  const young = of({ stages: [stage('one', '2026-01-02')], firstContactOn: '2026-01-05' });
  t.strictSame([young.value, young.segment], [null, null]);
  t.match(young.lacking, [/Only 2 whole months/]);
  t.strictSame(
    of({ stages: [stage('one', '2026-01-01')], firstContactOn: null }).lacking,
    [],
    'three months are enough',
  );
  const nothing = figures('2026-03-31');
  const bare = of({
    client: [nothing, nothing, nothing],
    agency: [nothing, nothing],
    stages: [],
    contacts: contacts(0),
    firstContactOn: null,
    answered: [],
  });
  t.match(bare.lacking, [/Only 1 of the components/, /Only 0 whole months/]);
  t.match(adviceOn(bare, defaultLoyaltySettings, false).reasons, [{ code: 'insufficient-data' }, {}]);
});

t.test('segments, at their thresholds', async (t) => {
  const segment = (value: number, attention: number, tooMany = false) =>
    segmentOf({ value, attention }, defaultLoyaltySettings, tooMany);
  t.equal(segment(1999, 5000), 'exit');
  t.equal(segment(1999, 4999), 'reprice');
  t.equal(segment(2000, 5000), 'reprice');
  t.equal(segment(4999, 5000), 'reprice');
  t.equal(segment(5000, 5000), 'reduce-contact');
  t.equal(segment(5000, 4999), 'maintain');
  t.equal(segment(5999, 0), 'maintain');
  t.equal(segment(6000, 4999), 'invest');
  t.equal(segment(6000, 4999, true), 'maintain', 'three contacts a day are never to be invested in');
  const strict = { ...defaultLoyaltySettings, investFromValue: 70 };
  t.equal(segmentOf({ value: 6000, attention: 0 }, strict, false), 'maintain', 'thresholds are settings');
});

t.test('three unplanned contacts a working day are never invested in, whatever the weights', async (t) => {
  const weights = { ...defaultLoyaltySettings.weights, unplannedContacts: 1, unpaidShare: 100 };
  const settings = { ...defaultLoyaltySettings, weights };
  const busy = of({ settings, contacts: contacts(192) });
  t.ok(busy.attention !== null && busy.attention < 5000, 'the attention alone would allow it');
  t.equal(busy.segment, 'maintain');
  t.ok(adviceOn(busy, settings, false).reasons.some(({ code }) => code === 'too-many-contacts'));
  t.equal(of({ settings, contacts: contacts(191) }).segment, 'invest');
});

t.test('advice gives its reasons, without costs for who may not see them', async (t) => {
  const { text, reasons } = adviceOn(of({}), defaultLoyaltySettings, false);
  t.match(text, /^Invest/);
  t.strictSame(
    reasons.map(({ code }) => code),
    ['value', 'attention', 'profitability', 'profit-share', 'growth', 'unplanned-contacts', 'unpaid-share'],
  );
  t.equal(reasons[0]?.text, 'The value of 60 is not below 60.');
  t.equal(reasons[2]?.text, 'The margin of the last twelve months is 48.00%; the standard is 40.00%.');
  const hidden = adviceOn(of({}), defaultLoyaltySettings, true).reasons.map(({ code }) => code);
  t.strictSame(hidden, ['attention', 'unplanned-contacts', 'unpaid-share']);
});

t.test('properties', async (t) => {
  const amount = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
  const figure = fc
    .record({ revenueMinor: amount, costMinor: amount, seconds: fc.nat(10 ** 8), unpaidSeconds: fc.nat(10 ** 8) })
    .map((change) => figures('2026-03-31', change));
  const someDay = fc.constantFrom('2024-01-01', '2025-06-30', '2026-02-10', '2026-03-31');
  const weight = fc.nat(100);
  const anySettings: fc.Arbitrary<LoyaltySettings> = fc.record({
    weights: fc.record({
      profitability: weight,
      profitShare: weight,
      growth: weight,
      unplannedContacts: weight,
      unpaidShare: weight,
      tenure: weight,
      repeatStages: weight,
      paymentDiscipline: weight,
      extraPayments: weight,
      disputes: weight,
      satisfaction: weight,
    }),
    exitBelowValue: weight,
    repriceBelowValue: weight,
    investFromValue: weight,
    highAttentionFrom: weight,
  });
  const anyFacts = fc
    .record({
      standardMargin: fc.option(fc.integer({ min: 0, max: 999_999 }).map((n) => `0.${String(n).padStart(6, '0')}`)),
      clients: fc.nat(1000),
      client: fc.tuple(figure, figure, figure),
      agency: fc.tuple(figure, figure),
      contacts: fc.nat(500).map(contacts),
      settings: anySettings,
      satisfaction: fc.option(fc.record({ satisfactionId: fc.string(), score: fc.nat(10), statedOn: someDay })),
      invoices: fc.array(
        fc
          .tuple(fc.string(), someDay, fc.nat(10 ** 12), someDay, fc.integer({ min: 1, max: 10 ** 12 }))
          .map(([id, dueOn, open, paidOn, minor]) => invoice(id, dueOn, open, [paidOn, minor])),
        { maxLength: 5 },
      ),
      answered: fc.array(
        fc.record({
          extraPaymentId: fc.string(),
          proposedMinor: fc.integer({ min: 1, max: 10 ** 12 }),
          agreedMinor: fc.nat(10 ** 12),
          answeredOn: fc.constant('2026-03-01'),
        }),
        { maxLength: 5 },
      ),
    })
    .map((change): LoyaltyFacts => ({ ...facts, ...change }));
  const within = (value: number | null) => value === null || (value >= 0 && value <= 10_000 && Number.isInteger(value));
  fc.assert(
    fc.property(anyFacts, (some) => {
      const score = scoreClient(some);
      return [score.value, score.attention, score.loyalty, ...score.components.map((each) => each.points)].every(
        within,
      );
    }),
  );
  t.pass('components and scores lie within 0 to 100');
  fc.assert(
    fc.property(anyFacts, (some) => {
      // 64 working days
      const { tooManyContacts, segment } = scoreClient(some);
      const tooMany = some.contacts.count >= 192;
      return tooMany === tooManyContacts && !(tooMany && segment === 'invest');
    }),
  );
  t.pass('three unplanned contacts a working day never make a client to invest in, whatever the settings');
  fc.assert(
    fc.property(anyFacts, (some) => {
      const turned = {
        ...some,
        answered: some.answered.toReversed(),
        invoices: some.invoices.toReversed(),
        stages: some.stages.toReversed(),
      };
      const [one, other] = [scoreClient(some), scoreClient(turned)];
      return one.value === other.value && one.attention === other.attention && one.loyalty === other.loyalty;
    }),
  );
  t.pass('the order of what happened changes no score');
  const part = fc.record({ points: fc.option(fc.nat(10_000)), weight: fc.option(fc.nat(100)) });
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const mean = weightedMean(parts);
      const counted = parts.flatMap((each) => (each.weight && each.points !== null ? [each.points] : []));
      return mean === null ? counted.length === 0 : mean >= Math.min(...counted) && mean <= Math.max(...counted);
    }),
  );
  t.pass('a mean lies among its parts');
  fc.assert(fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 18n }), (a, b) => within(points(a, b))));
  t.pass('points are clamped');
});
