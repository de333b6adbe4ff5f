import type { ClosedStage } from '@headroom/contracts/events';

/** A stage whose figures are others now than they were reported. */
export type MovedStage =
  | { readonly change: 'changed'; readonly reported: ClosedStage; readonly restated: ClosedStage }
  /** It was closed within the month by an event that came after the freeze. */
  | { readonly change: 'joined'; readonly reported: null; readonly restated: ClosedStage }
  /** It was reopened, and is open or was closed in another month. */
  | { readonly change: 'left'; readonly reported: ClosedStage; readonly restated: null };

const FIGURES = ['revenueMinor', 'costMinor', 'baselineRevenueMinor', 'baselineCostMinor', 'seconds'] as const;

/** What moved between the stages as reported and as they are known now, by stage; nothing where all is the same. */
export const movedStages = (reported: readonly ClosedStage[], restated: readonly ClosedStage[]): MovedStage[] => {
  const before = new Map(reported.map((stage) => [stage.stageId, stage]));
  const now = new Map(restated.map((stage) => [stage.stageId, stage]));
  return [...new Set([...before.keys(), ...now.keys()])].sort().flatMap((stageId): MovedStage[] => {
    const was = before.get(stageId) ?? null;
    const is = now.get(stageId) ?? null;
    if (was === null) return is === null ? [] : [{ change: 'joined', reported: null, restated: is }];
    if (is === null) return [{ change: 'left', reported: was, restated: null }];
    if (FIGURES.every((figure) => was[figure] === is[figure])) return [];
    return [{ change: 'changed', reported: was, restated: is }];
  });
};
