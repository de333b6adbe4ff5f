import { clockDuration } from '../durations.ts';
import { type ClockColumn, clockReport } from './clock-report.ts';
import type { ColumnRule } from './tracker-format.ts';

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
} as const satisfies Record<ClockColumn, ColumnRule>;

/**
 * The detailed report of Toggl Track, old (`User`, `End date`) and new (`Member`, `Stop date`, columns by choice). The
 * duration counts; the end is told beside it. Amounts are not read.
 */
export const toggl = clockReport(columns, () => clockDuration);
