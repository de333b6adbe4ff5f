import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import { assignArbiter } from '../commands/disputes/assign-arbiter.ts';
import { raiseDispute } from '../commands/disputes/raise-dispute.ts';
import { ruleOnDispute } from '../commands/disputes/rule-on-dispute.ts';
import type { Deps } from '../commands/read-present.ts';

/** The commands about disputes, tied to their contracts. */
export const disputeCommands = (deps: Deps): Bound[] => [
  bindCommand(contract.disputeRequest, async ({ context, params, body }) =>
    reply(await raiseDispute(deps.commands, context, { ...params, ...body }), (events) => {
      const { portalKey: _, ...dispute } = eventOf(events, 'RequestDisputed');
      return dispute;
    }),
  ),
  bindCommand(contract.assignArbiter, async ({ context, params, body }) =>
    reply(await assignArbiter(deps, context, { ...params, ...body }), (events) => eventOf(events, 'ArbiterAssigned')),
  ),
  bindCommand(contract.ruleOnDispute, async ({ caller, context, params, body }) => {
    const ruler = { specialistId: caller.specialistId, mayRecord: caller.permissions.has('disputes:rule') };
    return reply(await ruleOnDispute(deps, context, { ...params, ...body }, ruler), (events) => {
      const settled = events.flatMap(({ type, data }) => (type === 'RulingAdjustmentSettled' ? [data] : []));
      const adjustments = settled.map(({ adjustmentId, kind, outcome, ref, refusedWith }) => ({
        adjustmentId,
        kind,
        outcome,
        ref,
        refusedWith,
      }));
      return { ...eventOf(events, 'DisputeRuled'), adjustments };
    });
  }),
];
