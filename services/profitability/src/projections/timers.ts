import type { EventData, timerDiscarded, timerStarted, timerStopped } from '@headroom/contracts/events';
import type { Needs, ProjectedEvent, Rows } from '@headroom/projecting';
import { runningTimerTable } from '../read-models/tables.ts';

export type TimerEvents = EventData<typeof timerStarted | typeof timerStopped | typeof timerDiscarded>;

type Ended = ProjectedEvent<string, { readonly timerId: string; readonly specialistId: string }>;

const needs = (wanted: Needs, { tenantId, data }: Ended): void =>
  wanted.row(runningTimerTable, tenantId, data.specialistId);

const end = (rows: Rows, { tenantId, data: { timerId, specialistId } }: Ended): void => {
  const running = rows.get(runningTimerTable, tenantId, specialistId);
  if (running?.timerId === timerId) rows.remove(runningTimerTable, tenantId, specialistId);
};

export const timerHandlers = {
  TimerStarted: {
    fold: (rows: Rows, { tenantId, data }: ProjectedEvent<string, TimerEvents['TimerStarted']>): void => {
      rows.put(runningTimerTable, { tenantId, ...data });
    },
  },
  TimerStopped: { needs, fold: end },
  TimerDiscarded: { needs, fold: end },
};
