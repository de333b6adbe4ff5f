import type { Behaviour, RequestScope } from '@headroom/contracts/events';
import type { StageForecast } from '@headroom/contracts/questions';
import { millionths } from '@headroom/money';
import { missingMinor, type Reason } from '../extra-payment-advice/advise.ts';
import type { Segment } from '../loyalty/segment.ts';
import { percent } from '../wording.ts';

/** Everything the advice is made of, as of a day. */
export interface BehaviourFacts {
  /** The stage that the request concerns; undefined when that is not known. */
  readonly stage: StageForecast | undefined;
  readonly scope: RequestScope | null;
  /** Of the client; null when there is too little to go by. */
  readonly segment: Segment | null;
  /** In hundredths of a point; null when there is too little to go by. */
  readonly attention: number | null;
  /** In points: the agency's setting. */
  readonly highAttentionFrom: number;
  /** The role that the request asks for, and whether an employee of the agency has it. */
  readonly role: { readonly name: string; readonly own: boolean } | undefined;
}

export interface BehaviourAdvice {
  /** Null: the figures are not enough for advice; the reasons say what is missing. */
  readonly behaviour: Behaviour | null;
  readonly reasons: readonly Reason[];
  /** What to ask for when the client is to be dissuaded; null when the stage lacks nothing. */
  readonly extraPaymentMinor: number | null;
}

const without = (code: string, text: string): BehaviourAdvice => ({
  behaviour: null,
  reasons: [{ code, text }],
  extraPaymentMinor: null,
});

const segmentReason = ({ segment }: BehaviourFacts): Reason =>
  segment === null
    ? { code: 'segment-unknown', text: 'There is too little on record to tell the client’s segment.' }
    : { code: `segment-${segment}`, text: `The client’s segment is ${segment}.` };

const roleReason = ({ role }: BehaviourFacts): Reason[] => {
  if (role === undefined) return [];
  const text = `${role.own ? 'The agency has' : 'No employee of the agency has'} the role ${role.name}.`;
  return [{ code: role.own ? 'role-own' : 'role-not-own', text }];
};

const isHigh = ({ attention, highAttentionFrom }: BehaviourFacts): boolean =>
  attention !== null && attention >= highAttentionFrom * 100;

const attentionReason = (facts: BehaviourFacts): Reason => {
  const { attention, highAttentionFrom } = facts;
  if (attention === null) return { code: 'attention-unknown', text: 'The attention that the client takes is unknown.' };
  const text = `The client takes ${attention / 100} points of attention; ${highAttentionFrom} are high.`;
  return { code: isHigh(facts) ? 'attention-high' : 'attention-low', text };
};

const scopeReason = ({ scope }: BehaviourFacts): Reason => ({
  code: `scope-${scope ?? 'unknown'}`,
  text: scope === null ? 'The request has not been classified.' : `The request is ${scope}.`,
});

const dissuade = (stage: StageForecast, reasons: readonly Reason[]): BehaviourAdvice => {
  const missing = missingMinor(stage);
  return { behaviour: 'dissuade', reasons, extraPaymentMinor: missing === 0 ? null : missing };
};

/**
 * Forecast margin at or above the standard and segment `invest`: `do-all`. At or above it, but the role asked for is
 * not the agency's own: `delegate`. From 0 up to the standard with high attention or unclear scope: `teach`. Else
 * `dissuade`, with the extra payment that the stage lacks.
 */
export const adviseBehaviour = (facts: BehaviourFacts): BehaviourAdvice => {
  const { stage, scope, segment, role } = facts;
  if (stage === undefined) return without('no-stage', 'It is not known which stage the request concerns.');
  const { forecastMargin, standardMargin } = stage;
  if (standardMargin === null) return without('no-standard', 'No standard margin has been approved.');
  if (forecastMargin === null) return without('no-revenue', 'The stage brings no revenue, so it has no margin.');
  const within = millionths(forecastMargin) >= millionths(standardMargin);
  const heads = `The stage heads for a margin of ${percent(forecastMargin)}`;
  const standing: Reason = {
    code: within ? 'within-standard' : 'below-standard',
    text: `${heads}, ${within ? 'not below' : 'below'} the standard of ${percent(standardMargin)}.`,
    tellsCost: true,
  };
  if (within) {
    const reasons = [standing, segmentReason(facts), ...roleReason(facts)];
    if (segment === 'invest') return { behaviour: 'do-all', reasons, extraPaymentMinor: null };
    if (role?.own === false) return { behaviour: 'delegate', reasons, extraPaymentMinor: null };
    return dissuade(stage, reasons);
  }
  const reasons = [standing, attentionReason(facts), scopeReason(facts)];
  const teachable = isHigh(facts) || scope === 'unclear';
  if (millionths(forecastMargin) >= 0n && teachable) return { behaviour: 'teach', reasons, extraPaymentMinor: null };
  return dissuade(stage, reasons);
};
