import {
  agencyConfigured,
  billRateSet,
  costRateSet,
  type EventData,
  hoursAdjusted,
  hoursCorrected,
  hoursLogged,
  hoursVoided,
  rateChangeApplied,
  specialistAdded,
  specialistDeactivated,
  standardApproved,
  standardProposed,
  workingHoursSet,
} from '@headroom/contracts/events';
import { storedTypesOf, upcast } from '@headroom/contracts/events/upcast';
import { projection, type Rows } from '@headroom/projecting';
import { rowOfScope } from '../read-models/bill-rates.ts';
import { standardTable } from '../read-models/standard-tables.ts';
import { agencyTable, billRateTable, type CostRate, specialistTable } from '../read-models/tables.ts';
import { workedMonthTable } from '../read-models/utilisation-tables.ts';
import { agencyRow } from './agency-row.ts';
import { standardHandlers } from './standards.ts';
import { workedMonthHandlers } from './worked-months.ts';

const events = [
  agencyConfigured,
  workingHoursSet,
  standardProposed,
  standardApproved,
  hoursLogged,
  hoursCorrected,
  hoursVoided,
  hoursAdjusted,
  specialistAdded,
  specialistDeactivated,
  costRateSet,
  rateChangeApplied,
  billRateSet,
] as const;

/** A rate among those of its subject: by date, in the place of one of the same date. */
const withRate = <Rate extends { readonly effectiveFrom: string }>(rates: readonly Rate[], rate: Rate): Rate[] =>
  [...rates.filter(({ effectiveFrom }) => effectiveFrom !== rate.effectiveFrom), rate].sort((one, other) =>
    one.effectiveFrom < other.effectiveFrom ? -1 : 1,
  );

const setCostRate = (
  rows: Rows,
  tenantId: string,
  { specialistId, rateId, effectiveFrom, ratePerHour, breakdown }: CostRate & { readonly specialistId: string },
): void => {
  const row = rows.edit(specialistTable, tenantId, specialistId);
  if (row === undefined) throw new Error(`a rate for the unknown specialist ${specialistId}`);
  row.costRates = withRate(row.costRates, { rateId, effectiveFrom, ratePerHour, breakdown });
};

/** Settings, standards, people and rates of the agency. */
export const agencyProjection = projection<EventData<(typeof events)[number]>>({
  name: 'agency',
  version: 7,
  tables: [agencyTable, specialistTable, billRateTable, standardTable, workedMonthTable],
  upcast,
  storedTypes: storedTypesOf(new Set(events.map(({ name }) => name))),
  handlers: {
    AgencyConfigured: {
      needs: (needs, { tenantId }) => needs.row(agencyTable, tenantId),
      fold: (rows, { tenantId, data }) => {
        agencyRow(rows, tenantId).settings = data;
      },
    },
    ...standardHandlers,
    ...workedMonthHandlers,
    WorkingHoursSet: {
      needs: (needs, { tenantId }) => needs.row(agencyTable, tenantId),
      fold: (rows, { tenantId, data: { monthlyHours, effectiveFrom } }) => {
        const row = agencyRow(rows, tenantId);
        row.workingHours = withRate(row.workingHours, { effectiveFrom, monthlyHours });
      },
    },
    SpecialistAdded: {
      fold: (rows, { tenantId, data }) =>
        rows.put(specialistTable, { tenantId, ...data, deactivatedOn: null, costRates: [] }),
    },
    CostRateSet: {
      needs: (needs, { tenantId, data }) => needs.row(specialistTable, tenantId, data.specialistId),
      fold: (rows, { tenantId, data }) => setCostRate(rows, tenantId, data),
    },
    RateChangeApplied: {
      needs: (needs, { tenantId, data: { changes } }) => {
        for (const { specialistId } of changes) needs.row(specialistTable, tenantId, specialistId);
      },
      fold: (rows, { tenantId, data: { changes } }) => {
        for (const change of changes) setCostRate(rows, tenantId, change);
      },
    },
    SpecialistDeactivated: {
      needs: (needs, { tenantId, data }) => needs.row(specialistTable, tenantId, data.specialistId),
      fold: (rows, { tenantId, data: { specialistId, deactivatedOn } }) => {
        const row = rows.edit(specialistTable, tenantId, specialistId);
        if (row === undefined) throw new Error(`the unknown specialist ${specialistId} was deactivated`);
        row.deactivatedOn = deactivatedOn;
      },
    },
    BillRateSet: {
      needs: (needs, { tenantId, data }) => {
        const { scope, subject } = rowOfScope(data.scope);
        needs.row(billRateTable, tenantId, scope, subject);
      },
      fold: (rows, { tenantId, data: { scope: of, rateId, effectiveFrom, ratePerHour, currency } }) => {
        const { scope, subject } = rowOfScope(of);
        const before = rows.get(billRateTable, tenantId, scope, subject)?.rates ?? [];
        const rates = withRate(before, { rateId, effectiveFrom, ratePerHour, currency });
        rows.put(billRateTable, { tenantId, scope, subject, rates });
      },
    },
  },
});
