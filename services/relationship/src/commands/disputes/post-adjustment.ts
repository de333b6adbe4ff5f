import type { CommandContext } from '@headroom/commanding';
import type { disputeRuled, EventData, RulingAdjustment } from '@headroom/contracts/events';
import { decideImpose } from '../../decisions/extra-payments/impose.ts';
import { extraPaymentStreamId } from '../../events/streams.ts';
import { extraPaymentKind } from '../kinds.ts';
import type { Deps } from '../read-present.ts';
import { namedStage } from '../surroundings.ts';

export type Ruling = EventData<typeof disputeRuled>['DisputeRuled'];

const MOST_REASON = 1_000;

const imposed = async (
  { commands }: Deps,
  context: CommandContext,
  ruling: Ruling,
  adjustment: Extract<RulingAdjustment, { kind: 'extra-payment' }>,
  dryRun: boolean,
): Promise<string | undefined> => {
  const { adjustmentId: extraPaymentId, stageId } = adjustment;
  const stage = await namedStage(commands, context.tenantId, stageId);
  const wish = {
    kind: extraPaymentKind,
    streamId: extraPaymentStreamId(context.tenantId, extraPaymentId),
    context,
    reason: ruling.ruling.slice(0, MOST_REASON),
    decide: (payment: Parameters<typeof decideImpose>[1]) =>
      decideImpose({ ...ruling, ...adjustment, extraPaymentId, stageId }, payment, stage),
  };
  const outcome = dryRun
    ? (await commands.executeAll([wish], 'best-effort', { dryRun }))[0]
    : await commands.execute(wish);
  if (outcome?.kind === 'accepted') return undefined;
  return outcome?.kind === 'refused' ? outcome.code : (outcome?.kind ?? 'not-carried-out');
};

/** Posts one adjustment of a ruling; the code with which it was refused, or nothing when it is done. */
export const postAdjustment = async (
  deps: Deps,
  context: CommandContext,
  ruling: Ruling,
  adjustment: RulingAdjustment,
  dryRun = false,
): Promise<string | undefined> => {
  const reason = ruling.ruling.slice(0, MOST_REASON);
  const { projectId, ruledOn: writtenOffOn } = ruling;
  if (adjustment.kind === 'extra-payment') return imposed(deps, context, ruling, adjustment, dryRun);
  if (adjustment.kind === 'goodwill') {
    return deps.rulings.markGoodwill(context, { entryId: adjustment.entryId, projectId, reason }, dryRun);
  }
  const { adjustmentId: writeOffId, stageId, amount } = adjustment;
  const stage = await namedStage(deps.commands, context.tenantId, stageId);
  if (stage === undefined) return 'stage-not-found';
  if (stage.projectId !== projectId) return 'stage-of-another-project';
  return deps.rulings.writeOff(context, { writeOffId, stageId, amount, writtenOffOn, reason }, dryRun);
};
