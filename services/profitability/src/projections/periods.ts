import type { EventData, periodClosed, periodReopened } from '@headroom/contracts/events';
import type { Needs, ProjectedEvent, Rows } from '@headroom/projecting';
import { periodTable } from '../read-models/tables.ts';

export type PeriodEvents = EventData<typeof periodClosed | typeof periodReopened>;

type OfPeriod = ProjectedEvent<string, { readonly month: string }>;

const needs = (wanted: Needs, { tenantId, data: { month } }: OfPeriod): void =>
  wanted.row(periodTable, tenantId, month);

const turn =
  (what: 'closed' | 'reopened') =>
  (rows: Rows, { tenantId, data: { month }, recordedAt, meta }: OfPeriod): void => {
    const step = { what, at: recordedAt, by: meta.actor, reason: meta.reason ?? null };
    const row = rows.edit(periodTable, tenantId, month);
    if (row === undefined) {
      rows.put(periodTable, { tenantId, month, closed: what === 'closed', history: [step] });
      return;
    }
    row.closed = what === 'closed';
    row.history.push(step);
  };

export const periodHandlers = {
  PeriodClosed: { needs, fold: turn('closed') },
  PeriodReopened: { needs, fold: turn('reopened') },
};
