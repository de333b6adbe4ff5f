import type { EventData, RestatedMonth, rateChangeApplied } from '@headroom/contracts/events';
import type { Needs, ProjectedEvent, Rows } from '@headroom/projecting';
import { restatementTable } from '../read-models/restatements/tables.ts';
import { periodTable } from '../read-models/tables.ts';

type Applied = EventData<typeof rateChangeApplied>['RateChangeApplied'];

/** What `restate` reads. */
export const needsOfRestatements = (wanted: Needs, tenantId: string, restated: readonly RestatedMonth[]): void => {
  for (const { month } of restated) {
    wanted.row(periodTable, tenantId, month);
    wanted.where(restatementTable, 'byMonth', [tenantId, month]);
  }
};

/** Puts what closed months come to beside what was reported when they were closed. */
export const restate = (
  rows: Rows,
  { tenantId, position, recordedAt, meta, data }: ProjectedEvent<string, Applied>,
): void => {
  for (const { month, before, after, seconds } of data.restatements) {
    const history = rows.get(periodTable, tenantId, month)?.history ?? [];
    const closing = history.filter(({ what }) => what === 'closed').length;
    const [first] = rows
      .where(restatementTable, 'byMonth', tenantId, month)
      .filter((row) => row.closing === closing)
      .sort((one, other) => one.position - other.position);
    rows.put(restatementTable, {
      tenantId,
      rateChangeId: data.rateChangeId,
      month,
      position,
      closing,
      reportedRevenueMinor: first?.reportedRevenueMinor ?? before.revenueMinor,
      reportedCostMinor: first?.reportedCostMinor ?? before.costMinor,
      beforeRevenueMinor: before.revenueMinor,
      beforeCostMinor: before.costMinor,
      revenueMinor: after.revenueMinor,
      costMinor: after.costMinor,
      seconds,
      currency: data.currency,
      figuresAt: data.figuresAt,
      appliedAt: recordedAt,
      appliedBy: meta.actor,
      reason: meta.reason ?? null,
    });
  }
};
