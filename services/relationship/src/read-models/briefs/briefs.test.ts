import * as contract from '@headroom/contracts/rest/relationship';
import t from 'tap';
import { folded, type Stated } from '../../../test-support/log.ts';
import {
  agreement,
  classification,
  client,
  contact,
  proposal,
  refusal,
  request,
  rub,
} from '../../../test-support/scene.ts';
import { roiMonth, stage, statedBenefit, statedDelivery } from '../../../test-support/stated-briefs.ts';
import { statedProfitability } from '../../../test-support/stated-profitability.ts';
import { handoverPage } from '../../pages/handover-page.ts';
import { resultsPage } from '../../pages/results-page.ts';
import { handoverBrief } from './handover-brief.ts';
import { resultsBrief } from './results-brief.ts';

const links = (requestId: string) => ({ requestId, clientId: 'flora', projectId: 'flora-site' });
const completed = (requestId: string, completedOn: string, result: 'done' | 'dropped' = 'done'): Stated => ({
  type: 'RequestCompleted',
  data: { ...links(requestId), stageId: null, result, completedOn, note: null },
});
const decided = (requestId: string, behaviour: 'teach' | 'do-all'): Stated => ({
  type: 'BehaviourDecided',
  data: {
    ...links(requestId),
    stageId: null,
    behaviour,
    rationale: 'They ask weekly',
    advised: null,
    decidedOn: '2026-03-21',
  },
});
const dispute = { disputeId: 'quarrel', ...links('font'), stageId: null };
const disputed: Stated = {
  type: 'RequestDisputed',
  data: {
    ...dispute,
    side: 'client',
    raisedBy: 'Vera',
    channel: 'email',
    disputedOn: '2026-03-22',
    words: 'It was promised',
    portalKey: null,
  },
};
const ruled: Stated = {
  type: 'DisputeRuled',
  data: {
    ...dispute,
    arbiterId: 'olga',
    ruledOn: '2026-03-28',
    inFavourOf: 'client',
    ruling: 'It was promised in the letter',
    adjustments: [],
  },
};

const flora = client('flora', 'Flora');
const ports = (
  stages: Parameters<typeof statedDelivery>[0] = [],
  months: Parameters<typeof statedBenefit>[0] = [],
  favours?: Parameters<typeof statedDelivery>[1],
) => ({
  profitability: statedProfitability({}),
  delivery: statedDelivery(stages, favours),
  benefit: statedBenefit(months),
});
const march = { tenantId: 'acme', clientId: 'flora', from: '2026-03-01', to: '2026-04-01', asOf: '2026-03-31' };
const instant = '2026-03-31T09:00:00Z';

const results = async (events: readonly Stated[], with_ = ports(), change: object = {}) => {
  const brief = await resultsBrief(with_, await folded([flora, ...events]), { ...march, instant, ...change });
  if (typeof brief === 'string') throw new Error(brief);
  return contract.getResultsBrief.response.parse(brief);
};

t.test('a request is free when it was beyond the agreement and nobody paid for it', async (t) => {
  const asked = ['font', 'logo', 'text', 'icon', 'late'].map((id) => request(id, '2026-03-10'));
  const scopes = [
    classification('font', 'out-of-scope', '2026-03-10'),
    classification('logo', 'in-scope', '2026-03-10'),
    classification('icon', 'out-of-scope', '2026-03-10'),
  ];
  const ends = [
    completed('font', '2026-03-20'),
    completed('logo', '2026-03-21'),
    completed('text', '2026-03-22', 'dropped'),
    completed('icon', '2026-03-23'),
    completed('late', '2026-04-02'),
  ];
  const { requests } = await results([...asked, ...scopes, ...ends, proposal('extra'), agreement('extra')]);
  t.strictSame(
    { ...requests, items: requests.items.map(({ requestId, free }) => [requestId, free]) },
    {
      asked: 5,
      done: 3,
      free: 1,
      // The font was paid for (the payment names it), the logo was agreed, and the text was dropped.
      items: [
        ['icon', true],
        ['logo', false],
        ['font', false],
      ],
    },
  );
});

t.test('what is not known is left out and counted, what may not be told is not told', async (t) => {
  const months = [roiMonth('2026-02', 900, 100), roiMonth('2026-03', null, 100)];
  const unknown = (await results([], ports([], months))).profit.inPeriod;
  t.strictSame(unknown, { gain: null, paid: rub(100), profit: null, months: 0, monthsUnknown: 1 });
  const wide = (await results([], ports([], months), { from: '2026-02-10' })).profit.inPeriod;
  t.strictSame(wide, { gain: rub(900), paid: rub(200), profit: rub(700), months: 1, monthsUnknown: 1 });
  const hidden = (await results([], ports([], [roiMonth('2026-03', 900, null)]))).profit.inPeriod;
  t.match(hidden, { gain: rub(900), paid: null, profit: null });
  const favours = {
    work: [{ stageId: null, activity: 'production', seconds: 5_400, valueMinor: 300, unpricedSeconds: 1_800 }],
    writeOffs: [],
    unconverted: 2,
  };
  const given = await results([], ports([], [], favours));
  t.match(given.quality, { unpricedSeconds: 1_800, unconvertedAmounts: 2 });
  for (const language of ['en', 'ru'] as const) t.match(resultsPage(given, language), /0[.,]5 (h|ч)/);
});

