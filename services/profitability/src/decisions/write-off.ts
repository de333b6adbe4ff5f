import type { Money } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import type { StageEvent } from '../events/streams.ts';
import { idsOf, type Stage } from './stage.ts';

export interface WriteOff {
  readonly writeOffId: string;
  readonly amount: Money;
  readonly writtenOffOn: string;
}

export type WriteOffRefusal = 'stage-not-found' | 'write-off-exists' | 'currency-mismatch' | 'write-off-over-revenue';

/**
 * Gives revenue up, whether the stage is open or closed. `revenueMinor` is what the stage is to bring before any
 * write-off; together write-offs never take more than that.
 */
export const decideWriteOff = (
  { writeOffId, amount, writtenOffOn }: WriteOff,
  { plan, writeOffs }: Stage,
  revenueMinor: number,
): Decision<StageEvent, WriteOffRefusal> => {
  if (plan === undefined) return refuse('stage-not-found');
  if (writeOffs.has(writeOffId)) return refuse('write-off-exists');
  const { currency } = plan.plannedRevenue;
  if (amount.currency !== currency) return refuse('currency-mismatch', { currency });
  const writtenOff = [...writeOffs.values()].reduce((sum, minor) => sum + minor, 0);
  if (writtenOff + amount.minor > revenueMinor) {
    return refuse('write-off-over-revenue', { leftMinor: Math.max(0, revenueMinor - writtenOff) });
  }
  return accept({ type: 'RevenueWrittenOff', data: { writeOffId, ...idsOf(plan), amount, writtenOffOn } });
};
