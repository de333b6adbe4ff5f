import { accept, type Decision, refuse } from '@headroom/kernel';
import { formatDecimal, millionths, RATIO_SCALE } from '@headroom/money';
import type { StageEvent } from '../events/streams.ts';
import { idsOf, type Stage } from './stage.ts';

/** Shares of the planned cost in rising order, one of each; null gives the stage back to the agency's thresholds. */
export const decideThresholds = (
  { thresholds }: { readonly thresholds: readonly string[] | null },
  { plan }: Stage,
): Decision<StageEvent, 'stage-not-found'> => {
  if (plan === undefined) return refuse('stage-not-found');
  const shares = thresholds === null ? null : [...new Set(thresholds.map(millionths))];
  const rising = shares?.sort((one, other) => (one < other ? -1 : 1)) ?? null;
  return accept({
    type: 'StageThresholdsSet',
    data: { ...idsOf(plan), thresholds: rising?.map((share) => formatDecimal(share, RATIO_SCALE)) ?? null },
  });
};

export interface AcknowledgeAlert {
  readonly alertId: string;
  readonly threshold: string;
  readonly note?: string | undefined;
}

/** Somebody takes note of an alert, once. */
export const decideAcknowledge = (
  { alertId, threshold, note }: AcknowledgeAlert,
  { plan, acknowledged }: Stage,
): Decision<StageEvent, 'alert-not-found' | 'alert-already-acknowledged'> => {
  if (plan === undefined) return refuse('alert-not-found');
  if (acknowledged.has(alertId)) return refuse('alert-already-acknowledged');
  return accept({ type: 'AlertAcknowledged', data: { alertId, ...idsOf(plan), threshold, note: note ?? null } });
};
