import { priceAtMargin } from '@headroom/money';
import type { AdviceFacts } from './facts.ts';
import { type Risk, riskOf } from './risk.ts';
import { type AdviceTexts, english } from './texts.ts';

export interface Reason {
  readonly code: string;
  readonly text: string;
  /** Holds a figure that follows the stage's cost. */
  readonly tellsCost?: true;
}

export interface Advice {
  readonly verdict: 'ask-now' | 'wait' | 'do-not-ask';
  readonly reasons: readonly Reason[];
  /** What to ask for; null when there is nothing to ask for, or when it cannot be told. */
  readonly amountMinor: number | null;
  readonly risk: Risk;
}

/** `(EAC - R (1 - m)) / (1 - m)`: what brings the stage to its standard; 0 when it is there, null without a standard. */
export const missingMinor = ({ headroomMinor, standardMargin }: AdviceFacts['stage']): number | null => {
  if (headroomMinor === null || standardMargin === null) return null;
  return Math.max(0, priceAtMargin(-headroomMinor, standardMargin) ?? 0);
};

const standing = ({ stage }: AdviceFacts, texts: AdviceTexts): Reason => {
  const { headroomMinor, standardMargin, forecastMargin } = stage;
  if (headroomMinor === null || standardMargin === null) return { code: 'no-standard', text: texts.noStandard };
  const below = headroomMinor < 0;
  return {
    code: below ? 'below-standard' : 'within-standard',
    text: texts.standing(forecastMargin, standardMargin, below),
    tellsCost: true,
  };
};

const evidenceReason = ({ unplanned, requests }: AdviceFacts, texts: AdviceTexts): Reason =>
  unplanned.length + requests.length === 0
    ? { code: 'no-evidence', text: texts.noEvidence }
    : { code: 'evidence', text: texts.evidence(unplanned.length, requests.length) };

const pendingReason = ({ pending }: AdviceFacts, texts: AdviceTexts): Reason[] =>
  pending.length === 0 ? [] : [{ code: 'proposal-pending', text: texts.pending(pending.length) }];

/**
 * Whether to ask now. There is something to ask for when the stage lacks money for its standard, or when the caller
 * names an amount; it is time to ask when something can be shown for it and no proposal awaits its answer.
 */
export const advise = (facts: AdviceFacts, texts: AdviceTexts = english): Advice => {
  const amount = facts.wantedMinor ?? missingMinor(facts.stage);
  const amountMinor = amount === 0 ? null : amount;
  const risk = riskOf(amountMinor, facts.yearProfitMinor, texts);
  if (amount === 0) return { verdict: 'do-not-ask', reasons: [standing(facts, texts)], amountMinor, risk };
  const evidence = evidenceReason(facts, texts);
  const pending = pendingReason(facts, texts);
  const ready = amount !== null && evidence.code === 'evidence' && pending.length === 0;
  const reasons = [standing(facts, texts), evidence, ...pending];
  return { verdict: ready ? 'ask-now' : 'wait', reasons, amountMinor, risk };
};