t.test('a stage is late by the days after its date, and has none to keep without one', async (t) => {
  const closed = (id: string, dueOn: string | null, closedOn: string) =>
    stage(id, { status: 'closed', dueOn, closedOn });
  const { delivered } = await results(
    [],
    ports([
      closed('on-the-day', '2026-03-20', '2026-03-20'),
      closed('late', '2026-02-27', '2026-03-02'),
      closed('free', null, '2026-03-05'),
      closed('before', null, '2026-02-28'),
    ]),
  );
  t.strictSame(
    delivered.items.map(({ stageId, onTime, daysLate }) => [stageId, onTime, daysLate]),
    [
      ['on-the-day', true, 0],
      ['free', null, 0],
      ['late', false, 3],
    ],
  );
  t.match(delivered, { stages: 3, onTime: 1, late: 1, undated: 1 });
});

const handover = async (
  events: readonly Stated[],
  stages: Parameters<typeof statedDelivery>[0],
  asOf = '2026-03-31',
) => {
  const question = { tenantId: 'acme', projectId: 'flora-site', asOf, instant, seesRates: false, lang: 'en' as const };
  const brief = await handoverBrief(ports(stages), await folded([flora, ...events]), question);
  if (brief === undefined) throw new Error('there is such a project');
  return contract.getHandoverBrief.response.parse(brief);
};

t.test('every reason not to promise, one a request', async (t) => {
  const ids = ['font', 'logo', 'text', 'icon', 'menu', 'page'];
  const events = [
    ...ids.map((id) => request(id, '2026-03-20')),
    ...['font', 'logo', 'icon'].map((id) => classification(id, 'out-of-scope')),
    classification('menu', 'in-scope'),
    classification('page', 'in-scope'),
    disputed,
    proposal('one', { requestId: 'logo' }),
    decided('text', 'teach'),
    decided('page', 'do-all'),
  ];
  const stages = [
    stage('shop', { outlook: 'losing-money', dueOn: '2026-03-20', remainingSeconds: 5_400 }),
    stage('blog', { outlook: 'below-standard', dueOn: '2026-03-31' }),
    stage('done', { status: 'closed', outlook: 'losing-money', dueOn: '2026-03-01' }),
  ];
  const brief = await handover(events, stages);
  t.strictSame(
    brief.notToPromise.map(({ code, stageId, requestId }) => [code, stageId, requestId]),
    [
      ['nothing-for-free-losing', 'shop', null],
      ['no-earlier-date', 'shop', null],
      ['no-extras-for-free', 'blog', null],
      ['disputed', 'landing', 'font'],
      ['out-of-scope', 'landing', 'icon'],
      ['payment-unanswered', 'landing', 'logo'],
      ['behaviour-decided', null, 'text'],
    ],
    'what is agreed, or to be done anyway, may be promised',
  );
  t.match(brief.notToPromise[1]?.text, /20 March 2026, and 1\.5 h/);
  t.match(brief.backup, { specialistId: 'gone', name: 'gone' }, 'somebody who is not known is named by id');
});

t.test('what comes later is not known yet: rulings, answers, contacts', async (t) => {
  const events = [
    request('font'),
    classification('font', 'out-of-scope'),
    disputed,
    ruled,
    proposal('one'),
    refusal('one'),
  ];
  const before = await handover([...events, contact('later', '2026-03-29')], [], '2026-03-23');
  t.match(before.disputes, [{ ruledOn: null, ruling: null }]);
  t.match(before.agreements, [{ state: 'proposed', answeredOn: null }]);
  t.match(before.notToPromise, [{ code: 'disputed' }]);
  t.match(before.habits, { contacts: 0, usualWeekday: null, usualHour: null, inboundShare: null, lastContactOn: null });
  const after = await handover(events, []);
  t.match(after.disputes, [{ ruledOn: '2026-03-28', inFavourOf: 'client' }]);
  t.match(after.agreements, [{ state: 'declined', answeredOn: '2026-03-24', amount: rub(1_500_000) }]);
  t.match(after.notToPromise, [{ code: 'payment-declined' }]);
  t.match(after.clientPeople, [{ name: 'Vera', times: 2, lastOn: '2026-03-22' }]);
});

t.test('what people wrote is text on a page, never markup', async (t) => {
  const nasty = '<script>alert(1)</script>';
  const asked = request('font');
  const written = { ...asked, data: { ...asked.data, words: nasty, askedBy: '"&<b>' } } as Stated;
  const brief = await handover([written], [stage('shop', { name: nasty })]);
  for (const language of ['en', 'ru'] as const) {
    const page = handoverPage(brief, language);
    t.notMatch(page, '<script');
    t.match(page, '&lt;script&gt;alert(1)&lt;/script&gt;');
    t.match(page, '&quot;&amp;&lt;b&gt;');
  }
});
