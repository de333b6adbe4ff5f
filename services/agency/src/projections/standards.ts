import type { EventData, standardApproved, standardProposed } from '@headroom/contracts/events';
import type { Handler } from '@headroom/projecting';
import { standardTable } from '../read-models/standard-tables.ts';
import { agencyTable } from '../read-models/tables.ts';
import { agencyRow } from './agency-row.ts';

type StandardEvents = EventData<typeof standardProposed | typeof standardApproved>;

export const standardHandlers: {
  readonly [Type in keyof StandardEvents & string]: Handler<Type, StandardEvents[Type]>;
} = {
  StandardProposed: {
    fold: (rows, { tenantId, recordedAt, data }) =>
      rows.put(standardTable, {
        tenantId,
        ...data,
        proposedAt: recordedAt,
        approvedBy: null,
        approvedAt: null,
        approvedAtPosition: null,
      }),
  },
  StandardApproved: {
    needs: (needs, { tenantId, data }) => {
      needs.row(agencyTable, tenantId);
      needs.row(standardTable, tenantId, data.standardId);
    },
    fold: (rows, { tenantId, position, recordedAt, data }) => {
      const { standardId, margin, effectiveFrom, serviceType, approvedBy } = data;
      agencyRow(rows, tenantId).standards.push({ standardId, margin, effectiveFrom, serviceType });
      const row = rows.edit(standardTable, tenantId, standardId);
      if (row === undefined) throw new Error(`the unknown standard ${standardId} was approved`);
      row.approvedBy = approvedBy;
      row.approvedAt = recordedAt;
      row.approvedAtPosition = position;
    },
  },
};
