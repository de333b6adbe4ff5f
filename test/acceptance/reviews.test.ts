/** M5: all that finished in a month, what it says of the standard and of the managers; on a running server. */

import t, { type Test } from 'tap';
import { type Caller, type RunningHeadroom, startHeadroom } from '../support/running-headroom.ts';

const HOUR = 3_600;
const rub = (major: number) => ({ minor: Math.round(major * 100), currency: 'RUB' });

/** Carries a command out, and says what it was when it was not accepted. */
const done = async (t: Test, by: Caller, path: string, body: unknown, method: 'POST' | 'PUT' = 'POST') => {
  const { status, body: answer } = await by.command(method, path, body);
  if (status >= 300) t.fail(`${path}: ${JSON.stringify(answer)}`);
  return answer;
};

const people = { anna: ['designer', '1000'], boris: ['manager', '2000'], galina: ['manager', '2000'] } as const;

const found = async (t: Test, owner: Caller) => {
  const settings = { name: 'Northlight', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'capacity' };
  await done(t, owner, '/v1/agency', settings, 'PUT');
  for (const [specialistId, [role, ratePerHour]] of Object.entries(people)) {
    await done(t, owner, '/v1/specialists', { specialistId, name: specialistId, role });
    const rate = { effectiveFrom: '2025-01-01', ratePerHour, reason: 'Contract' };
    await done(t, owner, `/v1/specialists/${specialistId}/cost-rates`, rate);
  }
  for (const [projectId, clientId, serviceType] of [
    ['site', 'flora', 'landing-page'],
    ['store', 'granit', 'shop'],
  ]) {
    await done(t, owner, '/v1/clients', { clientId, name: clientId, since: '2024-01-15' });
    const project = { projectId, clientId, serviceType, name: projectId, managerId: 'boris', openedOn: '2025-02-01' };
    await done(t, owner, '/v1/projects', project);
  }
};

interface ToldStage {
  readonly stageId: string;
  readonly projectId: string;
  readonly fee: number;
  /** Planned hours by role. */
  readonly plan: Readonly<Record<string, number>>;
  /** Who worked how many hours on which days. */
  readonly work: readonly (readonly [who: keyof typeof people, hours: number, ...days: string[]])[];
  readonly closedOn: string;
}

const tellStage = async (t: Test, owner: Caller, { stageId, projectId, fee, plan, work, closedOn }: ToldStage) => {
  const plannedWork = Object.entries(plan).map(([role, hours]) => ({ role, seconds: hours * HOUR }));
  const billing = { kind: 'fixed', fee: rub(fee) };
  await done(t, owner, '/v1/stages', { stageId, projectId, name: stageId, billing, plannedWork });
  await done(t, owner, `/v1/stages/${stageId}/start`, { startedOn: '2025-03-01' });
  const items = work.flatMap(([specialistId, hours, ...days]) =>
    days.map((workDate) => ({ specialistId, stageId, workDate, seconds: hours * HOUR })),
  );
  const { accepted } = await done(t, owner, '/v1/time-entries/bulk', { items });
  t.equal(accepted, items.length);
  await done(t, owner, `/v1/stages/${stageId}/close`, { closedOn });
};

const march = (...days: number[]) => days.map((day) => `2025-03-${String(day).padStart(2, '0')}`);

/**
 * |    | fee     | baseline cost, profit, margin | cost   | profit | margin | hit |
 * |----|---------|-------------------------------|--------|--------|--------|-----|
 * | s1 | 100,000 | 50,000  50,000  50%           | 60,000 | 40,000 | 40%    | no  |
 * | s2 |  50,000 | 30,000  20,000  40%           | 20,000 | 30,000 | 60%    | yes |
 * | s3 |  80,000 | 48,000  32,000  40%           | 48,000 | 32,000 | 40%    | yes |
 * | s4 |  40,000 | 20,000  20,000  50%           | 36,000 |  4,000 | 10%    | no  |
 *
 * The store goes from Boris to Galina on 11 March: of the 45 h of s3 he has 30, she 15; s4 is all hers.
 */
