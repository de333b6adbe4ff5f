import type {
  agencyConfigured,
  costRateSet,
  EventData,
  specialistAdded,
  standardApproved,
} from '@headroom/contracts/events';
import { upcast } from '@headroom/contracts/events/upcast';
import { projection, type Rows } from '@headroom/projecting';
import { type AgencyRow, agencyTable, specialistTable } from '../read-models/tables.ts';

type Events = EventData<
  typeof agencyConfigured | typeof standardApproved | typeof specialistAdded | typeof costRateSet
>;

const agencyRow = (rows: Rows, tenantId: string): AgencyRow => {
  const row = rows.edit(agencyTable, tenantId);
  if (row !== undefined) return row;
  const fresh: AgencyRow = { tenantId, settings: null, standards: [] };
  rows.put(agencyTable, fresh);
  return fresh;
};

/** Settings, standards, people and rates of the agency. */
export const agencyProjection = projection<Events>({
  name: 'agency',
  version: 1,
  tables: [agencyTable, specialistTable],
  upcast,
  handlers: {
    AgencyConfigured: {
      needs: (needs, { tenantId }) => needs.row(agencyTable, tenantId),
      fold: (rows, { tenantId, data }) => {
        agencyRow(rows, tenantId).settings = data;
      },
    },
    StandardApproved: {
      needs: (needs, { tenantId }) => needs.row(agencyTable, tenantId),
      fold: (rows, { tenantId, data: { standardId, margin, effectiveFrom, serviceType } }) => {
        agencyRow(rows, tenantId).standards.push({ standardId, margin, effectiveFrom, serviceType });
      },
    },
    SpecialistAdded: {
      fold: (rows, { tenantId, data }) => rows.put(specialistTable, { tenantId, ...data, costRates: [] }),
    },
    CostRateSet: {
      needs: (needs, { tenantId, data }) => needs.row(specialistTable, tenantId, data.specialistId),
      fold: (rows, { tenantId, data: { specialistId, rateId, effectiveFrom, ratePerHour, breakdown } }) => {
        const row = rows.edit(specialistTable, tenantId, specialistId);
        if (row === undefined) throw new Error(`a rate for the unknown specialist ${specialistId}`);
        row.costRates = [
          ...row.costRates.filter((rate) => rate.effectiveFrom !== effectiveFrom),
          { rateId, effectiveFrom, ratePerHour, breakdown },
        ].sort((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
      },
    },
  },
});
