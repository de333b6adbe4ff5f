import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import { correctHours, voidHours } from '../commands/correct-hours.ts';
import { logHours } from '../commands/log-hours.ts';
import { bulkCommand } from './bulk-command.ts';
import { mayWriteFor } from './own-time.ts';
import type { Deps } from './stage-commands.ts';

const notOwnTime = { kind: 'refused', code: 'not-own-time' } as const;

/** The commands about hours, tied to their contracts. */
export const timeCommands = ({ commands, readModels }: Deps): Bound[] => [
  bindCommand(contract.logHours, async ({ context, body, caller }) => {
    if (!mayWriteFor(caller, body.specialistId)) return notOwnTime;
    return reply(await logHours(commands, context, body), (events) => {
      const { entryId, specialistId, stageId, projectId, workDate, seconds } = eventOf(events, 'HoursLogged');
      return { entryId, specialistId, stageId, projectId, workDate, seconds };
    });
  }),

  bulkCommand(commands),

  bindCommand(contract.correctHours, async ({ context, params, body }) => {
    const outcome = await correctHours({ commands, readModels }, context, { ...params, ...body });
    if (outcome === undefined) return { kind: 'refused', code: 'entry-not-found' };
    return reply(outcome, (events) => {
      const { before, after } = eventOf(events, 'HoursCorrected');
      return { entryId: after.entryId, before, after };
    });
  }),

  bindCommand(contract.voidHours, async ({ context, params, body }) => {
    const outcome = await voidHours({ commands, readModels }, context, { ...params, ...body });
    if (outcome === undefined) return { kind: 'refused', code: 'entry-not-found' };
    return reply(outcome, (events) => ({ entryId: eventOf(events, 'HoursVoided').entry.entryId }));
  }),
];
