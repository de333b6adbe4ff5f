import type { Channel } from '@headroom/contracts/events';
import { logHours } from '@headroom/contracts/rest/profitability';
import * as contract from '@headroom/contracts/rest/relationship';
import { hours, rub, type Step, step } from './step.ts';

/** Something a client asked for, and what became of it. */
export interface PastRequest {
  readonly requestId: string;
  readonly projectId: string;
  readonly stageId: string;
  readonly askedBy: string;
  readonly on: string;
  readonly channel: Channel;
  readonly words: string;
  readonly scope: 'in-scope' | 'out-of-scope' | 'unclear';
  readonly rationale: string;
  /** What was done about it. */
  readonly work?: readonly {
    readonly who: string;
    readonly on: string;
    readonly hours: number;
    readonly goodwill?: true;
  }[];
  /** The extra payment that was asked for, in roubles, and the client's answer with its day. */
  readonly extra?: {
    readonly amount: number;
    readonly estimatedCost: number;
    readonly proposedOn: string;
    readonly agreedOn?: string;
    readonly declined?: { readonly on: string; readonly words: string };
  };
}

const extraPayment = ({ requestId, stageId, askedBy, channel, extra }: PastRequest): Step[] => {
  if (extra === undefined) return [];
  const extraPaymentId = `${requestId}-extra`;
  const params = { extraPaymentId };
  const { amount, estimatedCost, proposedOn, agreedOn, declined } = extra;
  return [
    step(contract.proposeExtraPayment, {
      extraPaymentId,
      stageId,
      requestId,
      amount: rub(amount),
      estimatedCost: rub(estimatedCost),
      proposedOn,
      evidence: [{ kind: 'request', ref: requestId }],
    }),
    ...(agreedOn === undefined
      ? []
      : [step(contract.agreeExtraPayment, { agreedBy: askedBy, channel, agreedOn }, { params })]),
    ...(declined === undefined
      ? []
      : [
          step(
            contract.declineExtraPayment,
            { declinedBy: askedBy, declinedOn: declined.on, words: declined.words },
            { params },
          ),
        ]),
  ];
};

const workSteps = ({ requestId, stageId, words, work = [] }: PastRequest): Step[] =>
  work.map(({ who, on, hours: worked, goodwill = false }) =>
    step(logHours, {
      specialistId: who,
      stageId,
      workDate: on,
      seconds: hours(worked),
      goodwill,
      requestId,
      note: words,
    }),
  );

/** A request from the client's words to the answer. */
export const pastRequest = (request: PastRequest): Step[] => {
  const { requestId, projectId, stageId, askedBy, on, channel, words, scope, rationale } = request;
  return [
    step(contract.registerClientRequest, {
      requestId,
      projectId,
      stageId,
      askedBy,
      channel,
      askedAt: `${on}T11:05:00+03:00`,
      words,
    }),
    step(contract.classifyRequest, { scope, rationale, classifiedOn: on }, { params: { requestId } }),
    ...workSteps(request),
    ...extraPayment(request),
  ];
};