const stages: readonly ToldStage[] = [
  {
    stageId: 's1',
    projectId: 'site',
    fee: 100_000,
    plan: { designer: 40, manager: 5 },
    work: [
      ['anna', 10, ...march(3, 4, 5, 6, 7)],
      ['boris', 5, ...march(7)],
    ],
    closedOn: '2025-03-10',
  },
  {
    stageId: 's2',
    projectId: 'site',
    fee: 50_000,
    plan: { designer: 20, manager: 5 },
    work: [
      ['anna', 10, ...march(10)],
      ['boris', 5, ...march(10)],
    ],
    closedOn: '2025-03-31',
  },
  {
    stageId: 's3',
    projectId: 'store',
    fee: 80_000,
    plan: { designer: 40, manager: 4 },
    work: [
      ['anna', 10, ...march(3, 4, 5)],
      ['anna', 12, ...march(12)],
      ['galina', 3, ...march(12)],
    ],
    closedOn: '2025-03-14',
  },
  {
    stageId: 's4',
    projectId: 'store',
    fee: 40_000,
    plan: { designer: 20 },
    work: [['anna', 9, ...march(17, 18, 19, 20)]],
    closedOn: '2025-03-21',
  },
  {
    stageId: 's5',
    projectId: 'store',
    fee: 10_000,
    plan: { designer: 5 },
    work: [['anna', 5, ...march(24)]],
    closedOn: '2025-04-01',
  },
];

const handoverStory = async (t: Test, owner: Caller) => {
  const backup = { backupManagerId: 'galina', effectiveFrom: '2025-02-01' };
  await done(t, owner, '/v1/projects/store/backup-manager', backup);
  const projectOn = async (day: string) => (await owner.get(`/v1/projects?clientId=granit&asOf=${day}`)).body.items[0];
  t.match(await projectOn('2025-03-10'), { managerId: 'boris', backupManagerId: 'galina' });
  const handover = { managerId: 'galina', effectiveFrom: '2025-03-11', reason: 'The relationship needs a reset' };
  t.match(await done(t, owner, '/v1/projects/store/manager', handover), { previousManagerId: 'boris' });
  t.match(await projectOn('2025-03-11'), { managerId: 'galina', backupManagerId: null });
  t.match(await projectOn('2025-03-10'), { managerId: 'boris' }, 'the days before stay his');
  const { status, body } = await owner.post('/v1/projects/store/manager', { ...handover, reason: 'Once more' });
  t.match([status, body.code], [409, 'manager-already']);
};

/** Out of the four stages: sum(profit) 106,000 / sum(revenue) 270,000; margins 10, 40, 40 and 60%. */
const reported = {
  stages: 4,
  revenue: rub(270_000),
  cost: rub(164_000),
  profit: rub(106_000),
  weightedMargin: '0.392593',
  lowerQuartile: '0.325000', // 0.1 + 0.75 x 0.3
  median: '0.400000',
  upperQuartile: '0.450000', // 0.4 + 0.25 x 0.2
  hits: 2,
  baseline: { revenue: rub(270_000), cost: rub(148_000), profit: rub(122_000), margin: '0.451852' },
  deviation: { profit: rub(-16_000), margin: '-0.059259' },
};

const freezeStory = async (t: Test, owner: Caller, finance: Caller) => {
  const provisional = (await owner.get('/v1/reviews/2025-03')).body;
  t.match(provisional, { frozen: null, restatement: null, monthIsOver: true, figures: reported });
  const early = await finance.post('/v1/reviews/2099-01/freeze', {});
  t.match([early.status, early.body.code], [409, 'month-not-over']);
  const frozen = await done(t, finance, '/v1/reviews/2025-03/freeze', {});
  t.match(frozen, { stages: 4, weightedMargin: '0.392593', median: '0.400000' });
  const again = await finance.post('/v1/reviews/2025-03/freeze', {});
  t.match([again.status, again.body.code], [409, 'already-frozen']);
  const review = (await owner.get('/v1/reviews/2025-03')).body;
  t.match(review, { figures: reported, restatement: null, suppressed: false });
  t.equal(review.frozen.figuresAt, frozen.figuresAt);
  t.strictSame(
    review.stages.map(({ stageId, margin, hit }: Record<string, unknown>) => [stageId, margin, hit]),
    [
      ['s1', '0.400000', false],
      ['s2', '0.600000', true],
      ['s3', '0.400000', true],
      ['s4', '0.100000', false],
    ],
  );
  const pages = (await owner.get('/v1/reviews/2025-03?serviceType=landing-page')).body;
  t.match(pages.figures, { stages: 2, weightedMargin: '0.466667', median: '0.500000' }, '70,000 / 150,000');
  const empty = (await owner.get('/v1/reviews/2024-12')).body;
  t.match(empty.figures, { stages: 0, weightedMargin: null, median: null }, 'no stage, no margin');
};

