import type { EventData, metricRecorded } from '@headroom/contracts/events';
import type { Handler } from '@headroom/projecting';
import { metricTable, recordingTable } from '../read-models/tables.ts';

type Recorded = EventData<typeof metricRecorded>['MetricRecorded'];

const POSITION_DIGITS = 16;

/** A month is replaced by what is recorded of it again; what stood before stays among its recordings. */
export const metricRecordedHandler: Handler<'MetricRecorded', Recorded> = {
  needs: (needs, { tenantId, data: { projectId, month } }) => needs.row(metricTable, tenantId, projectId, month),
  fold: (rows, { tenantId, data, position, recordedAt, meta }) => {
    const { clientId: _, turnover, advertisingSpend, ...counted } = data;
    const row = {
      tenantId,
      ...counted,
      turnoverMinor: turnover?.minor ?? null,
      advertisingSpendMinor: advertisingSpend?.minor ?? null,
    };
    const before = rows.get(metricTable, tenantId, data.projectId, data.month);
    rows.put(metricTable, { ...row, corrections: before === undefined ? 0 : before.corrections + 1 });
    rows.put(recordingTable, {
      ...row,
      at: String(position).padStart(POSITION_DIGITS, '0'),
      position,
      recordedAt,
      recordedBy: meta.actor,
      reason: meta.reason ?? null,
    });
  },
};
