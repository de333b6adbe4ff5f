import { cleanName } from '../clean-text.ts';
import { dateIn } from '../dates.ts';
import { type Parsed, parsed } from '../parsed.ts';
import { timeOfDay } from '../time-of-day.ts';
import { yesOrNo } from '../yes-no.ts';
import { endOf, spanFrom } from './clock-span.ts';
import { tagsIn } from './tags.ts';
import type { ColumnRule, ReadingOptions, TrackerFormat } from './tracker-format.ts';

/** The columns of a report with a person, a beginning by the clock and a duration in each row. */
export type ClockColumn =
  | 'user'
  | 'email'
  | 'client'
  | 'project'
  | 'task'
  | 'description'
  | 'billable'
  | 'startDate'
  | 'startTime'
  | 'endDate'
  | 'endTime'
  | 'duration'
  | 'tags';

type Format = TrackerFormat<ClockColumn>;

/** Such a report: its columns go by the titles given, `duration` reads the cell that counts. */
export const clockReport = (
  columns: Record<ClockColumn, ColumnRule>,
  duration: (options: ReadingOptions) => (text: string) => Parsed<number>,
): Format => ({
  columns,
  read: (row, options) => {
    const name = row.required('user', (text) => parsed(cleanName(text)));
    const date = row.required('startDate', dateIn(options.dateOrder));
    const second = row.required('startTime', timeOfDay);
    const seconds = row.required('duration', duration(options));
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
});
