import type { Commands } from '@headroom/commanding';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import { agreeExtraPayment } from '../commands/extra-payments/agree-extra-payment.ts';
import { declineExtraPayment } from '../commands/extra-payments/decline-extra-payment.ts';
import { proposeExtraPayment } from '../commands/extra-payments/propose-extra-payment.ts';
import { logInteraction } from '../commands/log-interaction.ts';
import { recordSatisfaction } from '../commands/record-satisfaction.ts';
import { registerClient } from '../commands/register-client.ts';
import { classifyRequest } from '../commands/requests/classify-request.ts';
import { registerClientRequest } from '../commands/requests/register-client-request.ts';

/** The commands of the relationship service, tied to their contracts. */
export const relationshipCommands = (commands: Commands): Bound[] => [
  bindCommand(contract.registerClient, async ({ context, body }) =>
    reply(await registerClient(commands, context, body), (events) => eventOf(events, 'ClientRegistered')),
  ),
  bindCommand(contract.logInteraction, async ({ context, params, body }) =>
    reply(await logInteraction(commands, context, { ...params, ...body }), (events) => {
      const { interactionId, clientId, occurredAt, occurredOn } = eventOf(events, 'InteractionLogged');
      return { interactionId, clientId, occurredAt, occurredOn };
    }),
  ),
  bindCommand(contract.recordSatisfaction, async ({ context, params, body }) =>
    reply(await recordSatisfaction(commands, context, { ...params, ...body }), (events) =>
      eventOf(events, 'SatisfactionRecorded'),
    ),
  ),
  bindCommand(contract.registerClientRequest, async ({ context, body }) =>
    reply(await registerClientRequest(commands, context, body), (events) => {
      const { requestId, clientId, projectId, stageId, askedOn } = eventOf(events, 'ClientRequestRegistered');
      return { requestId, clientId, projectId, stageId, askedOn };
    }),
  ),
  bindCommand(contract.classifyRequest, async ({ context, params, body }) =>
    reply(await classifyRequest(commands, context, { ...params, ...body }), (events) =>
      eventOf(events, 'RequestClassified'),
    ),
  ),
  bindCommand(contract.proposeExtraPayment, async ({ context, body }) =>
    reply(await proposeExtraPayment(commands, context, body), (events) => {
      const { evidence: _, ...proposal } = eventOf(events, 'ExtraPaymentProposed');
      return proposal;
    }),
  ),
  bindCommand(contract.agreeExtraPayment, async ({ context, params, body }) =>
    reply(await agreeExtraPayment(commands, context, { ...params, ...body }), (events) => {
      const { evidence: _, estimatedCost: __, ...agreement } = eventOf(events, 'ExtraPaymentAgreed');
      return agreement;
    }),
  ),
  bindCommand(contract.declineExtraPayment, async ({ context, params, body }) =>
    reply(await declineExtraPayment(commands, context, { ...params, ...body }), (events) => {
      const { words: _, ...refusal } = eventOf(events, 'ExtraPaymentDeclined');
      return refusal;
    }),
  ),
];
