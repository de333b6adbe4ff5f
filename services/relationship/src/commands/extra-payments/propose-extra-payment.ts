import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import {
  decidePropose,
  type ProposeExtraPayment,
  type SeenEvidence,
} from '../../decisions/extra-payments/extra-payment.ts';
import type { StageFacts } from '../../decisions/surroundings.ts';
import { extraPaymentStreamId, requestStreamId } from '../../events/streams.ts';
import { extraPaymentKind, requestKind } from '../kinds.ts';
import { type Deps, readPresent } from '../read-present.ts';
import { type Reasoned, reasonOf } from '../reason.ts';
import { agencyDay, namedStage } from '../surroundings.ts';
import { seenEvidence } from './seen-evidence.ts';

const namedRequest = async (commands: Commands, tenantId: string, requestId: string | undefined) =>
  requestId === undefined
    ? undefined
    : (await commands.state(requestKind, requestStreamId(tenantId, requestId))).state.registered;

/** What the evidence says; nothing is looked at when none is given. */
const seenFor = async (
  deps: Deps,
  tenantId: string,
  command: Pick<ProposeExtraPayment, 'stageId' | 'evidence'>,
  stage: StageFacts | undefined,
): Promise<SeenEvidence[]> => {
  const { evidence, stageId } = command;
  if (stage === undefined || evidence.length === 0) return [];
  const { profitability } = deps;
  return readPresent(deps, (reader) => seenEvidence({ profitability, reader, tenantId, stageId, stage }, evidence));
};

export const proposeExtraPayment = async (
  deps: Deps,
  context: CommandContext,
  command: Reasoned<Omit<ProposeExtraPayment, 'extraPaymentId'> & { readonly extraPaymentId?: string | undefined }>,
) => {
  const { commands } = deps;
  const { tenantId, commandKey, now } = context;
  const extraPaymentId = command.extraPaymentId ?? derivedId('extra-payment', tenantId, commandKey);
  const [today, stage, request] = await Promise.all([
    agencyDay(commands, tenantId, now),
    namedStage(commands, tenantId, command.stageId),
    namedRequest(commands, tenantId, command.requestId),
  ]);
  const seen = await seenFor(deps, tenantId, command, stage);
  return commands.execute({
    kind: extraPaymentKind,
    streamId: extraPaymentStreamId(tenantId, extraPaymentId),
    context,
    ...reasonOf(command),
    decide: (payment) => decidePropose({ ...command, extraPaymentId }, payment, { today, stage, request, seen }),
  });
};
