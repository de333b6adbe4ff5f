import type { StageView } from './stage-view.ts';

/** What was left out of the figures of some stages, counted; unconverted amounts are summed by currency. */
export const qualityOf = (views: readonly StageView[], unattributedSeconds: number) => {
  const byCurrency = new Map<string, number>();
  for (const { currency, minor } of views.flatMap(({ state }) => state.unconverted)) {
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + minor);
  }
  return {
    uncostedSeconds: views.reduce((sum, { figures }) => sum + figures.uncostedSeconds, 0),
    unapprovedSeconds: views.reduce((sum, { state }) => sum + state.unapprovedSeconds, 0),
    unattributedSeconds,
    unpricedSeconds: views.reduce((sum, { figures }) => sum + figures.unpricedSeconds, 0),
    unconvertedAmounts: [...byCurrency].sort().map(([currency, minor]) => ({ minor, currency })),
  };
};
