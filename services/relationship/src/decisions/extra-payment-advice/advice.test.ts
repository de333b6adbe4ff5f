import type { StageForecast, WorkItem } from '@headroom/contracts/questions';
import fc from 'fast-check';
import t from 'tap';
import { hours, percent } from '../wording.ts';
import { advise, missingMinor } from './advise.ts';
import type { AdviceFacts } from './facts.ts';
import { riskOf } from './risk.ts';
import { whatToSay } from './say.ts';

/** The stage of the worked example: headroom -8,414.25 at a standard of 40%. */
const landing: StageForecast = {
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
};
const work = (change: Partial<WorkItem>): WorkItem => ({
  kind: 'time-entry',
  id: 'entry-1',
  stageId: 'landing',
  specialistId: 'anna',
  date: '2026-03-18',
  seconds: 12_600,
  activity: 'rework',
  goodwill: false,
  requestId: null,
  note: 'The team’s own note',
  costMinor: 814_800,
  ...change,
});
const facts: AdviceFacts = {
  stage: landing,
  currency: 'RUB',
  unplanned: [work({}), work({ kind: 'expense', id: 'taxi', activity: null, seconds: 0, costMinor: 180_000 })],
  requests: [{ requestId: 'font', askedOn: '2026-03-20', words: 'Another font?', seconds: 7200, costMinor: 465_600 }],
  pending: [],
  yearProfitMinor: 54_000_000,
};

t.test('the risk of the worked example', async (t) => {
  // 60,000 / (60,000 + 540,000) = 10%
  t.strictSame(riskOf(6_000_000, 54_000_000), {
    futureProfitMinor: 54_000_000,
    breakEvenProbability: '0.100000',
    losingCostsNothing: false,
    text: 'Asking pays as long as the chance of losing the client over it is below 10.00%.',
  });
  const loss = riskOf(6_000_000, -1);
  t.strictSame([loss.futureProfitMinor, loss.breakEvenProbability, loss.losingCostsNothing], [0, '1.000000', true]);
  t.match(loss.text, /losing it costs nothing/);
  t.equal(riskOf(null, 54_000_000).breakEvenProbability, null);
  t.equal(riskOf(0, 0).breakEvenProbability, null, 'nothing over nothing has no value');
});

t.test('the amount that brings the stage to its standard', async (t) => {
  // (128,414.25 - 200,000 x 0.6) / 0.6 = 14,023.75
  t.equal(missingMinor(landing), 1_402_375);
  t.equal(missingMinor({ ...landing, headroomMinor: 1 }), 0);
  t.equal(missingMinor({ ...landing, headroomMinor: null, standardMargin: null }), null);
});

t.test('the verdict', async (t) => {
  const asked = advise(facts);
  t.strictSame([asked.verdict, asked.amountMinor], ['ask-now', 1_402_375]);
  t.strictSame(
    asked.reasons.map(({ text }) => text),
    [
      'The stage heads for a margin of 35.79%, below the standard of 40.00%.',
      '2 pieces of unplanned work and 1 request outside the agreed scope can be shown.',
    ],
  );
  t.equal(advise({ ...facts, wantedMinor: 6_000_000 }).amountMinor, 6_000_000, 'the caller’s amount goes first');
  const healthy = { ...facts, stage: { ...landing, headroomMinor: 0, forecastMargin: '0.400000' } };
  t.strictSame(
    [advise(healthy).verdict, advise(healthy).amountMinor, advise(healthy).reasons[0]?.code],
    ['do-not-ask', null, 'within-standard'],
  );
  t.equal(advise({ ...healthy, wantedMinor: 100 }).verdict, 'ask-now');
  const bare = advise({ ...facts, unplanned: [], requests: [] });
  t.strictSame([bare.verdict, bare.reasons[1]?.code], ['wait', 'no-evidence']);
  const waiting = { ...facts, pending: [{ extraPaymentId: 'x', amountMinor: 1, proposedOn: '2026-03-23' }] };
  t.strictSame([advise(waiting).verdict, advise(waiting).reasons[2]?.code], ['wait', 'proposal-pending']);
  const unmeasured = { ...facts, stage: { ...landing, standardMargin: null, headroomMinor: null } };
  t.strictSame(
    [advise(unmeasured).verdict, advise(unmeasured).amountMinor, advise(unmeasured).reasons[0]?.code],
    ['wait', null, 'no-standard'],
  );
});

t.test('what to say names work, expenses and requests, and never a cost or a note of the team', async (t) => {
  const said = whatToSay(facts, 1_402_375);
  t.equal(
    said,
    'While working on “Landing design” we did what the plan did not hold: 3.5 h of rework and expenses of 1,800.00 RUB. You asked for something outside what we had agreed: “Another font?” (2026-03-20). For this we propose an extra payment of 14,023.75 RUB.',
  );
  t.notMatch(said, /8,148|team/);
  t.match(whatToSay(facts, null), /propose an extra payment\.$/, 'no amount for who may not see it');
  const favour = { ...facts, unplanned: [work({ goodwill: true })], requests: [] };
  t.match(whatToSay(favour, 100), /3\.5 h of work done free of charge/);
  const many = Array.from({ length: 5 }, (_, index) => ({
    requestId: `r${index}`,
    askedOn: '2026-03-20',
    words: 'long '.repeat(100),
    seconds: 0,
    costMinor: 0,
  }));
  t.match(whatToSay({ ...facts, requests: many }, 100), /…” \(2026-03-20\), and 2 more\./);
});

t.test('wording', async (t) => {
  t.strictSame(['0.357929', '-0.012345', '1.000000', '0.000049'].map(percent), [
    '35.79%',
    '-1.23%',
    '100.00%',
    '0.00%',
  ]);
  t.strictSame([12_600, 3600, 60, 100].map(hours), ['3.5 h', '1 h', '0.02 h', '0.03 h']);
});

t.test('properties', async (t) => {
  const amount = fc.integer({ min: 1, max: 10 ** 12 });
  fc.assert(
    fc.property(amount, fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (gain, profit) => {
      const probability = Number(riskOf(gain, profit).breakEvenProbability);
      return probability >= 0 && probability <= 1;
    }),
  );
  t.pass('a break-even probability is one');
  fc.assert(
    fc.property(amount, amount, fc.integer({ min: 0, max: 990_000 }), (revenueMinor, cost, standard) => {
      const standardMargin = `0.${String(standard).padStart(6, '0')}`;
      const headroomMinor = Number((BigInt(revenueMinor) * BigInt(1_000_000 - standard)) / 1_000_000n) - cost;
      const extra = missingMinor({ ...landing, revenueMinor, headroomMinor, standardMargin }) ?? 0;
      const left = BigInt(revenueMinor + extra) * BigInt(1_000_000 - standard) - BigInt(cost) * 1_000_000n;
      return left >= -1_000_000n;
    }),
  );
  t.pass('with the extra payment the stage keeps its standard, to the last minor unit');
});
