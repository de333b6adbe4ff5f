import type { Channel } from '@headroom/contracts/events';
import * as contract from '@headroom/contracts/rest/relationship';
import { hours, type Step, step } from './step.ts';
import { workingDays } from './working-days.ts';

/** How a client turned to the agency over a time. */
export interface Contacts {
  readonly clientId: string;
  readonly from: string;
  readonly to: string;
  /** How many unplanned contacts come on each working day, in turn: `[0, 0, 1]` is one every third day. */
  readonly perDay: readonly number[];
}

const MOMENTS = [
  { time: '09:40', channel: 'call', minutes: 12, note: 'How far are we?' },
  { time: '12:15', channel: 'chat', minutes: 5, note: 'One more thought on the texts' },
  { time: '15:05', channel: 'call', minutes: 10, note: 'Has anybody seen the message of this morning?' },
  { time: '17:30', channel: 'email', minutes: 8, note: 'Another small wish' },
] as const satisfies readonly { time: string; channel: Channel; minutes: number; note: string }[];

/** Contacts that nobody had arranged. */
export const unplannedContacts = ({ clientId, from, to, perDay }: Contacts): Step[] =>
  workingDays(from, to).flatMap((day, index) =>
    MOMENTS.slice(0, perDay[index % perDay.length]).map(({ time, channel, minutes, note }, number) =>
      step(
        contract.logInteraction,
        {
          interactionId: `${clientId}-${day}-${number + 1}`,
          channel,
          direction: 'inbound',
          occurredAt: `${day}T${time}:00+03:00`,
          seconds: minutes * 60,
          planned: false,
          note,
        },
        { params: { clientId } },
      ),
    ),
  );

/** A call that was arranged, every so many working days. */
export const plannedCalls = (clientId: string, from: string, to: string, everyDays: number): Step[] =>
  workingDays(from, to)
    .filter((_, index) => index % everyDays === 0)
    .map((day) =>
      step(
        contract.logInteraction,
        {
          interactionId: `${clientId}-${day}-review`,
          channel: 'call',
          direction: 'outbound',
          occurredAt: `${day}T11:00:00+03:00`,
          seconds: hours(0.5),
          planned: true,
          note: 'Review of the week',
        },
        { params: { clientId } },
      ),
    );
