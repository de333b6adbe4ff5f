import { divideRounded, exactCost, exactOf, moneyOf } from '@headroom/money';
import { headroomMinor } from '../../formulas/stage-figures.ts';
import type { StageView } from '../stage-view.ts';
import type { Visibility } from '../visibility.ts';
import type { UnplannedWork } from './unplanned-work.ts';

const secondsOf = (lines: readonly { readonly seconds: number }[]): number =>
  lines.reduce((sum, { seconds }) => sum + seconds, 0);

/**
 * What an hour on a stage may be taken to cost, in ten-thousandths of a major unit, out of what everybody may see: the
 * planned cost of an hour or, where the plan would tell a rate, what the planned hours may cost for the stage to keep its
 * standard. A verdict by it tells nothing about anybody's rate, whatever is asked. Undefined without planned hours.
 */
export const visibleHour = (
  { state, figures }: StageView,
  standard: string,
  visible: Pick<Visibility, 'plan'>,
): number | undefined => {
  const { plan, currency } = state;
  const planned = secondsOf(plan.work);
  if (planned === 0) return undefined;
  const mayCost = headroomMinor(figures.contractRevenueMinor, plan.expensesMinor, standard);
  const exact = visible.plan && plan.labourExact > 0n ? plan.labourExact : exactOf(Math.max(0, mayCost), currency);
  return Number(divideRounded(exact, BigInt(planned)));
};

/** The estimate at completion as far as everybody may see it: where it would tell a rate, all hours at the visible one. */
export const visibleEac = (
  { state, figures }: StageView,
  units: number,
  visible: Pick<Visibility, 'forecast'>,
): number => {
  if (visible.forecast) return figures.estimateAtCompletionMinor;
  const seconds = figures.seconds + secondsOf(state.remaining.work);
  return (
    moneyOf(exactCost(Math.max(0, seconds), units), state.currency) +
    figures.expensesMinor +
    state.remaining.expensesMinor
  );
};

/** Evidence in the order of a cost that everybody may see, for the order of the true costs would tell rates. */
export const inVisibleOrder = (
  evidence: readonly UnplannedWork[],
  units: number,
  currency: string,
): readonly UnplannedWork[] => {
  const costOf = ({ kind, costMinor, seconds }: UnplannedWork): number =>
    kind === 'expense' ? costMinor : moneyOf(exactCost(seconds, units), currency);
  return [...evidence].sort((one, other) => costOf(other) - costOf(one) || other.seconds - one.seconds);
};
