import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import { decideBehaviour } from '../commands/behaviours/decide-behaviour.ts';
import { agreeExtraPayment } from '../commands/extra-payments/agree-extra-payment.ts';
import { declineExtraPayment } from '../commands/extra-payments/decline-extra-payment.ts';
import { proposeExtraPayment } from '../commands/extra-payments/propose-extra-payment.ts';
import { withdrawExtraPayment } from '../commands/extra-payments/withdraw-extra-payment.ts';
import { logInteraction } from '../commands/log-interaction.ts';
import type { Deps } from '../commands/read-present.ts';
import { recordSatisfaction } from '../commands/record-satisfaction.ts';
import { registerClient } from '../commands/register-client.ts';
import { classifyRequest } from '../commands/requests/classify-request.ts';
import { completeRequest } from '../commands/requests/complete-request.ts';
import { registerClientRequest } from '../commands/requests/register-client-request.ts';
import { disputeCommands } from './dispute-commands.ts';
import { portalCommands } from './portal-commands.ts';

const clientCommands = (deps: Deps): Bound[] => [
  bindCommand(contract.registerClient, async ({ context, body }) =>
    reply(await registerClient(deps.commands, context, body), (events) => eventOf(events, 'ClientRegistered')),
  ),
  bindCommand(contract.logInteraction, async ({ context, params, body }) =>
    reply(await logInteraction(deps.commands, context, { ...params, ...body }), (events) => {
      const { interactionId, clientId, occurredAt, occurredOn } = eventOf(events, 'InteractionLogged');
      return { interactionId, clientId, occurredAt, occurredOn };
    }),
  ),
  bindCommand(contract.recordSatisfaction, async ({ context, params, body }) =>
    reply(await recordSatisfaction(deps.commands, context, { ...params, ...body }), (events) =>
      eventOf(events, 'SatisfactionRecorded'),
    ),
  ),
];

const requestCommands = (deps: Deps): Bound[] => [
  bindCommand(contract.registerClientRequest, async ({ context, body }) =>
    reply(await registerClientRequest(deps.commands, context, body), (events) => {
      const { requestId, clientId, projectId, stageId, askedOn } = eventOf(events, 'ClientRequestRegistered');
      return { requestId, clientId, projectId, stageId, askedOn };
    }),
  ),
  bindCommand(contract.classifyRequest, async ({ context, params, body }) =>
    reply(await classifyRequest(deps.commands, context, { ...params, ...body }), (events) =>
      eventOf(events, 'RequestClassified'),
    ),
  ),
  bindCommand(contract.decideBehaviour, async ({ context, params, body }) =>
    reply(await decideBehaviour(deps, context, { ...params, ...body }), (events) =>
      eventOf(events, 'BehaviourDecided'),
    ),
  ),
  bindCommand(contract.completeRequest, async ({ context, params, body }) =>
    reply(await completeRequest(deps.commands, context, { ...params, ...body }), (events) => {
      const { note: _, ...completion } = eventOf(events, 'RequestCompleted');
      return completion;
    }),
  ),
];

const extraPaymentCommands = (deps: Deps): Bound[] => [
  bindCommand(contract.proposeExtraPayment, async ({ context, body }) =>
    reply(await proposeExtraPayment(deps, context, body), (events) => eventOf(events, 'ExtraPaymentProposed')),
  ),
  bindCommand(contract.agreeExtraPayment, async ({ context, params, body }) =>
    reply(await agreeExtraPayment(deps.commands, context, { ...params, ...body }), (events) => {
      const {
        evidence: _,
        estimatedCost: __,
        portalKey: ___,
        disputeId: ____,
        ...agreement
      } = eventOf(events, 'ExtraPaymentAgreed');
      return agreement;
    }),
  ),
  bindCommand(contract.declineExtraPayment, async ({ context, params, body }) =>
    reply(await declineExtraPayment(deps.commands, context, { ...params, ...body }), (events) => {
      const { words: _, ...refusal } = eventOf(events, 'ExtraPaymentDeclined');
      return refusal;
    }),
  ),
  bindCommand(contract.withdrawExtraPayment, async ({ context, params, body }) =>
    reply(await withdrawExtraPayment(deps.commands, context, { ...params, ...body }), (events) =>
      eventOf(events, 'ExtraPaymentWithdrawn'),
    ),
  ),
];

/** The commands of the relationship service, tied to their contracts. */
export const relationshipCommands = (deps: Deps): Bound[] => [
  ...clientCommands(deps),
  ...requestCommands(deps),
  ...extraPaymentCommands(deps),
  ...disputeCommands(deps),
  ...portalCommands(deps.commands),
];