const restatementStory = async (t: Test, owner: Caller, knownAt: number) => {
  const dearer = { effectiveFrom: '2025-03-17', ratePerHour: '1100', reason: 'The raise was told late' };
  await done(t, owner, '/v1/specialists/anna/cost-rates', dearer);
  const review = (await owner.get('/v1/reviews/2025-03')).body;
  t.match(review.figures, reported, 'what was reported stays');
  // Only s4 has hours of Anna from 17 March on: 36 h x 100 = 3,600 more, margin 1%.
  t.match(review.restatement.figures, {
    cost: rub(167_600),
    profit: rub(102_400),
    weightedMargin: '0.379259',
    lowerQuartile: '0.302500', // 0.01 + 0.75 x 0.39
    median: '0.400000',
  });
  const s4 = {
    stageId: 's4',
    change: 'changed',
    reported: { profit: rub(4_000), margin: '0.100000' },
    restated: { profit: rub(400), margin: '0.010000' },
    difference: { revenue: rub(0), cost: rub(3_600), profit: rub(-3_600), seconds: 0 },
  };
  t.match(review.restatement.moved, [s4]);
  t.equal(review.restatement.moved.length, 1, 'and no other');
  await done(t, owner, '/v1/stages/s2/reopen', { reopenedOn: '2025-04-02', reason: 'One more page' });
  await done(t, owner, '/v1/stages/s2/close', { closedOn: '2025-04-03' });
  const later = (await owner.get('/v1/reviews/2025-03')).body;
  t.match(later.restatement.moved, [{ stageId: 's2', change: 'left', restated: null }, s4]);
  t.match(later.restatement.figures, { stages: 3, hits: 1 });
  t.match(later.figures, reported);
  const april = (await owner.get('/v1/reviews/2025-04')).body;
  t.strictSame(
    april.stages.map(({ stageId }: { stageId: string }) => stageId),
    ['s2', 's5'],
    'it belongs to the month in which it was closed for good',
  );
  const before = (await owner.get('/v1/reviews/2025-04?asOf=2025-04-02')).body;
  t.equal(before.stages.length, 1, 'on the day before it was open');
  const past = (await owner.get(`/v1/reviews/2025-03?knownAt=${knownAt}`)).body;
  t.match(past, { knownAt, frozen: null, figures: reported }, 'as known before the freeze');
};

/** Of s3 (hit) Boris has two thirds, Galina one; s1 (miss) and s2 (hit) are his, s4 (miss) is hers. */
const boris = {
  managerId: 'boris',
  stages: 3,
  stagesClosed: '2.666667',
  hits: '1.666667',
  hitRate: '0.625000',
  plannedProfit: rub(91_333.33), // 50,000 + 20,000 + 21,333.33
  actualProfit: rub(91_333.33), // 40,000 + 30,000 + 21,333.33
  deviation: rub(0),
};
const galina = {
  managerId: 'galina',
  stages: 2,
  stagesClosed: '1.333333',
  hits: '0.333333',
  hitRate: '0.250000',
  plannedProfit: rub(30_666.67), // 10,666.67 + 20,000
  actualProfit: rub(14_666.67), // 10,666.67 + 4,000
  deviation: rub(-16_000),
};

