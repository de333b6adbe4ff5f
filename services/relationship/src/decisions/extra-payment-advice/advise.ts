import { priceAtMargin } from '@headroom/money';
import { counted, percent } from '../wording.ts';
import type { AdviceFacts } from './facts.ts';
import { type Risk, riskOf } from './risk.ts';

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

const standing = ({ stage }: AdviceFacts): Reason => {
  const { headroomMinor, standardMargin, forecastMargin } = stage;
  if (headroomMinor === null || standardMargin === null) {
    return {
      code: 'no-standard',
      text: 'No standard margin has been approved, so what the stage lacks cannot be told.',
    };
  }
  const below = headroomMinor < 0;
  const margin = forecastMargin === null ? 'no revenue' : `a margin of ${percent(forecastMargin)}`;
  return {
    code: below ? 'below-standard' : 'within-standard',
    text: `The stage heads for ${margin}, ${below ? 'below' : 'not below'} the standard of ${percent(standardMargin)}.`,
    tellsCost: true,
  };
};

const evidenceReason = ({ unplanned, requests }: AdviceFacts): Reason => {
  const pieces = counted(unplanned.length, 'piece of unplanned work', 'pieces of unplanned work');
  const asked = counted(requests.length, 'request outside the agreed scope', 'requests outside the agreed scope');
  return unplanned.length + requests.length === 0
    ? { code: 'no-evidence', text: 'Nothing on record shows the client why: log what was done beyond the plan first.' }
    : { code: 'evidence', text: `${pieces} and ${asked} can be shown.` };
};

const pendingReason = ({ pending }: AdviceFacts): Reason[] =>
  pending.length === 0
    ? []
    : [
        {
          code: 'proposal-pending',
          text: `The client has not answered ${counted(pending.length, 'proposal', 'proposals')} for this stage yet.`,
        },
      ];

/**
 * Whether to ask now. There is something to ask for when the stage lacks money for its standard, or when the caller
 * names an amount; it is time to ask when something can be shown for it and no proposal awaits its answer.
 */
export const advise = (facts: AdviceFacts): Advice => {
  const amount = facts.wantedMinor ?? missingMinor(facts.stage);
  const amountMinor = amount === 0 ? null : amount;
  const risk = riskOf(amountMinor, facts.yearProfitMinor);
  if (amount === 0) return { verdict: 'do-not-ask', reasons: [standing(facts)], amountMinor, risk };
  const evidence = evidenceReason(facts);
  const pending = pendingReason(facts);
  const ready = amount !== null && evidence.code === 'evidence' && pending.length === 0;
  const reasons = [standing(facts), evidence, ...pending];
  return { verdict: ready ? 'ask-now' : 'wait', reasons, amountMinor, risk };
};
