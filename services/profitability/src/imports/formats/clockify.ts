import { hoursWritten } from '../durations.ts';
import { type ClockColumn, clockReport } from './clock-report.ts';
import type { ColumnRule } from './tracker-format.ts';

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
} as const satisfies Record<ClockColumn, ColumnRule>;

/**
 * Clockify's detailed report. Dates and times come as the person's profile has them, so `03/04/2026` needs the order
 * stated; `Duration (h)` counts, written as hours, minutes and seconds, as hours and minutes, or as a decimal number.
 * Rates and amounts, whose titles name a currency, are not read.
 */
export const clockify = clockReport(columns, ({ decimalSeparator }) => hoursWritten(decimalSeparator));
