import type { Money } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import { exactCost, moneyOf, rateUnits } from '@headroom/money';
import type { StageEvent } from '../events/streams.ts';
import { plannedRevenueMinor } from './planned-revenue.ts';
import { type Baseline, costed, idsOf, type Plan, type RoleRates, type Stage } from './stage.ts';

/** The plan costed and priced at the rates of the day: exact per role, rounded once. */
export const baselineOf = (plan: Plan, rates: RoleRates, prices: RoleRates): Baseline => {
  const work = costed(plan.plannedWork, rates);
  const exact = work.reduce(
    (sum, { seconds, ratePerHour }) => sum + exactCost(seconds, ratePerHour === null ? 0 : rateUnits(ratePerHour)),
    0n,
  );
  const { currency } = plan.plannedRevenue;
  const revenueMinor = plannedRevenueMinor(plan.billing, plan.plannedWork, { prices, currency });
  const expensesMinor = plan.plannedExpenses.minor;
  return { revenueMinor, expensesMinor, costMinor: moneyOf(exact, currency) + expensesMinor, currency, work };
};

/** Freezes the baseline. */
export const decideStart = (
  { startedOn }: { readonly startedOn: string },
  { plan, status }: Stage,
  { rates, prices }: { readonly rates: RoleRates; readonly prices: RoleRates },
): Decision<StageEvent, 'stage-not-found' | 'stage-already-started' | 'stage-closed'> => {
  if (plan === undefined) return refuse('stage-not-found');
  if (status === 'closed') return refuse('stage-closed');
  if (status === 'started') return refuse('stage-already-started');
  return accept({
    type: 'StageStarted',
    data: { ...idsOf(plan), startedOn, baseline: baselineOf(plan, rates, prices) },
  });
};

export interface ReviseEstimate {
  readonly revisedOn: string;
  readonly remainingWork: readonly { readonly role: string; readonly seconds: number }[];
  readonly remainingExpenses?: Money | undefined;
}

type Running = 'stage-not-found' | 'stage-not-started' | 'stage-closed';

const runningPlan = ({ plan, status }: Stage): Plan | Running => {
  if (plan === undefined) return 'stage-not-found';
  if (status === 'closed') return 'stage-closed';
  return status === 'planned' ? 'stage-not-started' : plan;
};

export const decideRevise = (
  { revisedOn, remainingWork, remainingExpenses }: ReviseEstimate,
  stage: Stage,
): Decision<StageEvent, Running | 'currency-mismatch'> => {
  const plan = runningPlan(stage);
  if (typeof plan === 'string') return refuse(plan);
  const { currency } = plan.plannedRevenue;
  const expenses = remainingExpenses ?? { minor: 0, currency };
  if (expenses.currency !== currency) return refuse('currency-mismatch', { currency });
  return accept({
    type: 'RemainingEstimateRevised',
    data: { ...idsOf(plan), revisedOn, remainingWork: [...remainingWork], remainingExpenses: expenses },
  });
};

export const decideClose = (
  { closedOn }: { readonly closedOn: string },
  stage: Stage,
): Decision<StageEvent, Running | 'closed-before-start'> => {
  const plan = runningPlan(stage);
  if (typeof plan === 'string') return refuse(plan);
  if (stage.startedOn !== undefined && closedOn < stage.startedOn) {
    return refuse('closed-before-start', { startedOn: stage.startedOn });
  }
  return accept({ type: 'StageClosed', data: { ...idsOf(plan), closedOn } });
};

export const decideReopen = (
  { reopenedOn }: { readonly reopenedOn: string },
  { plan, status, closedOn }: Stage,
): Decision<StageEvent, 'stage-not-found' | 'stage-not-closed' | 'reopened-before-close'> => {
  if (plan === undefined) return refuse('stage-not-found');
  if (status !== 'closed') return refuse('stage-not-closed');
  if (closedOn !== undefined && reopenedOn < closedOn) return refuse('reopened-before-close', { closedOn });
  return accept({ type: 'StageReopened', data: { ...idsOf(plan), reopenedOn } });
};
