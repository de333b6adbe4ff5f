import type { ResponseOf } from '@headroom/contracts/rest';
import type { getHandoverBrief } from '@headroom/contracts/rest/relationship';
import { weekdayOf, workingDaysBetween } from '@headroom/kernel';
import { ratioOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { CONTACT_MONTHS, trailingMonths } from '../../decisions/loyalty/windows.ts';
import { type InteractionRow, interactionTable } from '../tables.ts';

export type ContactHabits = ResponseOf<typeof getHandoverBrief>['habits'];

/** The value that comes most often, the smallest of several; null of none. */
const mostOften = (values: readonly number[]): number | null => {
  const counts = [...Map.groupBy(values, (value) => value)].map(([value, all]) => ({ value, times: all.length }));
  counts.sort((one, other) => other.times - one.times || one.value - other.value);
  return counts[0]?.value ?? null;
};

const hourIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone });
  return ({ occurredAt }: InteractionRow): number => Number(format.format(new Date(occurredAt)));
};

const byChannel = (rows: readonly InteractionRow[]): ContactHabits['byChannel'] =>
  [...Map.groupBy(rows, ({ channel }) => channel)]
    .map(([channel, all]) => ({
      channel,
      contacts: all.length,
      seconds: all.reduce((sum, { seconds }) => sum + seconds, 0),
    }))
    .sort((one, other) => other.contacts - one.contacts || (one.channel < other.channel ? -1 : 1));

/** How a client and the agency have been in touch over three months. */
export const contactHabits = async (
  reader: RowReader,
  { tenantId, clientId }: { readonly tenantId: string; readonly clientId: string },
  { asOf, timeZone, managedSince }: { readonly asOf: string; readonly timeZone: string; readonly managedSince: string },
): Promise<ContactHabits> => {
  const window = trailingMonths(asOf, CONTACT_MONTHS);
  const rows = await reader.where(interactionTable, 'byDay', [tenantId, clientId], window);
  const inbound = rows.filter(({ direction }) => direction === 'inbound');
  const unplanned = rows.filter(({ planned }) => !planned);
  const calling = inbound.filter(({ planned }) => !planned);
  return {
    window,
    contacts: rows.length,
    seconds: rows.reduce((sum, { seconds }) => sum + seconds, 0),
    inboundShare: ratioOf(inbound.length, rows.length),
    unplannedShare: ratioOf(unplanned.length, rows.length),
    perWorkingDay: ratioOf(calling.length, workingDaysBetween(window.from, window.to)),
    byChannel: byChannel(rows),
    usualWeekday: mostOften(rows.map(({ occurredOn }) => weekdayOf(occurredOn))),
    usualHour: mostOften(rows.map(hourIn(timeZone))),
    lastContactOn:
      rows
        .map(({ occurredOn }) => occurredOn)
        .sort()
        .at(-1) ?? null,
    sinceHandover: rows.filter(({ occurredOn }) => occurredOn >= managedSince).length,
  };
};
