import { formatRate, meanRateUnits } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { type BillRateBook, billRateBook } from '../formulas/bill-rate.ts';
import { billRatesTable, specialistTable } from './tables.ts';

const books = new WeakMap<RowReader, Map<string, Promise<BillRateBook>>>();

/** The agency's bill rates, read once a snapshot. */
export const readBillRates = (reader: RowReader, tenantId: string): Promise<BillRateBook> => {
  const known = books.get(reader) ?? new Map<string, Promise<BillRateBook>>();
  books.set(reader, known);
  const before = known.get(tenantId);
  if (before !== undefined) return before;
  const book = reader.get(billRatesTable, tenantId).then((row) => billRateBook(row?.rates ?? []));
  known.set(tenantId, book);
  return book;
};

/**
 * The bill rate of each role on a day, as rate strings: that of the role's narrowest scope or, where only its people
 * have rates of their own, their mean. Roles without any are missing.
 */
export const rolePrices = async (
  reader: RowReader,
  tenantId: string,
  day: string,
  {
    projectId,
    clientId,
    roles,
  }: { readonly projectId: string; readonly clientId: string; readonly roles: readonly string[] },
): Promise<Map<string, string>> => {
  const book = await readBillRates(reader, tenantId);
  const prices = new Map<string, string>();
  for (const role of roles) {
    const subject = { role, projectId, clientId };
    const own = book.on({ ...subject, specialistId: null }, day);
    const people = own === undefined ? await reader.where(specialistTable, 'byRole', [tenantId, role]) : [];
    const theirs = people
      .filter(({ deactivatedOn }) => deactivatedOn === null || day <= deactivatedOn)
      .flatMap(({ specialistId }) => book.on({ ...subject, specialistId }, day) ?? []);
    const units = own ?? meanRateUnits(theirs);
    if (units !== undefined) prices.set(role, formatRate(units));
  }
  return prices;
};
