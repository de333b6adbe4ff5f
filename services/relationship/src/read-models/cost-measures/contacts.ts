import { monthOf } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { type ContactMonthRow, contactMonthTable, type DayOfContacts } from '../loyalty/tables.ts';

/** Days `[from, to)`. */
interface Days {
  readonly from: string;
  readonly to: string;
}

const NONE: DayOfContacts = {
  inbound: 0,
  outbound: 0,
  unplanned: 0,
  inboundSeconds: 0,
  outboundSeconds: 0,
  unplannedSeconds: 0,
};

/** Contacts within some days, added up. */
export const contactsIn = (rows: readonly ContactMonthRow[], { from, to }: Days): DayOfContacts => {
  const sum = { ...NONE };
  for (const { days } of rows)
    for (const [day, contacts] of Object.entries(days)) {
      if (day < from || day >= to) continue;
      for (const name of Object.keys(sum) as (keyof DayOfContacts)[]) sum[name] += contacts[name];
    }
  return sum;
};

/** Months of contacts of an agency from that of a day on, of all its clients or of one. */
export const contactMonths = (
  reader: RowReader,
  tenantId: string,
  from: string,
  clientId?: string,
): Promise<ContactMonthRow[]> =>
  clientId === undefined
    ? reader.where(contactMonthTable, 'byMonth', [tenantId], { from: monthOf(from) })
    : reader.where(contactMonthTable, 'byClient', [tenantId, clientId], { from: monthOf(from) });
