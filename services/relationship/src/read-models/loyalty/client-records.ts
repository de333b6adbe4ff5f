import { monthOf } from '@headroom/kernel';
import type { RowReader, Table } from '@headroom/projecting';
import { type DisputeRow, disputeTable } from '../disputes/tables.ts';
import { type ExtraPaymentRow, extraPaymentTable } from '../extra-payments/tables.ts';
import {
  type ClientInvoiceRow,
  type ContactMonthRow,
  clientInvoiceTable,
  contactMonthTable,
  firstContactTable,
  type SatisfactionRow,
  satisfactionTable,
} from './tables.ts';

/** What this service itself has on record of a client, whatever the day. */
export interface ClientRecords {
  readonly contactMonths: readonly ContactMonthRow[];
  readonly firstContactOn: string | null;
  readonly payments: readonly ExtraPaymentRow[];
  readonly invoices: readonly ClientInvoiceRow[];
  readonly disputes: readonly DisputeRow[];
  readonly satisfaction: readonly SatisfactionRow[];
}

const NOTHING: ClientRecords = {
  contactMonths: [],
  firstContactOn: null,
  payments: [],
  invoices: [],
  disputes: [],
  satisfaction: [],
};

/**
 * The records of one client, or of all clients of an agency, each table read once. Months of contacts only from that of
 * the first day on that will be asked about.
 */
export const clientRecords = async (
  reader: RowReader,
  { tenantId, clientId }: { readonly tenantId: string; readonly clientId?: string },
  contactsFrom: string,
): Promise<(clientId: string) => ClientRecords> => {
  const keys = clientId === undefined ? [tenantId] : [tenantId, clientId];
  const whose = async <Row extends { readonly clientId: string }>(table: Table<Row>) =>
    Map.groupBy(await reader.where(table, 'byClient', keys), (row) => row.clientId);
  const byWhom = clientId === undefined ? 'byMonth' : 'byClient';
  const [contactMonths, first, payments, invoices, disputes, satisfaction] = await Promise.all([
    reader.where(contactMonthTable, byWhom, keys, { from: monthOf(contactsFrom) }),
    whose(firstContactTable),
    whose(extraPaymentTable),
    whose(clientInvoiceTable),
    whose(disputeTable),
    whose(satisfactionTable),
  ]);
  const months = Map.groupBy(contactMonths, (row) => row.clientId);
  return (id) => ({
    contactMonths: months.get(id) ?? NOTHING.contactMonths,
    firstContactOn: first.get(id)?.[0]?.occurredOn ?? null,
    payments: payments.get(id) ?? NOTHING.payments,
    invoices: invoices.get(id) ?? NOTHING.invoices,
    disputes: disputes.get(id) ?? NOTHING.disputes,
    satisfaction: satisfaction.get(id) ?? NOTHING.satisfaction,
  });
};

/** Unplanned contacts that the client made in `[from, to)`. */
export const unplannedIn = (
  { contactMonths }: ClientRecords,
  { from, to }: { readonly from: string; readonly to: string },
): number => {
  let count = 0;
  for (const { days } of contactMonths)
    for (const day of Object.keys(days)) if (day >= from && day < to) count += days[day]?.unplanned ?? 0;
  return count;
};
