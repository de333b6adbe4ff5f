import { cleanName } from '../clean-text.ts';
import { dateIn } from '../dates.ts';
import { hoursWritten } from '../durations.ts';
import { parsed } from '../parsed.ts';
import type { Row } from '../row.ts';
import { timeOfDay } from '../time-of-day.ts';
import type { WorkedSpan } from '../worked-span.ts';
import { yesOrNo } from '../yes-no.ts';
import { spanFrom } from './clock-span.ts';
import { tagsIn } from './tags.ts';
import type { ColumnRule, ReadingOptions, TrackerFormat } from './tracker-format.ts';

const columns = {
  date: { titles: ['Date', 'Datum'], required: true },
  from: { titles: ['From', 'Begin', 'Von', 'Beginn'] },
  to: { titles: ['To', 'End', 'Bis', 'Ende'] },
  duration: { titles: ['Duration', 'Dauer'], required: true },
  user: { titles: ['User', 'Username', 'Benutzer', 'Benutzername'], required: true },
  name: { titles: ['Name'] },
  email: { titles: ['E-mail', 'Email'] },
  customer: { titles: ['Customer', 'Kunde'], required: true },
  project: { titles: ['Project', 'Projekt'], required: true },
  activity: { titles: ['Activity', 'Tätigkeit'], required: true },
  description: { titles: ['Description', 'Beschreibung'] },
  billable: { titles: ['Billable', 'Abrechenbar'], orOption: 'billable' },
  tags: { titles: ['Tags', 'Schlagworte', 'Schlagwörter'] },
  projectNumber: { titles: ['Project number', 'Projektnummer'] },
} as const satisfies Record<string, ColumnRule>;

type Column = keyof typeof columns;

const SECONDS_OF_DAY = 86_400;
const DAY_MS = SECONDS_OF_DAY * 1_000;

const dayAfter = (date: string): string => new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);

/** The file has one date; a time that ends before it began ends on the day after. */
const span = (row: Row<Column>, options: ReadingOptions, date: string, seconds: number): WorkedSpan => {
  const from = row.optional('from', timeOfDay);
  const to = row.optional('to', timeOfDay);
  if (from === undefined) return {};
  const nextDay = to !== undefined && (to < from || (to === from && seconds === SECONDS_OF_DAY));
  const end = to === undefined ? undefined : { date: nextDay ? dayAfter(date) : date, second: to };
  return spanFrom(row, 'from', options, { start: { date, second: from }, end, seconds });
};

/**
 * Kimai's export, with English or German titles. `Duration` counts, since a break may lie between `From` and `To`. The
 * activity is the task. Prices are not read; what `Billable` leaves empty the caller has to say.
 */
export const kimai: TrackerFormat<Column> = {
  columns,
  read: (row, options) => {
    const user = row.required('user', (text) => parsed(cleanName(text)));
    const workDate = row.required('date', dateIn(options.dateOrder));
    const seconds = row.required('duration', hoursWritten(options.decimalSeparator));
    const billable = row.optional('billable', yesOrNo) ?? options.billable;
    if (billable === undefined) row.refuse('billable', 'missing-value', 'the cell is empty');
    if (user === undefined || workDate === undefined || seconds === undefined || billable === undefined)
      return undefined;
    const [client, project, task] = [row.name('customer'), row.name('project'), row.name('activity')];
    return {
      entry: {
        person: { name: row.name('name') || user, email: row.name('email') || null },
        client,
        project,
        projectCode: row.name('projectNumber') || null,
        task,
        workDate,
        seconds,
        billable,
        note: row.text('description') || null,
        externalRef: null,
        tags: tagsIn(row.name('tags')),
        ...span(row, options, workDate, seconds),
      },
      identity: [user, workDate, client, project, task, String(seconds)],
    };
  },
};
