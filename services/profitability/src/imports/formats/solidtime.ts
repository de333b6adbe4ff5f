import { cleanName } from '../clean-text.ts';
import { type DateOrder, dateIn } from '../dates.ts';
import { hoursWritten } from '../durations.ts';
import { type Parsed, parsed } from '../parsed.ts';
import { timeOfDay } from '../time-of-day.ts';
import { yesOrNo } from '../yes-no.ts';
import { type ClockTime, spanFrom } from './clock-span.ts';
import { tagsIn } from './tags.ts';
import type { ColumnRule, TrackerFormat } from './tracker-format.ts';

const columns = {
  description: { titles: ['Description'] },
  task: { titles: ['Task'] },
  project: { titles: ['Project'], required: true },
  client: { titles: ['Client'] },
  user: { titles: ['User'], required: true },
  start: { titles: ['Start'], required: true },
  end: { titles: ['End'] },
  duration: { titles: ['Duration'], required: true },
  billable: { titles: ['Billable'], orOption: 'billable' },
  tags: { titles: ['Tags'] },
} as const satisfies Record<string, ColumnRule>;

const DATE_THEN_TIME = /^(\S+?)(?:[ T]+(.*))?$/;

/** Reads date and time out of one cell: `2026-03-16 09:00:00`. */
const clockTime =
  (order: DateOrder | undefined) =>
  (text: string): Parsed<ClockTime> => {
    const [, day = '', time = ''] = DATE_THEN_TIME.exec(text) ?? [];
    const date = dateIn(order)(day);
    if (!('value' in date)) return date;
    const second = timeOfDay(time);
    return 'value' in second ? parsed({ date: date.value, second: second.value }) : second;
  };

/** solidtime's detailed report: start and end hold date and time, the duration counts. It knows people by name alone. */
export const solidtime: TrackerFormat<keyof typeof columns> = {
  columns,
  read: (row, options) => {
    const name = row.required('user', (text) => parsed(cleanName(text)));
    const start = row.required('start', clockTime(options.dateOrder));
    const seconds = row.required('duration', hoursWritten(options.decimalSeparator));
    const billable = row.optional('billable', yesOrNo) ?? options.billable;
    if (billable === undefined) row.refuse('billable', 'missing-value', 'the cell is empty');
    if (name === undefined || start === undefined || seconds === undefined || billable === undefined) return undefined;
    const project = row.name('project');
    const end = row.optional('end', clockTime(options.dateOrder));
    return {
      entry: {
        person: { name, email: null },
        client: row.name('client'),
        project,
        projectCode: null,
        task: row.name('task'),
        workDate: start.date,
        seconds,
        billable,
        note: row.text('description') || null,
        externalRef: null,
        tags: tagsIn(row.name('tags')),
        ...spanFrom(row, 'start', options, { start, end, seconds }),
      },
      identity: [name, start.date, String(start.second), project, String(seconds)],
    };
  },
};