const kpiStory = async (t: Test, owner: Caller) => {
  const kpi = (await owner.get('/v1/reviews/2025-03/managers')).body;
  t.match(kpi, { basis: 'reported', tolerance: '0.000000', managers: [boris, galina] });
  t.match(kpi.managers[1].lines[0], { stageId: 's3', hit: true, share: '0.333333', seconds: 15 * HOUR });
  // By now Anna's hours of s4 cost 3,600 more, and s2 has gone to April.
  const now = (await owner.get('/v1/reviews/2025-03/managers?basis=current&managerId=galina')).body;
  t.match(now.managers, [{ managerId: 'galina', actualProfit: rub(11_066.67) }]);
  t.equal(now.managers.length, 1);
  t.match((await owner.get('/v1/reviews/2025-04/managers')).body, { basis: 'current', managers: [{}, {}] });
  const nothing = await owner.get('/v1/reviews/2025-04/managers?basis=reported');
  t.match([nothing.status, nothing.body.code], [409, 'not-frozen']);
  // With ten points of tolerance s1 (40% against 50%) still misses: its profit is short of the baseline's.
  const { body: agency } = await owner.get('/v1/agency');
  const { name, currency, timeZone, costBasis } = agency;
  await done(t, owner, '/v1/agency', { name, currency, timeZone, costBasis, kpiTolerance: '0.100000' }, 'PUT');
  const tolerant = (await owner.get('/v1/reviews/2025-03/managers?basis=current&managerId=boris')).body;
  t.match(tolerant, { tolerance: '0.100000', managers: [{ stages: 2, hits: '0.666667' }] });
  t.match((await owner.get('/v1/reviews/2025-03/managers')).body, { managers: [boris, galina] }, 'reported stays');
};

/** What the figures are made of: places of quartiles, verdicts, splits of a handed-over stage, parts of the portfolio. */
const explainedStory = async (t: Test, owner: Caller, manager: Caller) => {
  const review = (await owner.get('/v1/reviews/2025-03/explanation')).body;
  t.match(review, { basis: 'reported', figures: { median: '0.400000', hits: 2, costMinor: 16_400_000 } });
  t.match(review.ratios[0], {
    of: 'weightedMargin',
    numerator: '10600000',
    denominator: '27000000',
    ratio: '0.392593',
  });
  const between = (of: string) => review.quartiles.find((each: { of: string }) => each.of === of);
  t.match(between('lowerQuartile'), {
    place: { numerator: 3, denominator: 4 },
    below: { stageId: 's4', margin: '0.100000' },
    above: { stageId: 's1', margin: '0.400000' },
    ratio: '0.325000',
  });
  t.match(review.judgements[0], {
    stageId: 's1',
    margin: { numerator: '4000000', denominator: '10000000', ratio: '0.400000' },
    baselineMargin: { ratio: '0.500000' },
    atLeast: '0.500000',
    marginReached: false,
    profitReached: false,
    hit: false,
  });
  const reference = (position: number) =>
    review.events.find((each: { position: number }) => each.position === position)?.type;
  t.equal(reference(review.facts.frozen.from[0]), 'MonthlyReviewFrozen');
  t.equal(reference(review.facts.stages[0].from[0]), 'StageClosed');
  const s4 = (await owner.get(review.facts.stages[3].explanation.path)).body;
  t.match(s4, { stageId: 's4', figures: { costMinor: 3_600_000 } }, 'as it was reported, before the raise');
  const current = (await owner.get('/v1/reviews/2025-03/explanation?basis=current')).body;
  t.match(current, { basis: 'current', facts: { frozen: null }, figures: { stages: 3, hits: 1 } });
  const kpi = (await owner.get('/v1/reviews/2025-03/managers/galina/explanation')).body;
  t.match(kpi.figures, { hits: '0.333333', hitRate: '0.250000', actualProfitMinor: 1_466_667 });
  t.match(kpi.facts.stages[0].tenures, [
    { managerId: 'boris', since: '2025-02-01' },
    { managerId: 'galina', since: '2025-03-11' },
  ]);
  t.match(kpi.splits[0], {
    stageId: 's3',
    parts: [
      { of: 'share', part: 333_333 },
      { of: 'plannedProfit' },
      {
        of: 'actualProfit',
        whole: 3_200_000,
        weightBefore: 30 * HOUR,
        weightUpTo: 45 * HOUR,
        weightOfAll: 45 * HOUR,
        before: 2_133_333,
        upTo: 3_200_000,
        part: 1_066_667,
      },
    ],
  });
  // s3 brings 80,000 - 48,000, s4 40,000 - 39,600, and s5 (5 h at 1,100 of 5 planned) 10,000 - 5,500.
  const march = 'from=2025-03&to=2025-04&managerId=galina';
  const portfolio = (await owner.get(`/v1/portfolio/explanation?${march}`)).body;
  t.match(portfolio.totals, { revenueMinor: 13_000_000, costMinor: 9_310_000, profitMinor: 3_690_000 });
  t.strictSame(
    portfolio.parts.map(({ stageId, added }: { stageId: string; added: { profitMinor: number } }) => [
      stageId,
      added.profitMinor,
    ]),
    [
      ['s3', 3_200_000],
      ['s5', 450_000],
      ['s4', 40_000],
    ],
  );
  t.match(portfolio.parts[0].shares, { profit: '0.867209' }, '32,000 / 36,900');
  t.match((await owner.get(portfolio.parts[2].after.explanation.path)).body.figures, { costMinor: 3_960_000 });
  for (const path of [
    'reviews/2025-03/explanation',
    'reviews/2025-03/managers/galina/explanation',
    `portfolio/explanation?${march}`,
  ])
    t.equal((await manager.get(`/v1/${path}`)).status, 403, path);
  const none = (await owner.get('/v1/reviews/2025-04/explanation?basis=reported')).body;
  t.equal(none.code, 'not-frozen');
};

