import { afterRow, type Condition, type OrderValue, type RowReader } from '@headroom/projecting';
import { type InvoiceRow, invoiceTable } from './tables.ts';

const ORDER = [{ column: 'issuedOn' }, { column: 'invoiceId' }];

export interface ListInvoices {
  readonly clientId?: string | undefined;
  readonly status?: InvoiceRow['status'] | undefined;
  readonly dueBefore?: string | undefined;
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

const conditions = (tenantId: string, { clientId, status, dueBefore }: ListInvoices): Condition[] => [
  { column: 'tenantId', equals: tenantId },
  ...(clientId === undefined ? [] : [{ column: 'clientId', equals: clientId }]),
  ...(status === undefined ? [] : [{ column: 'status', equals: status }]),
  ...(dueBefore === undefined ? [] : [{ column: 'dueOn', to: dueBefore }]),
];

/** A page of invoices by day of issue, each with its payments and what is still owed, in minor units. */
export const listInvoices = async (reader: RowReader, tenantId: string, question: ListInvoices) => {
  const { limit, after } = question;
  const found = await reader.list(invoiceTable, {
    where: conditions(tenantId, question),
    orderBy: ORDER,
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    items: rows.map(({ tenantId: _, lines, ...invoice }) => {
      const paidMinor = invoice.payments.reduce(
        (sum, { amount, voidedOn }) => sum + (voidedOn === null ? amount.minor : 0),
        0,
      );
      const owedMinor = invoice.status === 'void' ? 0 : invoice.total.minor - paidMinor;
      return { ...invoice, lines: [...lines], paidMinor, owedMinor };
    }),
    next: found.length > limit && last !== undefined ? afterRow(invoiceTable, ORDER, last) : null,
  };
};
