import type { Commands } from '@headroom/commanding';
import type { ClientScope } from '@headroom/contracts/questions';
import { extraPaymentStreamId, requestStreamId } from '../../events/streams.ts';
import { isWithin } from '../../read-models/portal/requests.ts';
import { extraPaymentKind, requestKind } from '../kinds.ts';

/** Looks; and when it finds nothing, once more when all that stands in the log is known here. */
const lookTwice = async (commands: Commands, look: () => Promise<boolean>): Promise<boolean> => {
  if (await look()) return true;
  await commands.catchUp();
  return look();
};

/** Whether an extra payment was proposed for what a portal key may look at. */
export const paymentWithin = (commands: Commands, scope: ClientScope, extraPaymentId: string): Promise<boolean> =>
  lookTwice(commands, async () => {
    const streamId = extraPaymentStreamId(scope.tenantId, extraPaymentId);
    const { proposal } = (await commands.state(extraPaymentKind, streamId)).state;
    return proposal !== undefined && isWithin(scope, proposal);
  });

/** Whether a request was made for what a portal key may look at. */
export const requestWithin = (commands: Commands, scope: ClientScope, requestId: string): Promise<boolean> =>
  lookTwice(commands, async () => {
    const { registered } = (await commands.state(requestKind, requestStreamId(scope.tenantId, requestId))).state;
    return registered !== undefined && isWithin(scope, registered);
  });
