import type { EventUnion, timesheetEvents } from '@headroom/contracts/events';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import { approveHours, rejectHours, submitHours } from '../commands/timesheet-approval.ts';
import { mayWriteFor } from './own-time.ts';
import type { Deps } from './stage-commands.ts';

type TimesheetEvent = EventUnion<(typeof timesheetEvents)[number]>;

const unknown = { kind: 'not-found', what: 'specialist' } as const;

const answer = (type: 'HoursSubmitted' | 'HoursApproved' | 'HoursRejected') => (events: readonly TimesheetEvent[]) => {
  const { specialistId, month, entryIds } = eventOf(events, type);
  return { specialistId, month, entryIds };
};

/** The commands that submit and judge hours, tied to their contracts. */
export const approvalCommands = ({ commands }: Deps): Bound[] => [
  bindCommand(contract.submitHours, async ({ context, params, body, caller }) => {
    if (!mayWriteFor(caller, params.specialistId)) return { kind: 'refused', code: 'not-own-time' };
    const outcome = await submitHours(commands, context, { ...params, ...body });
    return outcome === undefined ? unknown : reply(outcome, answer('HoursSubmitted'));
  }),

  bindCommand(contract.approveHours, async ({ context, params, body, caller: { specialistId: judgeId } }) => {
    const outcome = await approveHours(commands, context, { ...params, ...body, judgeId });
    return outcome === undefined ? unknown : reply(outcome, answer('HoursApproved'));
  }),

  bindCommand(contract.rejectHours, async ({ context, params, body, caller: { specialistId: judgeId } }) => {
    const outcome = await rejectHours(commands, context, { ...params, ...body, judgeId });
    return outcome === undefined ? unknown : reply(outcome, answer('HoursRejected'));
  }),
];
