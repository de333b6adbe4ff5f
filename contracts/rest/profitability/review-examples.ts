import { closingExample, ids, rub } from './examples.ts';

const baseline = { revenue: rub(21_500_000), cost: rub(11_467_350), profit: rub(10_032_650), margin: '0.466635' };
const deviation = { profit: rub(-1_077_600), margin: '-0.050121' };
const money = { revenue: rub(21_500_000), cost: rub(12_544_950), profit: rub(8_955_050) };

const figures = {
  stages: 1,
  stagesWithoutMargin: 0,
  ...money,
  weightedMargin: '0.416514',
  lowerQuartile: '0.416514',
  median: '0.416514',
  upperQuartile: '0.416514',
  seconds: 174_600,
  hits: 0,
  baseline,
  deviation,
};

/** The review of the worked example's month, with an hour of Boris that was corrected after the freeze. */
export const reviewExample = {
  month: '2026-03',
  serviceType: null,
  monthIsOver: true,
  frozen: { on: '2026-04-02', by: 'key:finance', figuresAt: 128, formulaVersion: '2026.1' },
  figures,
  stages: [
    {
      ...ids,
      name: 'Landing design',
      serviceType: null,
      closedOn: '2026-03-27',
      managers: [{ managerId: 'boris', seconds: 174_600 }],
      ...money,
      margin: '0.416514',
      seconds: 174_600,
      hit: false,
      baseline,
      deviation,
    },
  ],
  restatement: {
    figures: {
      ...figures,
      cost: rub(12_826_575),
      profit: rub(8_673_425),
      weightedMargin: '0.403415',
      lowerQuartile: '0.403415',
      median: '0.403415',
      upperQuartile: '0.403415',
      seconds: 178_200,
      deviation: { profit: rub(-1_359_225), margin: '-0.063220' },
    },
    moved: [
      {
        stageId: ids.stageId,
        name: 'Landing design',
        change: 'changed' as const,
        reported: { ...money, margin: '0.416514', seconds: 174_600 },
        restated: {
          revenue: rub(21_500_000),
          cost: rub(12_826_575),
          profit: rub(8_673_425),
          margin: '0.403415',
          seconds: 178_200,
        },
        difference: { revenue: rub(0), cost: rub(281_625), profit: rub(-281_625), seconds: 3_600 },
      },
    ],
  },
  ...closingExample,
  asOf: '2026-04-20',
};
