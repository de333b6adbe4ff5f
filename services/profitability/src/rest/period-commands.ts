import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import { closePeriod, reopenPeriod } from '../commands/periods.ts';
import type { Deps } from './stage-commands.ts';

/** The commands that close and reopen months, tied to their contracts. */
export const periodCommands = ({ commands }: Deps): Bound[] => [
  bindCommand(contract.closePeriod, async ({ context, params, body }) =>
    reply(await closePeriod(commands, context, { ...params, ...body }), (events) => eventOf(events, 'PeriodClosed')),
  ),
  bindCommand(contract.reopenPeriod, async ({ context, params, body }) =>
    reply(await reopenPeriod(commands, context, { ...params, ...body }), (events) => eventOf(events, 'PeriodReopened')),
  ),
];
