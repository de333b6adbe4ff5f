import { accept, type Decision, type Evolution, monthOf, refuse } from '@headroom/kernel';
import type { PeriodEvent } from '../events/streams.ts';

/** The months that are closed. */
export interface Periods {
  readonly closed: Set<string>;
}

export const periodsEvolution: Evolution<Periods, PeriodEvent> = {
  initial: () => ({ closed: new Set() }),
  evolve: (periods, { type, data: { month } }) => {
    if (type === 'PeriodClosed') periods.closed.add(month);
    else periods.closed.delete(month);
    return periods;
  },
};

/** A month is closed once it has begun; `today` is the agency's. */
export const decideClosePeriod = (
  { month, today }: { readonly month: string; readonly today: string },
  { closed }: Periods,
): Decision<PeriodEvent, 'period-already-closed' | 'period-not-begun'> => {
  if (closed.has(month)) return refuse('period-already-closed');
  if (month > monthOf(today)) return refuse('period-not-begun');
  return accept({ type: 'PeriodClosed', data: { month } });
};

export const decideReopenPeriod = (
  { month }: { readonly month: string },
  { closed }: Periods,
): Decision<PeriodEvent, 'period-not-closed'> =>
  closed.has(month) ? accept({ type: 'PeriodReopened', data: { month } }) : refuse('period-not-closed');
