/** The worked example of the published language, as the examples of the document show it. */

export const rub = (minor: number) => ({ minor, currency: 'RUB' });

export const ids = { stageId: 'landing-design', projectId: 'landing', clientId: 'butovo-bricks' };

export const provenanceExample = { asOf: '2026-03-31', knownAt: 128, formulaVersion: '2026.1' };

export const totalsExample = {
  contractRevenue: rub(20_000_000),
  revenue: rub(18_549_694),
  cost: rub(11_910_225),
  profit: rub(6_639_469),
  margin: '0.357929',
  markup: '0.557460',
  bases: {
    earned: { revenue: rub(18_549_694), profit: rub(6_639_469), margin: '0.357929' },
    invoiced: { revenue: rub(10_000_000), profit: rub(-1_910_225), margin: '-0.191023' },
    cash: { revenue: rub(0), profit: rub(-11_910_225), margin: null },
  },
  estimateAtCompletion: rub(12_841_425),
  forecastProfit: rub(7_158_575),
  forecastMargin: '0.357929',
  seconds: 174_600,
  lateSeconds: 0,
};

export const closingExample = {
  revenueBasis: 'earned' as const,
  currency: 'RUB',
  quality: {
    uncostedSeconds: 0,
    unapprovedSeconds: 0,
    unattributedSeconds: 0,
    unpricedSeconds: 0,
    unconvertedAmounts: [],
  },
  suppressed: false,
  ...provenanceExample,
};

export const stageExample = {
  ...ids,
  name: 'Landing design',
  serviceType: null,
  status: 'started' as const,
  billing: {
    kind: 'fixed' as const,
    cap: null,
    monthlyFee: null,
    fromMonth: null,
    toMonth: null,
    monthsBegun: null,
    accrued: null,
    beforeCap: null,
    billableSeconds: 174_600,
    unpricedSeconds: 0,
  },
  fee: rub(20_000_000),
  extraPayments: rub(0),
  writeOffs: rub(0),
  ...totalsExample,
  labourCost: rub(11_730_225),
  expenses: rub(180_000),
  byActivity: [
    { activity: 'production' as const, seconds: 129_600, cost: rub(8_380_800) },
    { activity: 'communication' as const, seconds: 7_200, cost: rub(563_250) },
    { activity: 'travel' as const, seconds: 7_200, cost: rub(563_250) },
    { activity: 'rework' as const, seconds: 12_600, cost: rub(814_800) },
    { activity: 'management' as const, seconds: 18_000, cost: rub(1_408_125) },
  ],
  byRole: [
    { role: 'designer', seconds: 142_200, cost: rub(9_195_600) },
    { role: 'manager', seconds: 32_400, cost: rub(2_534_625) },
  ],
  byExpense: [{ category: 'travel' as const, amount: rub(180_000) }],
  goodwillSeconds: 0,
  estimateToComplete: {
    cost: rub(931_200),
    work: [
      { role: 'designer', seconds: 14_400, costed: true },
      { role: 'manager', seconds: 0, costed: true },
    ],
    expenses: rub(0),
    revised: true,
  },
  plan: {
    frozen: true,
    revenue: rub(20_000_000),
    cost: rub(11_001_750),
    profit: rub(8_998_250),
    margin: '0.449913',
    work: [
      { role: 'designer', plannedSeconds: 144_000, actualSeconds: 142_200 },
      { role: 'manager', plannedSeconds: 21_600, actualSeconds: 32_400 },
    ],
    byRoleAndActivity: [
      {
        role: 'designer',
        activity: 'production' as const,
        plannedSeconds: 126_000,
        actualSeconds: 129_600,
        cost: rub(8_380_800),
      },
      {
        role: 'designer',
        activity: 'rework' as const,
        plannedSeconds: 18_000,
        actualSeconds: 12_600,
        cost: rub(814_800),
      },
      {
        role: 'manager',
        activity: 'management' as const,
        plannedSeconds: null,
        actualSeconds: 18_000,
        cost: rub(1_408_125),
      },
    ],
  },
  standardMargin: '0.400000',
  headroom: {
    money: rub(-841_425),
    byRole: [
      { role: 'designer', seconds: -13_011 },
      { role: 'manager', seconds: -10_755 },
    ],
  },
  ...closingExample,
};
