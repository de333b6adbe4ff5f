import type { CommandContext } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideRule, ordered, type RuleOnDispute, type Ruler } from '../../decisions/disputes/rule.ts';
import type { Request } from '../../decisions/requests/request.ts';
import { requestStreamId } from '../../events/streams.ts';
import { requestKind } from '../kinds.ts';
import type { Deps } from '../read-present.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay } from '../surroundings.ts';
import { settleRuling, tryAdjustment } from './settle-ruling.ts';
import { teamTie } from './team-tie.ts';

type Command = Reasoned<RuleOnDispute & { readonly requestId: string }>;

/** What a ruling looks at before it is decided, and what its adjustments would be called. */
const look = async (deps: Deps, context: CommandContext, command: Command, ruler: Ruler, request: Request) => {
  const { tenantId, commandKey, now } = context;
  const { disputeId, inFavourOf, ruling, adjustments } = command;
  const dispute = request.disputes.get(disputeId);
  const today = await agencyDay(deps.commands, tenantId, now);
  const adjustmentIds = adjustments.map((_, n) => derivedId('ruling-adjustment', tenantId, commandKey, String(n)));
  const around = { today, ruler, tie: undefined, impossible: [], adjustmentIds };
  const { arbiter } = dispute ?? {};
  const on = command.ruledOn ?? today;
  // What cannot be ruled on anyway needs no looking further.
  if (dispute === undefined || arbiter === undefined || dispute.ruling !== undefined || on === undefined) return around;
  const tie = await teamTie(deps, tenantId, request, arbiter.arbiterId);
  const said = { ...arbiter, ruledOn: on, inFavourOf, ruling, adjustments: [] };
  const impossible = await Promise.all(
    adjustments.map((wanted, n) => tryAdjustment(deps, context, said, ordered(wanted, adjustmentIds[n] as string))),
  );
  return { ...around, tie, impossible };
};

/**
 * Takes a ruling down and posts what it orders. The ruling comes first, and carries its adjustments: whoever dies
 * behind it has lost none of them, for the same command, and every process that runs, takes them up again.
 */
export const ruleOnDispute = async (deps: Deps, context: CommandContext, command: Command, ruler: Ruler) => {
  const { commands } = deps;
  const streamId = requestStreamId(context.tenantId, command.requestId);
  const { state } = await commands.state(requestKind, streamId);
  const around = await look(deps, context, command, ruler, state);
  const outcome = await commands.execute({
    kind: requestKind,
    streamId,
    context,
    ...reasonOf(command),
    decide: (request) => decideRule(command, request, around),
  });
  if (outcome.kind !== 'accepted') return outcome;
  const [ruled] = outcome.events;
  if (ruled?.type !== 'DisputeRuled') throw new Error('a ruling was not taken down as such');
  const settled = await settleRuling(deps, context, ruled.data);
  const last = settled.at(-1) ?? outcome;
  const events = [ruled, ...settled.flatMap((each) => each.events)];
  return { ...outcome, events, revision: last.revision, position: last.position };
};
