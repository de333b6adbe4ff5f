import { ids, provenanceExample } from './examples.ts';

const axes = { ...provenanceExample, asOf: '2026-04-20' };

const stage = {
  ...ids,
  name: 'Landing design',
  serviceType: null,
  closedOn: '2026-03-27',
  managers: [{ managerId: 'boris', seconds: 174_600 }],
  revenueMinor: 21_500_000,
  costMinor: 12_544_950,
  baselineRevenueMinor: 21_500_000,
  baselineCostMinor: 11_467_350,
  seconds: 174_600,
  uncostedSeconds: 0,
  unapprovedSeconds: 0,
  unpricedSeconds: 0,
  unconvertedAmounts: [],
  costedPeople: ['anna', 'boris'],
  plannedRoles: 2,
  from: [121],
  explanation: {
    operationId: 'explainStage',
    path: '/v1/stages/landing-design/explanation?asOf=2026-04-20&knownAt=128',
  },
};

const judgement = {
  stageId: ids.stageId,
  margin: { numerator: '8955050', denominator: '21500000', ratio: '0.416514' },
  baselineMargin: { numerator: '10032650', denominator: '21500000', ratio: '0.466635' },
  atLeast: '0.466635',
  profitMinor: 8_955_050,
  baselineProfitMinor: 10_032_650,
  marginReached: false,
  profitReached: false,
  hit: false,
};

const sum = (of: string, minor: number) => ({ of, terms: [{ of: ids.stageId, minor }], minor });
const only = { stageId: ids.stageId, margin: '0.416514' };
const quartile = (of: 'lowerQuartile' | 'median' | 'upperQuartile') => ({
  of,
  place: { numerator: 0, denominator: 4 as const },
  below: only,
  above: only,
  ratio: '0.416514',
});

const closing = {
  quality: {
    uncostedSeconds: 0,
    unapprovedSeconds: 0,
    unattributedSeconds: 0,
    unpricedSeconds: 0,
    unconvertedAmounts: [],
  },
  events: [
    {
      position: 121,
      eventId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      type: 'StageClosed',
      recordedAt: '2026-03-27T16:00:00.000Z',
      actor: 'key:0b7c2f3e',
      reason: null,
    },
  ],
  currency: 'RUB',
  ...axes,
};

export const reviewExplanationExample = {
  month: '2026-03',
  serviceType: null,
  basis: 'current' as const,
  facts: { tolerance: '0', frozen: null, stages: [stage] },
  judgements: [judgement],
  sums: [sum('revenue', 21_500_000), sum('cost', 12_544_950)],
  ratios: [{ of: 'weightedMargin', numerator: '8955050', denominator: '21500000', ratio: '0.416514' }],
  quartiles: [quartile('lowerQuartile'), quartile('median'), quartile('upperQuartile')],
  figures: {
    stages: 1,
    stagesWithoutMargin: 0,
    revenueMinor: 21_500_000,
    costMinor: 12_544_950,
    profitMinor: 8_955_050,
    weightedMargin: '0.416514',
    lowerQuartile: '0.416514',
    median: '0.416514',
    upperQuartile: '0.416514',
    seconds: 174_600,
    hits: 0,
    baselineRevenueMinor: 21_500_000,
    baselineCostMinor: 11_467_350,
    baselineProfitMinor: 10_032_650,
    baselineMargin: '0.466635',
    profitDeviationMinor: -1_077_600,
    marginDeviation: '-0.050121',
  },
  ...closing,
};

export const kpiExplanationExample = {
  month: '2026-03',
  managerId: 'boris',
  basis: 'current' as const,
  facts: {
    tolerance: '0',
    frozen: null,
    stages: [{ ...stage, tenures: [{ managerId: 'boris', since: '2026-03-01', from: [8] }] }],
  },
  judgements: [judgement],
  splits: [
    {
      stageId: ids.stageId,
      parts: [
        {
          of: 'actualProfit' as const,
          whole: 8_955_050,
          weightBefore: 0,
          weightUpTo: 174_600,
          weightOfAll: 174_600,
          before: 0,
          upTo: 8_955_050,
          part: 8_955_050,
        },
      ],
    },
  ],
  sums: [sum('actualProfit', 8_955_050)],
  ratios: [{ of: 'hitRate', numerator: '0', denominator: '1000000', ratio: '0.000000' }],
  figures: {
    stages: 1,
    stagesClosed: '1.000000',
    hits: '0.000000',
    hitRate: '0.000000',
    plannedProfitMinor: 10_032_650,
    actualProfitMinor: 8_955_050,
    deviationMinor: -1_077_600,
  },
  ...closing,
};