/** Why the month was restated: 3,600 by Anna's raise, 30,000 by a stage that left it. */
const comparedStory = async (t: Test, owner: Caller, manager: Caller) => {
  const ask = async (path: string) => (await owner.get(`/v1/${path}`)).body;
  const review = await ask('reviews/2025-03/comparison?figure=profit');
  t.match(review, {
    from: { value: { money: rub(106_000) } },
    to: { value: { money: rub(72_400) } },
    difference: { money: rub(-33_600) },
    causes: [
      { cause: 'reopened-stages', change: { money: rub(-30_000) }, changes: 1 },
      { cause: 'cost-rates', change: { money: rub(-3_600) }, changes: 1 },
    ],
    items: [
      { stageId: 's2', events: { count: 1, first: { type: 'StageReopened', reason: 'One more page' } } },
      { stageId: 's4', events: { last: { type: 'CostRateSet', reason: 'The raise was told late' } } },
    ],
    nextCursor: null,
  });
  const s4 = (await owner.get(review.items[1].comparison.path)).body;
  t.match(s4, { from: { value: { money: rub(4_000) } }, difference: { money: rub(-3_600) } });
  t.match(s4.items, [{ events: { count: 1 }, comparison: null }]);
  const margin = await ask('reviews/2025-03/comparison?figure=weightedMargin');
  t.match(margin, { difference: { ratio: '-0.063502' } }, '72,400 / 220,000 less 106,000 / 270,000');
  t.match(await ask('reviews/2025-03/comparison?figure=hits'), { difference: { count: -1 } });
  const galina = await ask('reviews/2025-03/managers/galina/comparison?figure=actualProfit');
  t.match(galina, { difference: { money: rub(-3_600) }, items: [{ stageId: 's4', cause: 'cost-rates' }] });
  const since = `fromKnownAt=${review.from.knownAt}`;
  // The raise costs 36 h of s4 and 5 h of s5.
  const months = 'from=2025-03&to=2025-04';
  const portfolio = await ask(`portfolio/comparison?figure=profit&${months}&${since}`);
  t.match(portfolio, {
    difference: { money: rub(-4_100) },
    causes: [{ cause: 'cost-rates', change: { money: rub(-4_100) }, changes: 1 }],
    items: [
      { stageId: 's4', change: { money: rub(-3_600) } },
      { stageId: 's5', change: { money: rub(-500) } },
    ],
  });
  // From 10 to 31 March Galina's store went on: 15 h of s3 (12 of Anna's) and all of s4 and s5.
  const days = await ask(
    `portfolio/comparison?figure=cost&${months}&clientId=granit&fromAsOf=2025-03-10&asOf=2025-03-31`,
  );
  t.match(days, { difference: { money: rub(63_100) } }, '12,000 + 6,000 + 39,600 + 5,500');
  t.strictSame(
    days.causes.map(({ cause }: { cause: string }) => cause),
    ['hours'],
  );
  t.match(days.items[0], { on: '2025-03-12', stageId: 's3', events: { count: 1 } });
  t.equal(await ask(`portfolio/comparison?figure=cost&${months}`).then(({ code }) => code), 'nothing-to-compare');
  const later = `portfolio/comparison?figure=cost&fromAsOf=2025-04-01&asOf=2025-03-31`;
  t.equal((await ask(later)).code, 'from-is-later');
  t.equal((await ask('reviews/2025-04/comparison?figure=profit')).code, 'nothing-to-compare', 'it is not frozen');
  t.equal((await manager.get('/v1/reviews/2025-03/comparison?figure=profit')).status, 403);
};

