import type { RowReader } from '@headroom/projecting';
import { runningTimerTable } from './tables.ts';

/** The timer that a specialist has running, with the whole seconds that have passed; null when there is none. */
export const runningTimer = async (reader: RowReader, tenantId: string, specialistId: string, instant: string) => {
  const row = await reader.get(runningTimerTable, tenantId, specialistId);
  if (row === undefined) return null;
  const { tenantId: _, ...running } = row;
  const seconds = Math.floor((Date.parse(instant) - Date.parse(running.startedAt)) / 1_000);
  return { ...running, seconds: Math.max(0, seconds) };
};
