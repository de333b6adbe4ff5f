import { cleanName } from '../clean-text.ts';
import { dateIn } from '../dates.ts';
import { clockDuration } from '../durations.ts';
import { parsed } from '../parsed.ts';
import type { Row } from '../row.ts';
import { timeOfDay } from '../time-of-day.ts';
import { instantsOf } from '../time-zone.ts';
import { type WorkedSpan, workedSpan } from '../worked-span.ts';
import { yesOrNo } from '../yes-no.ts';
import type { ColumnRule, ReadingOptions, TrackerFormat } from './tracker-format.ts';

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

type Column = keyof typeof columns;

const span = (
  row: Row<Column>,
  options: ReadingOptions,
  start: { readonly date: string; readonly second: number; readonly seconds: number },
): WorkedSpan => {
  const starts = instantsOf(start.date, start.second, options.timeZone);
  if (starts.length === 0) {
    row.refuse('startTime', 'no-such-time', `no clock in ${options.timeZone} showed this time that day`);
  }
  const endDate = row.optional('endDate', dateIn(options.dateOrder));
  const endSecond = row.optional('endTime', timeOfDay);
  const ended = endDate !== undefined && endSecond !== undefined;
  return workedSpan(starts, ended ? instantsOf(endDate, endSecond, options.timeZone) : [], start.seconds);
};

/**
 * The detailed report of Toggl Track, old (`User`, `End date`) and new (`Member`, `Stop date`, columns by choice). The
 * duration counts; the end is told beside it. Amounts are not read.
 */
export const toggl: TrackerFormat<Column> = {
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
    const worked = span(row, options, { date: workDate, second: startSecond, seconds });
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
        tags: row
          .name('tags')
          .split(/ *, */)
          .filter((tag) => tag !== ''),
        ...worked,
      },
      identity: [name, workDate, String(startSecond), project, String(seconds)],
    };
  },
};
