import type { StageFigures } from '../formulas/stage-figures.ts';
import type { StageState } from '../formulas/stage-state.ts';

/**
 * What a caller may see of a stage's money. Whoever may not see cost rates gets no figure from which one person's rate
 * can be told: a cost with one person behind it, an estimate to complete with one person's rate in it, a plan of one
 * role, or any breakdown of labour by role or kind.
 */
export interface Visibility {
  /** EAC, forecast and headroom. */
  readonly forecast: boolean;
  /** Cost so far, and with it earned revenue, profit and margin. */
  readonly actual: boolean;
  readonly plan: boolean;
  readonly breakdown: boolean;
}

export const SEES_ALL: Visibility = { forecast: true, actual: true, plan: true, breakdown: true };

/** Visibility of one stage. */
export const stageVisibility = (seesRates: boolean, figures: StageFigures, state: StageState): Visibility => {
  if (seesRates) return SEES_ALL;
  const forecast = figures.costedPeople.size !== 1;
  return {
    forecast,
    actual: forecast && figures.remainingPeople !== 1,
    plan: state.plan.work.length !== 1,
    breakdown: false,
  };
};

/**
 * Visibility of a sum over stages: what is hidden in its lines could be told from the total when it is a single
 * person's, so the total is shown only when at least two people stand behind the hidden lines.
 */
export const totalVisibility = (
  lines: readonly { readonly visibility: Visibility; readonly figures: StageFigures }[],
): Pick<Visibility, 'forecast' | 'actual'> => {
  const shown = (part: 'forecast' | 'actual') => {
    const hidden = lines.filter(({ visibility }) => !visibility[part]);
    const people = new Set(hidden.flatMap(({ figures }) => [...figures.costedPeople]));
    return hidden.length === 0 || people.size >= 2;
  };
  const forecast = shown('forecast');
  return { forecast, actual: forecast && shown('actual') };
};
