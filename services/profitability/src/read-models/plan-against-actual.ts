import type { Activity } from '@headroom/contracts/events';
import type { StageLedger } from '../formulas/stage-ledger.ts';
import type { StageState } from '../formulas/stage-state.ts';
import { ACTIVITIES, grouped } from './grouped-labour.ts';

interface PlanLine {
  readonly role: string;
  readonly activity: Activity;
  /** Null where the role's hours were planned as a whole, or where the plan does not know the role. */
  readonly plannedSeconds: number | null;
  readonly actualSeconds: number;
  readonly minor: number;
}

/**
 * What was planned and what was done, by role and activity: every pair that the plan names or that has hours. Seconds and
 * money of what was done add up to the stage's. A role whose hours were split has 0 planned for kinds it does not name.
 */
export const planAgainstActual = (
  { activities }: StageLedger['plan'],
  { labour, currency }: StageState,
): PlanLine[] => {
  const roles = [...new Set([...activities, ...labour].map(({ role }) => role))].sort();
  const pairs = roles.flatMap((role) => ACTIVITIES.map((activity) => ({ role, activity, key: `${role}|${activity}` })));
  const planned = new Map(activities.map(({ role, activity, seconds }) => [`${role}|${activity}`, seconds]));
  const split = new Set(activities.map(({ role }) => role));
  const lines = grouped(
    labour,
    ({ role, activity }) => `${role}|${activity}`,
    currency,
    pairs.map(({ key }) => key),
  );
  const done = new Map(lines.map((line) => [line.key, line]));
  return pairs
    .filter(({ key }) => planned.has(key) || done.has(key))
    .map(({ role, activity, key }) => ({
      role,
      activity,
      plannedSeconds: planned.get(key) ?? (split.has(role) ? 0 : null),
      actualSeconds: done.get(key)?.seconds ?? 0,
      minor: done.get(key)?.minor ?? 0,
    }));
};
