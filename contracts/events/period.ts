import { event } from './event.ts';
import { month } from './values.ts';

/** From now on the month takes no hours and no expenses; its figures were reported. */
export const periodClosed = event('PeriodClosed', 1, { month });

/** The reason is with the event. */
export const periodReopened = event('PeriodReopened', 1, { month });

export const periodEvents = [periodClosed, periodReopened] as const;
