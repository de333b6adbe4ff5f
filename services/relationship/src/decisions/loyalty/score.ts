import { wholeMonthsBetween } from '@headroom/kernel';
import { attentionComponents, contactLoad } from './attention.ts';
import { loyaltyComponents } from './bond.ts';
import type { Component, Dimension } from './component.ts';
import type { LoyaltyFacts } from './facts.ts';
import { weightedMean } from './points.ts';
import { type Segment, segmentOf } from './segment.ts';
import { valueComponents } from './value.ts';
import { trailingMonths } from './windows.ts';

export interface Score {
  readonly components: readonly Component[];
  /** Hundredths of a point; null when there is too little to go by. */
  readonly value: number | null;
  readonly attention: number | null;
  readonly loyalty: number | null;
  readonly segment: Segment | null;
  /** Why there is too little to go by; empty when there is enough. */
  readonly lacking: readonly string[];
  readonly tooManyContacts: boolean;
}

const LEAST_COMPONENTS = 3;
const LEAST_MONTHS = 3;

/** The first day of which something is on record: a stage's start or a contact. */
const onRecordSince = ({ stages, firstContactOn }: LoyaltyFacts): string | undefined =>
  [firstContactOn, ...stages.map(({ startedOn }) => startedOn)].filter((day) => day !== null).sort()[0];

const lackingOf = (facts: LoyaltyFacts, components: readonly Component[]): string[] => {
  const first = onRecordSince(facts);
  const months = first === undefined ? 0 : wholeMonthsBetween(first, trailingMonths(facts.asOf, 0).to);
  const present = components.filter(({ points }) => points !== null).length;
  return [
    ...(present < LEAST_COMPONENTS
      ? [`Only ${present} of the components can be told; ${LEAST_COMPONENTS} are needed.`]
      : []),
    ...(months < LEAST_MONTHS ? [`Only ${months} whole months are on record; ${LEAST_MONTHS} are needed.`] : []),
  ];
};

/** The score of a client. Pure: the same facts give the same score. */
export const scoreClient = (facts: LoyaltyFacts): Score => {
  const components = [...valueComponents(facts), ...attentionComponents(facts), ...loyaltyComponents(facts)];
  const mean = (dimension: Dimension) => weightedMean(components.filter((each) => each.dimension === dimension));
  const [value, attention] = [mean('value'), mean('attention')];
  const { tooMany: tooManyContacts } = contactLoad(facts);
  const lacking = lackingOf(facts, components);
  if (lacking.length === 0 && value === null) lacking.push('Nothing of the client’s value can be told.');
  if (lacking.length === 0 && attention === null)
    lacking.push('Nothing can be told of the attention the client takes.');
  if (lacking.length > 0 || value === null || attention === null) {
    return { components, value: null, attention: null, loyalty: null, segment: null, lacking, tooManyContacts };
  }
  const segment = segmentOf({ value, attention }, facts.settings, tooManyContacts);
  return { components, value, attention, loyalty: mean('loyalty'), segment, lacking, tooManyContacts };
};