/** An extra payment raises what the manager is measured by: its amount, and its estimated cost. */
const extraPaymentStory = async (t: Test, owner: Caller) => {
  const baseline = async () => {
    const { body } = await owner.get('/v1/reviews/2025-05');
    return body.stages[0].baseline;
  };
  const stage = { stageId: 's6', projectId: 'site', fee: 100_000, plan: { designer: 40, manager: 5 } };
  const work: ToldStage['work'] = [
    ['anna', 10, ...march(25, 26)],
    ['boris', 5, ...march(26)],
  ];
  await tellStage(t, owner, { ...stage, work, closedOn: '2025-05-05' });
  const before = await baseline();
  const payment = { extraPaymentId: 'more', stageId: 's6', amount: rub(20_000), estimatedCost: rub(12_000) };
  await done(t, owner, '/v1/extra-payments', { ...payment, proposedOn: '2025-03-20', evidence: [] });
  const agreement = { agreedOn: '2025-03-20', agreedBy: 'The director', channel: 'email' };
  await done(t, owner, '/v1/extra-payments/more/agreement', agreement);
  const after = await baseline();
  t.equal(after.revenue.minor - before.revenue.minor, rub(20_000).minor);
  t.equal(after.profit.minor - before.profit.minor, rub(8_000).minor, '20,000 less 12,000');
};

const standardStory = async (t: Test, headroom: RunningHeadroom, owner: Caller, finance: Caller) => {
  const propose = { review: { month: '2025-03' }, effectiveFrom: '2025-04-01', rationale: 'What March reached' };
  const proposed = await done(t, owner, '/v1/standards', { ...propose, standardId: 'april' });
  t.match(proposed, { margin: '0.400000', review: { month: '2025-03', statistic: 'median' } });
  const pages = { ...propose, review: { month: '2025-03', statistic: 'weighted' }, serviceType: 'landing-page' };
  t.match(await done(t, owner, '/v1/standards', { ...pages, standardId: 'pages' }), { margin: '0.466667' });
  const standardOn = async (day: string, more = '') =>
    (await owner.get(`/v1/standards/in-force?asOf=${day}${more}`)).body;
  t.match(await standardOn('2025-04-01'), { standard: null, versions: [], proposals: [{ standardId: 'april' }] });
  const own = await owner.post('/v1/standards/april/approval', {});
  t.match([own.status, own.body.code], [403, 'approver-is-proposer']);
  await done(t, finance, '/v1/standards/april/approval', {});
  await done(t, finance, '/v1/standards/pages/approval', {});
  const may = { standardId: 'may', margin: '0.45', effectiveFrom: '2025-05-01' };
  await done(t, owner, '/v1/standards', may);
  await done(t, finance, '/v1/standards/may/approval', {});
  t.match(await standardOn('2025-03-31'), { standard: null }, 'it is in force from its date on');
  t.match(await standardOn('2025-04-30'), { standard: { standardId: 'april', effectiveTo: '2025-05-01' } });
  t.match(await standardOn('2025-05-01', '&serviceType=shop'), { standard: { margin: '0.45', review: null } });
  const ofPages = await standardOn('2025-05-01', '&serviceType=landing-page');
  t.match(ofPages, { standard: { standardId: 'pages', serviceType: 'landing-page' }, proposals: [] });
  t.strictSame(
    ofPages.versions.map(({ standardId }: { standardId: string }) => standardId),
    ['pages', 'april', 'may'],
  );
  t.match((await owner.get('/v1/stages/s6/profitability?asOf=2025-05-05')).body, { standardMargin: '0.466667' });
  const refused = async (by: Caller, body: object) => (await by.post('/v1/standards', body)).body.code;
  t.equal(await refused(owner, { ...propose, review: { month: '2025-01' } }), 'review-not-frozen');
  t.equal(await refused(owner, { ...propose, serviceType: 'films' }), 'review-without-margin');
  // One stage of the store was Anna's alone, so what the review found there would tell her rate.
  const manager = await headroom.as('manager');
  t.equal(await refused(manager, { ...propose, serviceType: 'shop' }), 'margin-suppressed');
  t.equal(await refused(manager, { effectiveFrom: '2025-04-01' }), 'request-invalid');
};

