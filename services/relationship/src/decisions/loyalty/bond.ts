import { wholeMonthsBetween } from '@headroom/kernel';
import { ratioOf } from '@headroom/money';
import { type Component, missing, type Stated, scored } from './component.ts';
import type { LoyaltyFacts } from './facts.ts';
import { paymentDiscipline } from './payment-discipline.ts';
import { PROFIT_MONTHS, REPEAT_MONTHS, trailingMonths } from './windows.ts';

/** `clamp(100 x months / 36)`: whole months since the agency began to work for the client. */
const tenure = ({ since, asOf, settings }: LoyaltyFacts): Component => {
  const months = wholeMonthsBetween(since, trailingMonths(asOf, 0).to);
  const stated: Stated = {
    component: 'tenure',
    dimension: 'loyalty',
    weight: settings.weights.tenure,
    inputs: [
      { name: 'since', date: since },
      { name: 'months', count: months },
    ],
  };
  if (since > asOf) return missing(stated, 'the agency does not work for the client yet');
  return scored(stated, 100n * BigInt(months), 36n);
};

/** `clamp(20 x n)`: stages started in 24 months; the very first stage of a client repeats nothing. */
const repeatStages = ({ stages, asOf, settings }: LoyaltyFacts): Component => {
  const window = trailingMonths(asOf, REPEAT_MONTHS);
  const started = stages
    .flatMap(({ stageId, startedOn }) => (startedOn === null || startedOn > asOf ? [] : [{ stageId, startedOn }]))
    .sort((one, other) => (one.startedOn < other.startedOn ? -1 : 1));
  const repeats = started.slice(1).filter(({ startedOn }) => startedOn >= window.from);
  const stated: Stated = {
    component: 'repeat-stages',
    dimension: 'loyalty',
    weight: settings.weights.repeatStages,
    window,
    inputs: [{ name: 'repeatStages', count: repeats.length }],
    evidence: repeats.toReversed().map(({ stageId }) => ({ kind: 'stage' as const, ref: stageId })),
  };
  if (started.length === 0) return missing(stated, 'no stage has been started for the client');
  return scored(stated, 20n * BigInt(repeats.length), 1n);
};

/** Extra payments agreed of those answered, by amount: what was agreed over what had been proposed. */
const extraPayments = ({ answered, settings, currency }: LoyaltyFacts): Component => {
  const proposed = answered.reduce((sum, { proposedMinor }) => sum + proposedMinor, 0);
  const agreed = answered.reduce((sum, { agreedMinor }) => sum + agreedMinor, 0);
  const newest = answered.toSorted((one, other) => (one.answeredOn > other.answeredOn ? -1 : 1));
  const stated: Stated = {
    component: 'extra-payments',
    dimension: 'loyalty',
    weight: settings.weights.extraPayments,
    inputs: [
      { name: 'agreed', money: { minor: agreed, currency } },
      { name: 'answered', money: { minor: proposed, currency } },
      { name: 'agreedShare', ratio: ratioOf(agreed, proposed) },
    ],
    evidence: newest.map(({ extraPaymentId }) => ({ kind: 'extra-payment' as const, ref: extraPaymentId })),
  };
  if (proposed <= 0) return missing(stated, 'the client has not answered a proposal for an extra payment');
  return scored(stated, 100n * BigInt(agreed), BigInt(proposed));
};

/** `10 x latest score`. */
const satisfaction = ({ satisfaction: latest, settings }: LoyaltyFacts): Component => {
  const stated: Stated = {
    component: 'satisfaction',
    dimension: 'loyalty',
    weight: settings.weights.satisfaction,
    ...(latest === null
      ? {}
      : {
          inputs: [
            { name: 'score', count: latest.score },
            { name: 'statedOn', date: latest.statedOn },
          ],
          evidence: [{ kind: 'satisfaction' as const, ref: latest.satisfactionId }],
        }),
  };
  if (latest === null) return missing(stated, 'the client has not been asked how content it is');
  return scored(stated, 10n * BigInt(latest.score), 1n);
};

/** `clamp(100 - 25 x disputes of twelve months)`, whoever raised them. */
const disputes = ({ disputes: raised, stages, settings, asOf }: LoyaltyFacts): Component => {
  const window = trailingMonths(asOf, PROFIT_MONTHS);
  const recent = raised.filter(({ disputedOn }) => disputedOn >= window.from && disputedOn < window.to);
  const newest = recent.toSorted((one, other) => (one.disputedOn > other.disputedOn ? -1 : 1));
  const stated: Stated = {
    component: 'disputes',
    dimension: 'loyalty',
    weight: settings.weights.disputes,
    window,
    inputs: [{ name: 'disputes', count: recent.length }],
    evidence: newest.map(({ disputeId }) => ({ kind: 'dispute' as const, ref: disputeId })),
  };
  const begun = stages.some(({ startedOn }) => startedOn !== null && startedOn <= asOf);
  if (!begun && raised.length === 0) return missing(stated, 'no work has begun that could be disputed');
  return scored(stated, 100n - 25n * BigInt(recent.length), 1n);
};

/** How loyal the client is. */
export const loyaltyComponents = (facts: LoyaltyFacts): Component[] => [
  tenure(facts),
  repeatStages(facts),
  extraPayments(facts),
  paymentDiscipline(facts),
  disputes(facts),
  satisfaction(facts),
];
