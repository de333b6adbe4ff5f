import type { EventUnion, timesheetEvents } from '@headroom/contracts/events';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import { correctHours, voidHours } from '../commands/correct-hours.ts';
import { logHours } from '../commands/log-hours.ts';
import { bulkCommand } from './bulk-command.ts';
import { mayWriteFor } from './own-time.ts';
import type { Deps } from './stage-commands.ts';

type TimesheetEvent = EventUnion<(typeof timesheetEvents)[number]>;

const notOwnTime = { kind: 'refused', code: 'not-own-time' } as const;

type Adjusted = Extract<TimesheetEvent, { type: 'HoursAdjusted' }>['data'];

const adjustedOf = (events: readonly TimesheetEvent[]): Adjusted | undefined =>
  events.find((event) => event.type === 'HoursAdjusted')?.data;

const adjustmentOf = (adjusted: Adjusted | undefined) =>
  adjusted === undefined
    ? null
    : { adjustmentId: adjusted.adjustmentId, postedOn: adjusted.postedOn, lines: adjusted.lines };

/** The commands about hours, tied to their contracts. */
export const timeCommands = ({ commands, readModels }: Deps): Bound[] => [
  bindCommand(contract.logHours, async ({ context, body, caller }) => {
    if (!mayWriteFor(caller, body.specialistId)) return notOwnTime;
    return reply(await logHours(commands, context, body), (events) => {
      const { entryId, specialistId, stageId, projectId, workDate, seconds, postedOn } = eventOf(events, 'HoursLogged');
      return { entryId, specialistId, stageId, projectId, workDate, seconds, postedOn };
    });
  }),

  bulkCommand(commands),

  bindCommand(contract.correctHours, async ({ context, params, body }) => {
    const outcome = await correctHours({ commands, readModels }, context, { ...params, ...body });
    if (outcome === undefined) return { kind: 'refused', code: 'entry-not-found' };
    return reply(outcome, (events) => {
      const adjusted = adjustedOf(events);
      const { before, after } = adjusted ?? eventOf(events, 'HoursCorrected');
      if (after === null) throw new Error('a correction has left nothing of its entry');
      return { entryId: before.entryId, before, after, adjustment: adjustmentOf(adjusted) };
    });
  }),

  bindCommand(contract.voidHours, async ({ context, params, body }) => {
    const outcome = await voidHours({ commands, readModels }, context, { ...params, ...body });
    if (outcome === undefined) return { kind: 'refused', code: 'entry-not-found' };
    return reply(outcome, (events) => {
      const adjusted = adjustedOf(events);
      const { entryId } = adjusted?.before ?? eventOf(events, 'HoursVoided').entry;
      return { entryId, adjustment: adjustmentOf(adjusted) };
    });
  }),
];
