import { accept, type Decision, refuse } from '@headroom/kernel';
import type { AgencyEvent } from '../events/streams.ts';
import type { Agency } from './agency.ts';

export interface SetWorkingHours {
  readonly monthlyHours: number;
  readonly effectiveFrom: string;
}

/** How many hours a month whoever has no cost breakdown is available. */
export const decideWorkingHours = (
  { monthlyHours, effectiveFrom }: SetWorkingHours,
  { configured }: Agency,
): Decision<AgencyEvent, 'agency-not-configured'> =>
  configured === undefined
    ? refuse('agency-not-configured')
    : accept({ type: 'WorkingHoursSet', data: { monthlyHours, effectiveFrom } });
