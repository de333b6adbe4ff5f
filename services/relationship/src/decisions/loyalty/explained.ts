import type { LoyaltySettings } from '@headroom/contracts/events';
import type { Component, Dimension } from './component.ts';
import type { Score } from './score.ts';
import type { Segment } from './segment.ts';

const DIMENSIONS: readonly Dimension[] = ['value', 'attention', 'loyalty'];

/** Each score as the mean that it is: points by weight over weights; null where nothing has points. */
export const meansOf = ({ components, ...score }: Score) =>
  DIMENSIONS.map((of) => {
    const parts = components.flatMap(({ dimension, points, weight }) =>
      dimension === of && points !== null ? [{ points, weight }] : [],
    );
    const numerator = parts.reduce((sum, { points, weight }) => sum + BigInt(points) * BigInt(weight), 0n);
    const denominator = parts.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
    const told = denominator > 0n;
    return {
      of,
      numerator: told ? String(numerator) : null,
      denominator: told ? String(denominator) : null,
      inHundredths: score[of],
    };
  });

/** A component's points as the fraction that they were before rounding and clamping. */
export const stepOf = (component: Component, hidden: boolean) => {
  const { component: named, dimension, weight, fraction, points, missing, tellsCost } = component;
  const suppressed = hidden && tellsCost;
  return {
    component: named,
    dimension,
    weight,
    numerator: suppressed || fraction === null ? null : String(fraction.numerator),
    denominator: suppressed || fraction === null ? null : String(fraction.denominator),
    pointsInHundredths: suppressed ? null : points,
    missing,
    suppressed,
  };
};

interface Rule {
  readonly segment: Segment;
  readonly condition: string;
  readonly holds: boolean;
}

/** The rules of `segmentOf` in their order, with what each asks; none where there is too little to go by. */
export const rulesOf = ({ value, attention, tooManyContacts }: Score, settings: LoyaltySettings): Rule[] => {
  if (value === null || attention === null) return [];
  const { exitBelowValue, repriceBelowValue, investFromValue, highAttentionFrom } = settings;
  const demanding = attention >= highAttentionFrom * 100;
  return [
    {
      segment: 'exit',
      condition: `value < ${exitBelowValue} and attention >= ${highAttentionFrom}`,
      holds: value < exitBelowValue * 100 && demanding,
    },
    { segment: 'reprice', condition: `value < ${repriceBelowValue}`, holds: value < repriceBelowValue * 100 },
    { segment: 'reduce-contact', condition: `attention >= ${highAttentionFrom}`, holds: demanding },
    {
      segment: 'invest',
      condition: `value >= ${investFromValue} and fewer than 3 unplanned contacts a working day`,
      holds: value >= investFromValue * 100 && !tooManyContacts,
    },
    { segment: 'maintain', condition: 'otherwise', holds: true },
  ];
};
