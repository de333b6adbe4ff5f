import { cleanName } from '../clean-text.ts';
import { dateIn } from '../dates.ts';
import { hoursWritten } from '../durations.ts';
import { parsed } from '../parsed.ts';
import { timeOfDay } from '../time-of-day.ts';
import { yesOrNo } from '../yes-no.ts';
import { endOf, spanFrom } from './clock-span.ts';
import { tagsIn } from './tags.ts';
import type { ColumnRule, TrackerFormat } from './tracker-format.ts';

const columns = {
  user: { titles: ['User'], required: true },
  email: { titles: ['Email'] },
  client: { titles: ['Client'] },
  project: { titles: ['Project'], required: true },
  task: { titles: ['Task'] },
  description: { titles: ['Description'] },
  billable: { titles: ['Billable'], orOption: 'billable' },
  startDate: { titles: ['Start Date'], required: true },
  startTime: { titles: ['Start Time'], required: true },
  endDate: { titles: ['End Date'] },
  endTime: { titles: ['End Time'] },
  duration: { titles: ['Duration (h)'], required: true },
  tags: { titles: ['Tags'] },
} as const satisfies Record<string, ColumnRule>;

/**
 * Clockify's detailed report. Dates and times come as the person's profile has them, so `03/04/2026` needs the order
 * stated; `Duration (h)` counts, written as hours, minutes and seconds, as hours and minutes, or as a decimal number.
 * Rates and amounts, whose titles name a currency, are not read.
 */
export const clockify: TrackerFormat<keyof typeof columns> = {
  columns,
  read: (row, options) => {
    const name = row.required('user', (text) => parsed(cleanName(text)));
    const date = row.required('startDate', dateIn(options.dateOrder));
    const second = row.required('startTime', timeOfDay);
    const seconds = row.required('duration', hoursWritten(options.decimalSeparator));
    const billable = row.optional('billable', yesOrNo) ?? options.billable;
    if (billable === undefined) row.refuse('billable', 'missing-value', 'the cell is empty');
    if (name === undefined || date === undefined || second === undefined || seconds === undefined) return undefined;
    if (billable === undefined) return undefined;
    const project = row.name('project');
    const start = { date, second };
    return {
      entry: {
        person: { name, email: row.name('email') || null },
        client: row.name('client'),
        project,
        projectCode: null,
        task: row.name('task'),
        workDate: date,
        seconds,
        billable,
        note: row.text('description') || null,
        externalRef: null,
        tags: tagsIn(row.name('tags')),
        ...spanFrom(row, 'startTime', options, { start, end: endOf(row, options), seconds }),
      },
      identity: [name, date, String(second), project, String(seconds)],
    };
  },
};
