import type { Commands } from '@headroom/commanding';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindCommand, type Caller, eventOf, reply } from '@headroom/http';
import { raiseDispute } from '../commands/disputes/raise-dispute.ts';
import { agreeExtraPayment } from '../commands/extra-payments/agree-extra-payment.ts';
import { declineExtraPayment } from '../commands/extra-payments/decline-extra-payment.ts';
import { paymentWithin, requestWithin } from '../commands/portal/within-portal.ts';
import { scopeOf } from './portal-scope.ts';

const noPayment = { kind: 'not-found', what: 'extra payment' } as const;
const noRequest = { kind: 'not-found', what: 'request' } as const;

/** The id of the key that a client answers with. */
const keyOf = ({ actor }: Caller): string => actor.slice(actor.indexOf(':') + 1);

/** What a client may do: answer what was proposed to it, and dispute. */
export const portalCommands = (commands: Commands): Bound[] => [
  bindCommand(contract.acceptExtraPayment, async ({ caller, context, params, body }) => {
    const scope = scopeOf(caller);
    if (scope === undefined || !(await paymentWithin(commands, scope, params.extraPaymentId))) return noPayment;
    const said = { channel: 'portal', agreedAt: context.now, portalKey: keyOf(caller) } as const;
    const outcome = await agreeExtraPayment(commands, context, { ...params, ...body, ...said, evidence: [] });
    if (outcome.kind === 'refused' && !(outcome.code in contract.acceptExtraPayment.refusals))
      throw new Error(`a client that agrees to a proposal as it is was refused with ${outcome.code}`);
    return reply(outcome as Exclude<typeof outcome, { kind: 'refused' }>, (events) => {
      const { extraPaymentId, requestId, stageId, projectId, amount, agreedOn, agreedBy } = eventOf(
        events,
        'ExtraPaymentAgreed',
      );
      return { extraPaymentId, requestId, stageId, projectId, amount, agreedOn, agreedBy };
    });
  }),
  bindCommand(contract.refuseExtraPayment, async ({ caller, context, params, body }) => {
    const scope = scopeOf(caller);
    if (scope === undefined || !(await paymentWithin(commands, scope, params.extraPaymentId))) return noPayment;
    return reply(await declineExtraPayment(commands, context, { ...params, ...body }), (events) => {
      const { extraPaymentId, requestId, stageId, projectId, amount, declinedOn, declinedBy } = eventOf(
        events,
        'ExtraPaymentDeclined',
      );
      return { extraPaymentId, requestId, stageId, projectId, amount, declinedOn, declinedBy };
    });
  }),
  bindCommand(contract.raisePortalDispute, async ({ caller, context, params, body }) => {
    const scope = scopeOf(caller);
    if (scope === undefined || !(await requestWithin(commands, scope, params.requestId))) return noRequest;
    const said = { side: 'client', channel: 'portal', portalKey: keyOf(caller) } as const;
    return reply(await raiseDispute(commands, context, { ...params, ...body, ...said }), (events) => {
      const { disputeId, requestId, projectId, disputedOn, words } = eventOf(events, 'RequestDisputed');
      return { disputeId, requestId, projectId, disputedOn, words };
    });
  }),
];
