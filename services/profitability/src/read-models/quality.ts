import type { Money } from '@headroom/contracts/events';
import type { StageFigures } from '../formulas/stage-figures.ts';
import type { StageView } from './stage-view.ts';

/** What the figures of a stage leave out. */
export interface LeftOut {
  readonly figures: Pick<StageFigures, 'uncostedSeconds' | 'unpricedSeconds'>;
  readonly unapprovedSeconds: number;
  readonly unconverted: readonly Money[];
}

export const leftOutOf = ({ figures, state }: StageView): LeftOut => ({
  figures,
  unapprovedSeconds: state.unapprovedSeconds,
  unconverted: state.unconverted,
});

/** What was left out of the figures of some stages, counted; unconverted amounts are summed by currency. */
export const qualityOf = (stages: readonly LeftOut[], unattributedSeconds: number) => {
  const byCurrency = new Map<string, number>();
  for (const { currency, minor } of stages.flatMap(({ unconverted }) => unconverted)) {
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + minor);
  }
  return {
    uncostedSeconds: stages.reduce((sum, { figures }) => sum + figures.uncostedSeconds, 0),
    unapprovedSeconds: stages.reduce((sum, each) => sum + each.unapprovedSeconds, 0),
    unattributedSeconds,
    unpricedSeconds: stages.reduce((sum, { figures }) => sum + figures.unpricedSeconds, 0),
    unconvertedAmounts: [...byCurrency]
      // What was taken back is missing nowhere.
      .filter(([, minor]) => minor !== 0)
      .sort()
      .map(([currency, minor]) => ({ minor, currency })),
  };
};
