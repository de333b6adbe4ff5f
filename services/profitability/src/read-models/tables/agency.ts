import type { LoyaltySettings, RuleSettings } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';
import type { BillRate } from '../../formulas/bill-rate.ts';
import type { Rate } from '../../formulas/stage-ledger.ts';
import type { ExchangeRate } from '../../formulas/stage-state.ts';

export interface Settings extends RuleSettings {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly loyalty: LoyaltySettings;
}

export interface Standard {
  readonly standardId: string;
  readonly margin: string;
  readonly effectiveFrom: string;
  readonly serviceType: string | null;
}

export interface SettingsRow {
  readonly tenantId: string;
  settings: Settings | null;
  /** Approved standards by date; of two with the same date the later approved comes last. */
  standards: Standard[];
  /** By date, one a currency and date. */
  exchangeRates: ExchangeRate[];
  /** Position of the event that changed it last. */
  changedAt: number;
}

export const settingsTable = table<SettingsRow>('settings', {
  columns: {
    tenantId: 'text',
    settings: { type: 'json', nullable: true },
    standards: 'json',
    exchangeRates: 'json',
    changedAt: 'integer',
  },
  key: ['tenantId'],
});

export interface SpecialistRow {
  readonly tenantId: string;
  readonly specialistId: string;
  readonly name: string;
  readonly role: string;
  readonly kind: 'employee' | 'contractor';
  readonly externalRef: string | null;
  deactivatedOn: string | null;
  rates: Rate[];
  /** Streams that ever told of rates, beside the person's own. */
  rateStreams: string[];
  /** Seconds on work dates that no rate covers, by date. */
  uncosted: { [workDate: string]: number };
  uncostedSeconds: number;
}

export const specialistTable = table<SpecialistRow>('specialist', {
  columns: {
    tenantId: 'text',
    specialistId: 'text',
    name: { type: 'text', personal: true },
    role: 'text',
    kind: 'text',
    externalRef: { type: 'text', nullable: true, personal: true },
    deactivatedOn: { type: 'date', nullable: true },
    rates: 'json',
    rateStreams: 'json',
    uncosted: 'json',
    uncostedSeconds: 'integer',
  },
  key: ['tenantId', 'specialistId'],
  lookups: { byTenant: ['tenantId'], byRole: ['tenantId', 'role'] },
});

/** All bill rates of an agency: one row, so that a question about a stage billed by time reads it by its key. */
export interface BillRatesRow {
  readonly tenantId: string;
  readonly rates: readonly BillRate[];
  /** Position of the event that changed it last. */
  readonly changedAt: number;
}

export const billRatesTable = table<BillRatesRow>('bill_rates', {
  columns: { tenantId: 'text', rates: 'json', changedAt: 'integer' },
  key: ['tenantId'],
});

export interface ClientRow {
  readonly tenantId: string;
  readonly clientId: string;
  readonly name: string;
}

export const clientTable = table<ClientRow>('client', {
  columns: { tenantId: 'text', clientId: 'text', name: 'text' },
  key: ['tenantId', 'clientId'],
  lookups: { byTenant: ['tenantId'] },
});
