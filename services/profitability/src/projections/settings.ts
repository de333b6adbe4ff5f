import type { agencyConfigured, EventData, exchangeRateSet, standardApproved } from '@headroom/contracts/events';
import type { Handler, Needs, Rows } from '@headroom/projecting';
import { type SettingsRow, settingsTable } from '../read-models/tables.ts';

export type SettingsEvents = EventData<typeof agencyConfigured | typeof exchangeRateSet | typeof standardApproved>;

const needs = (wanted: Needs, { tenantId }: { readonly tenantId: string }) => wanted.row(settingsTable, tenantId);

const settingsRow = (
  rows: Rows,
  { tenantId, position }: { readonly tenantId: string; readonly position: number },
): SettingsRow => {
  const row = rows.edit(settingsTable, tenantId);
  if (row !== undefined) {
    row.changedAt = position;
    return row;
  }
  const fresh: SettingsRow = { tenantId, settings: null, standards: [], exchangeRates: [], changedAt: position };
  rows.put(settingsTable, fresh);
  return fresh;
};

const byDate = (one: { readonly effectiveFrom: string }, other: { readonly effectiveFrom: string }): number =>
  one.effectiveFrom < other.effectiveFrom ? -1 : one.effectiveFrom > other.effectiveFrom ? 1 : 0;

export const settingsHandlers: {
  readonly [Type in keyof SettingsEvents & string]: Handler<Type, SettingsEvents[Type]>;
} = {
  AgencyConfigured: {
    needs,
    fold: (rows, { tenantId, position, data: { costBasis: _, ...settings } }) => {
      settingsRow(rows, { tenantId, position }).settings = settings;
    },
  },
  ExchangeRateSet: {
    needs,
    fold: (rows, { tenantId, position, data }) => {
      const row = settingsRow(rows, { tenantId, position });
      const others = row.exchangeRates.filter(
        (rate) => rate.currency !== data.currency || rate.effectiveFrom !== data.effectiveFrom,
      );
      row.exchangeRates = [...others, { ...data }].sort(byDate);
    },
  },
  StandardApproved: {
    needs,
    fold: (rows, { tenantId, position, data: { standardId, margin, effectiveFrom, serviceType } }) => {
      const row = settingsRow(rows, { tenantId, position });
      row.standards = [...row.standards, { standardId, margin, effectiveFrom, serviceType }].sort(byDate);
    },
  },
};
