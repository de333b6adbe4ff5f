import { cleanName } from '../clean-text.ts';
import { dateIn } from '../dates.ts';
import { clockDuration } from '../durations.ts';
import { parsed } from '../parsed.ts';
import { timeOfDay } from '../time-of-day.ts';
import { yesOrNo } from '../yes-no.ts';
import { endOf, spanFrom } from './clock-span.ts';
import { tagsIn } from './tags.ts';
import type { ColumnRule, TrackerFormat } from './tracker-format.ts';

const columns = {
  user: { titles: ['User', 'Member'], required: true },
  email: { titles: ['Email'] },
  client: { titles: ['Client'] },
  project: { titles: ['Project'], required: true },
  task: { titles: ['Task'] },
  description: { titles: ['Description'] },
  billable: { titles: ['Billable'], orOption: 'billable' },
  startDate: { titles: ['Start date'], required: true },
  startTime: { titles: ['Start time'], required: true },
  endDate: { titles: ['End date', 'Stop date'] },
  endTime: { titles: ['End time', 'Stop time'] },
  duration: { titles: ['Duration'], required: true },
  tags: { titles: ['Tags'] },
} as const satisfies Record<string, ColumnRule>;

/**
 * The detailed report of Toggl Track, old (`User`, `End date`) and new (`Member`, `Stop date`, columns by choice). The
 * duration counts; the end is told beside it. Amounts are not read.
 */
export const toggl: TrackerFormat<keyof typeof columns> = {
  columns,
  read: (row, options) => {
    const name = row.required('user', (text) => parsed(cleanName(text)));
    const workDate = row.required('startDate', dateIn(options.dateOrder));
    const startSecond = row.required('startTime', timeOfDay);
    const seconds = row.required('duration', clockDuration);
    const billable = row.optional('billable', yesOrNo) ?? options.billable;
    if (billable === undefined) row.refuse('billable', 'missing-value', 'the cell is empty');
    if (name === undefined || workDate === undefined || startSecond === undefined || seconds === undefined)
      return undefined;
    if (billable === undefined) return undefined;
    const start = { date: workDate, second: startSecond };
    const worked = spanFrom(row, 'startTime', options, { start, end: endOf(row, options), seconds });
    const project = row.name('project');
    return {
      entry: {
        person: { name, email: row.name('email') || null },
        client: row.name('client'),
        project,
        projectCode: null,
        task: row.name('task'),
        workDate,
        seconds,
        billable,
        note: row.text('description') || null,
        externalRef: null,
        tags: tagsIn(row.name('tags')),
        ...worked,
      },
      identity: [name, workDate, String(startSecond), project, String(seconds)],
    };
  },
};
