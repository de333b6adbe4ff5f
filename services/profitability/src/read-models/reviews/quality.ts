import type { ClosedStage } from '@headroom/contracts/events';

/** What was left out of the figures of closed stages, counted; unconverted amounts are summed by currency. */
export const qualityOfStages = (stages: readonly ClosedStage[]) => {
  const byCurrency = new Map<string, number>();
  for (const { currency, minor } of stages.flatMap(({ unconvertedAmounts }) => unconvertedAmounts)) {
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + minor);
  }
  const sum = (of: (stage: ClosedStage) => number) => stages.reduce((total, stage) => total + of(stage), 0);
  return {
    uncostedSeconds: sum(({ uncostedSeconds }) => uncostedSeconds),
    unapprovedSeconds: sum(({ unapprovedSeconds }) => unapprovedSeconds),
    // Hours without a stage belong to no closed one.
    unattributedSeconds: 0,
    unpricedSeconds: sum(({ unpricedSeconds }) => unpricedSeconds),
    unconvertedAmounts: [...byCurrency].sort().map(([currency, minor]) => ({ minor, currency })),
  };
};