const secrecyStory = async (t: Test, headroom: RunningHeadroom) => {
  const manager = await headroom.as('manager');
  const review = (await manager.get('/v1/reviews/2025-03')).body;
  const s4 = review.stages.find(({ stageId }: { stageId: string }) => stageId === 's4');
  t.match(s4, { revenue: rub(40_000), cost: null, profit: null, margin: null, hit: false }, 'Anna alone worked on it');
  t.match(review.figures, { cost: null, weightedMargin: null, median: null }, 'nor can it be told from the totals');
  t.equal(review.suppressed, true);
  const pages = (await manager.get('/v1/reviews/2025-03?serviceType=landing-page')).body;
  t.match(pages.figures, { weightedMargin: '0.466667' });
  t.equal((await manager.post('/v1/reviews/2025-05/freeze', {})).status, 403, 'finance freezes');
  const stranger = await headroom.as('owner', 'elsewhere');
  t.equal((await stranger.get('/v1/reviews/2025-03')).body.code, 'agency-not-configured');
};

const studio = async (t: Test, owner: Caller) => {
  const settings = { name: 'Studio', currency: 'RUB', timeZone: 'Europe/Moscow', costBasis: 'capacity' };
  await done(t, owner, '/v1/agency', settings, 'PUT');
  const breakdown = {
    monthlySalaryMinor: 12_000_000,
    payrollTax: '0.302',
    monthlyOverheadMinor: 3_000_000,
    monthlyHours: 160,
    utilisation: '0.6',
  };
  const rates = {
    anna: { effectiveFrom: '2025-01-01', breakdown },
    boris: { effectiveFrom: '2025-03-17', breakdown },
    vera: { effectiveFrom: '2025-01-01', ratePerHour: '1500' },
  };
  for (const [specialistId, rate] of Object.entries(rates)) {
    const role = specialistId === 'boris' ? 'manager' : 'designer';
    await done(t, owner, '/v1/specialists', { specialistId, name: specialistId, role });
    await done(t, owner, `/v1/specialists/${specialistId}/cost-rates`, { ...rate, reason: 'Contract' });
  }
  await done(t, owner, '/v1/clients', { clientId: 'flora', name: 'Flora', since: '2024-01-15' });
  const project = { projectId: 'site', clientId: 'flora', name: 'Site', managerId: 'boris', openedOn: '2025-02-01' };
  await done(t, owner, '/v1/projects', project);
  const log = async (specialistId: string, hours: number, workDate: string, more: object = {}) =>
    (
      await done(t, owner, '/v1/time-entries', {
        specialistId,
        projectId: 'site',
        workDate,
        seconds: hours * HOUR,
        ...more,
      })
    ).entryId as string;
  for (const day of march(3, 4, 5, 6, 7, 10, 11, 12)) await log('anna', 10, day);
  await log('anna', 10, '2025-03-13', { billable: false });
  await log('anna', 6, '2025-03-14', { goodwill: true });
  await log('anna', 8, '2025-04-01');
  await log('boris', 10, '2025-03-18');
  await log('vera', 24, '2025-03-03');
  await log('vera', 7, '2025-03-04');
  return log;
};

/**
 * Anna: 80 h billable of 160. Boris came on the 17th: 160 h x 15 / 31 days = 77.42 h, 10 h billable. Vera's rate has
 * no breakdown, so nobody knows her hours until the agency says how many a month has.
 */
