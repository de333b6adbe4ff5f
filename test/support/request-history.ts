import type { allEvents, EventUnion } from '@headroom/contracts/events';
import { stageIds } from '@headroom/contracts/examples/worked-example';

type PublishedEvent = EventUnion<(typeof allEvents)[number]>;

/** A request as decisions would know it. */
interface Known {
  readonly requestId: string;
  completed: boolean;
  disputeId: string | undefined;
  arbiter: boolean;
}

/** The requests of a history, in the order in which they were made. */
export type Requests = Known[];

export interface RequestStep {
  readonly kind: 'request';
  readonly what: number;
  readonly request: number;
  readonly day: number;
  readonly minor: number;
}

const rub = (minor: number) => ({ minor, currency: 'RUB' });
const dateOf = (offset: number): string => new Date(Date.UTC(2026, 1, 1 + offset)).toISOString().slice(0, 10);
const SCOPES = ['in-scope', 'out-of-scope', 'unclear'] as const;
const BEHAVIOURS = ['do-all', 'delegate', 'teach', 'dissuade'] as const;
const SIDES = ['client', 'agency', 'both'] as const;
const linksOf = ({ requestId }: Known) => ({ requestId, ...stageIds });

const registered = (it: RequestStep, number: number, requests: Requests): PublishedEvent => {
  const known: Known = { requestId: `request-${number}`, completed: false, disputeId: undefined, arbiter: false };
  requests.push(known);
  const asked = { askedBy: 'The director', channel: 'call' as const, words: 'And the font?', askedOn: dateOf(it.day) };
  return {
    type: 'ClientRequestRegistered',
    data: { ...linksOf(known), ...asked, askedAt: `${dateOf(it.day)}T09:00:00.000Z` },
  };
};

const classified = (it: RequestStep, known: Known): PublishedEvent => ({
  type: 'RequestClassified',
  data: {
    ...linksOf(known),
    stageId: it.minor % 5 === 0 ? null : stageIds.stageId,
    scope: SCOPES[it.minor % 3] as (typeof SCOPES)[number],
    rationale: 'The contract',
    contractClause: null,
    classifiedOn: dateOf(it.day),
  },
});

const behaved = (it: RequestStep, known: Known): PublishedEvent | undefined =>
  known.completed
    ? undefined
    : {
        type: 'BehaviourDecided',
        data: {
          ...linksOf(known),
          behaviour: BEHAVIOURS[it.minor % 4] as (typeof BEHAVIOURS)[number],
          advised: it.minor % 3 === 0 ? null : 'teach',
          rationale: 'A good client',
          decidedOn: dateOf(it.day),
        },
      };

const completed = (it: RequestStep, known: Known): PublishedEvent | undefined => {
  if (known.completed || known.disputeId !== undefined) return undefined;
  known.completed = true;
  const result = it.minor % 2 === 0 ? 'done' : 'dropped';
  return { type: 'RequestCompleted', data: { ...linksOf(known), result, completedOn: dateOf(it.day), note: null } };
};

const disputed = (it: RequestStep, number: number, known: Known): PublishedEvent | undefined => {
  if (known.disputeId !== undefined) return undefined;
  known.disputeId = `dispute-${number}`;
  const said = { side: 'client', raisedBy: 'The director', channel: 'portal', words: 'No' } as const;
  const { disputeId } = known;
  return {
    type: 'RequestDisputed',
    data: { disputeId, ...linksOf(known), ...said, disputedOn: dateOf(it.day), portalKey: 'abc' },
  };
};

/** The arbiter is named, and rules with a write-off that is posted, another time refused, or with nothing to post. */
const ruled = (it: RequestStep, number: number, known: Known): PublishedEvent[] => {
  const { disputeId } = known;
  if (disputeId === undefined) return [];
  const links = { disputeId, ...linksOf(known) };
  const by = { arbiterId: 'anna' };
  const assigned: PublishedEvent = { type: 'ArbiterAssigned', data: { ...links, ...by, assignedOn: dateOf(it.day) } };
  if (it.minor % 3 === 0) return [assigned];
  known.disputeId = undefined;
  const { stageId } = stageIds;
  const adjustment = {
    adjustmentId: `adjustment-of-${number}`,
    kind: 'write-off',
    stageId,
    amount: rub(it.minor),
  } as const;
  const adjustments = it.minor % 2 === 0 ? [adjustment] : [];
  const inFavourOf = SIDES[it.minor % 3] as (typeof SIDES)[number];
  const ruling = { ...by, ruledOn: dateOf(it.day), inFavourOf, ruling: 'Half was owed', adjustments };
  const posted = it.minor % 4 === 0;
  const outcome = posted
    ? ({ outcome: 'posted', refusedWith: null } as const)
    : ({ outcome: 'refused', refusedWith: 'write-off-over-revenue' } as const);
  const settled = adjustments.flatMap(({ adjustmentId, kind }): PublishedEvent[] => [
    ...(posted
      ? [
          {
            type: 'RevenueWrittenOff' as const,
            data: { writeOffId: adjustmentId, ...stageIds, amount: rub(it.minor), writtenOffOn: dateOf(it.day) },
          },
        ]
      : []),
    { type: 'RulingAdjustmentSettled', data: { ...links, adjustmentId, kind, ref: adjustmentId, ...outcome } },
  ]);
  return [assigned, { type: 'DisputeRuled', data: { ...links, ...ruling } }, ...settled];
};

/** A payment for the request that rests on it, declined or withdrawn. */
const proposed = (it: RequestStep, number: number, known: Known): PublishedEvent[] => {
  const links = { extraPaymentId: `for-request-${number}`, ...linksOf(known) };
  const on = dateOf(it.day);
  const shown = { stageId: stageIds.stageId, on, at: null, seconds: 60 };
  const evidence = [{ kind: 'request' as const, ref: known.requestId, note: null, shown }];
  const sums = { amount: rub(it.minor), estimatedCost: rub(0) };
  const declined = { declinedOn: on, declinedBy: 'The director', words: null };
  return [
    { type: 'ExtraPaymentProposed', data: { ...links, ...sums, proposedOn: on, evidence } },
    it.minor % 2 === 0
      ? { type: 'ExtraPaymentWithdrawn', data: { ...links, amount: sums.amount, withdrawnOn: on } }
      : { type: 'ExtraPaymentDeclined', data: { ...links, amount: sums.amount, ...declined } },
  ];
};

/** What happens to the requests of a client, as decisions would let it happen. */
export const ofRequests = (
  it: RequestStep,
  number: number,
  requests: Requests,
): PublishedEvent | readonly PublishedEvent[] | undefined => {
  const known = requests[it.request % Math.max(1, requests.length)];
  if (known === undefined || it.what === 0) return registered(it, number, requests);
  if (it.what === 1) return classified(it, known);
  if (it.what === 2) return behaved(it, known);
  if (it.what === 3) return disputed(it, number, known);
  if (it.what === 4) return ruled(it, number, known);
  return it.what === 5 ? proposed(it, number, known) : completed(it, known);
};
