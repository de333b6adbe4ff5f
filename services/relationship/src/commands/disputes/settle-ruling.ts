import type { CommandContext } from '@headroom/commanding';
import type { RulingAdjustment } from '@headroom/contracts/events';
import { Unavailable } from '@headroom/event-store';
import { derivedId } from '@headroom/kernel';
import { decideSettle } from '../../decisions/disputes/settle.ts';
import { requestStreamId } from '../../events/streams.ts';
import { requestKind } from '../kinds.ts';
import type { Deps } from '../read-present.ts';
import { postAdjustment, type Ruling } from './post-adjustment.ts';

/** However often and by whomever a ruling is settled, each adjustment is posted once and taken down once. */
const contextFor = (context: CommandContext, step: 'post' | 'settle', adjustmentId: string): CommandContext => {
  const { expectedRevision: _, ...rest } = context;
  const commandKey = `ruling:${step}:${adjustmentId}`;
  return { ...rest, commandKey, fingerprint: derivedId('ruling', step, adjustmentId) };
};

/** Why an adjustment could not be posted now; nothing when it could be, or has been. */
export const tryAdjustment = (deps: Deps, context: CommandContext, ruling: Ruling, adjustment: RulingAdjustment) =>
  postAdjustment(deps, contextFor(context, 'post', adjustment.adjustmentId), ruling, adjustment, true);

/** Outcomes that say nothing of the adjustment itself: somebody else is at it. */
const UNTOLD = new Set(['in-flight', 'revision-mismatch', 'not-carried-out']);

const settleOne = async (deps: Deps, context: CommandContext, ruling: Ruling, adjustment: RulingAdjustment) => {
  const { tenantId } = context;
  const { adjustmentId } = adjustment;
  const { requestId, disputeId } = ruling;
  const streamId = requestStreamId(tenantId, requestId);
  const { state } = await deps.commands.state(requestKind, streamId);
  const known = state.disputes.get(disputeId)?.settled.has(adjustmentId) === true;
  const code = known
    ? undefined
    : await postAdjustment(deps, contextFor(context, 'post', adjustmentId), ruling, adjustment);
  if (code !== undefined && UNTOLD.has(code)) throw new Unavailable(`the adjustment ${adjustmentId} is being posted`);
  const outcome = await deps.commands.execute({
    kind: requestKind,
    streamId,
    context: contextFor(context, 'settle', adjustmentId),
    decide: (request) => decideSettle(request, { disputeId, adjustment }, code),
  });
  if (outcome.kind !== 'accepted') throw new Unavailable(`the adjustment ${adjustmentId} is being taken down`);
  return outcome;
};

/**
 * Posts what a ruling orders, adjustment by adjustment, and takes down what became of each. May be repeated at any
 * time. Throws `Unavailable` when somebody else is posting the same adjustment at this moment.
 */
export const settleRuling = async (deps: Deps, context: CommandContext, ruling: Ruling) => {
  const settled: Awaited<ReturnType<typeof settleOne>>[] = [];
  for (const adjustment of ruling.adjustments) settled.push(await settleOne(deps, context, ruling, adjustment));
  return settled;
};