const utilisationStory = async (t: Test, headroom: RunningHeadroom) => {
  const owner = await headroom.as('owner', 'studio');
  const log = await studio(t, owner);
  const utilisation = async (query = '', by = owner) => (await by.get(`/v1/utilisation/2025-03${query}`)).body;
  const before = await utilisation();
  const anna = {
    seconds: 96 * HOUR,
    billableSeconds: 80 * HOUR,
    nonBillableSeconds: 10 * HOUR,
    goodwillSeconds: 6 * HOUR,
    availableSeconds: 160 * HOUR,
    utilisation: '0.500000',
    assumedUtilisation: '0.600000',
    denominator: [{ from: '2025-03-01', to: '2025-04-01', monthlyHours: 160, source: 'cost-rate' }],
  };
  const boris = {
    availableSeconds: 278_710,
    utilisation: '0.129167', // 36,000 / 278,710
    denominator: [{ from: '2025-03-17', to: '2025-04-01', monthlyHours: 160, source: 'cost-rate' }],
  };
  t.match(before.items, [anna, boris, { specialistId: 'vera', availableSeconds: null, utilisation: null }]);
  t.match(before.total, {
    people: 3,
    billableSeconds: 121 * HOUR,
    utilisation: '0.379076', // (288,000 + 36,000) / (576,000 + 278,710)
    unknownAvailability: { people: 1, billableSeconds: 31 * HOUR },
  });
  t.match(before.roles, [
    { role: 'designer', people: 2, utilisation: '0.500000', unknownAvailability: { people: 1 } },
    { role: 'manager', people: 1 },
  ]);
  t.equal(before.through, '2025-03-31');
  await done(t, owner, '/v1/agency/working-hours', { monthlyHours: 155, effectiveFrom: '2025-01-01' });
  t.match((await utilisation('?specialistId=vera')).items, [
    { utilisation: '0.200000', denominator: [{ monthlyHours: 155, source: 'agency' }] },
  ]);
  await done(t, owner, '/v1/agency/working-hours', { monthlyHours: 124, effectiveFrom: '2025-03-17' });
  // (155 x 16 + 124 x 15) / 31 = 140 h
  const changed = (await utilisation('?specialistId=vera')).items;
  t.match(changed, [{ availableSeconds: 140 * HOUR, utilisation: '0.221429' }]);
  t.equal(changed[0].denominator.length, 2);
  const wrong = await log('vera', 5, '2025-03-05');
  await done(t, owner, `/v1/time-entries/${wrong}/correction`, { goodwill: true, reason: 'A gift' });
  t.match((await utilisation('?specialistId=vera')).items, [{ billableSeconds: 31 * HOUR, goodwillSeconds: 5 * HOUR }]);
  await done(t, owner, `/v1/time-entries/${wrong}/void`, { reason: 'Logged twice' });
  t.match((await utilisation('?role=designer')).total, { people: 2, seconds: 127 * HOUR, goodwillSeconds: 6 * HOUR });
  const first = await utilisation('?limit=2');
  t.match((await utilisation(`?limit=2&cursor=${first.nextCursor}`)).items, [{ specialistId: 'vera' }]);
  await done(t, owner, '/v1/specialists/boris/deactivation', { deactivatedOn: '2025-03-20' });
  // 160 x 4 / 31 days
  t.match((await utilisation('?specialistId=boris')).items, [{ availableSeconds: 74_323 }]);
  t.match(await (await owner.get('/v1/utilisation/2025-05?specialistId=boris')).body, {
    items: [],
    total: { people: 0 },
  });
  t.match((await owner.get('/v1/utilisation/2099-01')).body, { through: null, items: [] }, 'not begun');
  const manager = await headroom.as('manager', 'studio');
  t.match((await utilisation('', manager)).items, [{ utilisation: '0.500000', assumedUtilisation: null }, {}, {}]);
};

t.setTimeout(300_000);

t.test('the monthly review', { timeout: 120_000 }, async (t) => {
  const headroom = await startHeadroom(t);
  const owner = await headroom.as('owner');
  const finance = await headroom.as('finance');
  await found(t, owner);
  await handoverStory(t, owner);
  for (const stage of stages) await tellStage(t, owner, stage);
  const { knownAt } = (await owner.get('/v1/reviews/2025-03')).body;
  await freezeStory(t, owner, finance);
  await restatementStory(t, owner, knownAt);
  const manager = await headroom.as('manager');
  await explainedStory(t, owner, manager);
  await comparedStory(t, owner, manager);
  await kpiStory(t, owner);
  await extraPaymentStory(t, owner);
  await standardStory(t, headroom, owner, finance);
  await secrecyStory(t, headroom);
});

t.test('utilisation', { timeout: 120_000 }, async (t) => utilisationStory(t, await startHeadroom(t)));
