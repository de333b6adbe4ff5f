import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import { discardTimer, startTimer, stopTimer } from '../commands/timers.ts';
import { mayWriteFor } from './own-time.ts';
import type { Deps } from './stage-commands.ts';

const notOwnTime = { kind: 'refused', code: 'not-own-time' } as const;
const unknown = { kind: 'not-found', what: 'specialist' } as const;

/** The commands about timers, tied to their contracts. */
export const timerCommands = ({ commands }: Deps): Bound[] => [
  bindCommand(contract.startTimer, async ({ context, params, body, caller }) => {
    if (!mayWriteFor(caller, params.specialistId)) return notOwnTime;
    const outcome = await startTimer(commands, context, { ...params, ...body });
    if (outcome === undefined) return unknown;
    return reply(outcome, (events) => {
      const { timerId, specialistId, stageId, projectId, startedAt } = eventOf(events, 'TimerStarted');
      return { timerId, specialistId, stageId, projectId, startedAt };
    });
  }),

  bindCommand(contract.stopTimer, async ({ context, params, body, caller }) => {
    if (!mayWriteFor(caller, params.specialistId)) return notOwnTime;
    const outcome = await stopTimer(commands, context, { ...params, ...body });
    return outcome === undefined ? unknown : reply(outcome, (events) => eventOf(events, 'TimerStopped'));
  }),

  bindCommand(contract.discardTimer, async ({ context, params, body, caller }) => {
    if (!mayWriteFor(caller, params.specialistId)) return notOwnTime;
    const outcome = await discardTimer(commands, context, { ...params, ...body });
    return outcome === undefined ? unknown : reply(outcome, (events) => eventOf(events, 'TimerDiscarded'));
  }),
];
