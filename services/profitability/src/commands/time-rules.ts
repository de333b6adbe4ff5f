import type { CommandContext, Commands } from '@headroom/commanding';
import { addMonths, firstDayOf, lastDayOf, localDate, monthOf } from '@headroom/kernel';
import type { Timesheet } from '../decisions/timesheet.ts';
import type { TimeRules } from '../decisions/timesheet-rules.ts';
import { agencyStreamId, periodsStreamId, timesheetStreamId } from '../events/streams.ts';
import { agencyKind, periodsKind, timesheetKind } from './kinds.ts';

/** Days whose entries may have spans that reach into another month. */
const neighbourMonths = (workDate: string): string[] => {
  const month = monthOf(workDate);
  if (workDate === firstDayOf(month)) return [addMonths(month, -1)];
  return workDate === lastDayOf(month) ? [addMonths(month, 1)] : [];
};

interface Day {
  readonly specialistId: string;
  readonly workDate: string;
}

/** The streams of a person's other timesheets that a span of the day may reach into. */
export const neighbourSheets = (tenantId: string, { specialistId, workDate }: Day): string[] =>
  neighbourMonths(workDate).map((month) => timesheetStreamId(tenantId, specialistId, month));

const neighboursOf = (commands: Commands, tenantId: string, day: Day): Promise<Timesheet[]> =>
  Promise.all(
    neighbourSheets(tenantId, day).map(async (streamId) => (await commands.state(timesheetKind, streamId)).state),
  );

/** The day it is where the agency is, and which of its months are closed. */
export const booksOf = async (commands: Commands, { tenantId, now }: CommandContext) => {
  const [agency, periods] = await Promise.all([
    commands.state(agencyKind, agencyStreamId(tenantId)),
    commands.state(periodsKind, periodsStreamId(tenantId)),
  ]);
  const { overlap = 'allow', timeZone = 'UTC' } = agency.state.data ?? {};
  return { overlap, timeZone, closedMonths: periods.state.closed, today: localDate(now, timeZone) } as const;
};

/** The rules that an entry of a specialist on a day is held against. */
export const timeRulesOf = async (commands: Commands, context: CommandContext, entry: Day): Promise<TimeRules> => {
  const books = await booksOf(commands, context);
  const spans = books.overlap === 'refuse';
  return { ...books, neighbours: spans ? await neighboursOf(commands, context.tenantId, entry) : [] };
};
