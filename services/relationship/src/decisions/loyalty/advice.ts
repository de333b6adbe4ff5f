import type { LoyaltySettings } from '@headroom/contracts/events';
import { counted, percent } from '../wording.ts';
import type { Component } from './component.ts';
import { shownPoints } from './points.ts';
import type { Score } from './score.ts';
import type { Segment } from './segment.ts';

export interface Reason {
  readonly code: string;
  readonly text: string;
}

export interface Advice {
  readonly text: string;
  readonly reasons: readonly Reason[];
}

const texts: Readonly<Record<Segment, string>> = {
  exit: 'Part with the client, or name a price at which the work pays: it earns little and takes much attention.',
  reprice: 'Raise the price, or cut what is done unpaid: the work earns less than it should.',
  'reduce-contact':
    'Keep the work and reduce the contact: agree on fixed hours, one channel and one person, or charge for the rest.',
  invest: 'Invest in the client: give it the best people, the first dates and offers of its own.',
  maintain: 'Keep the client as it is: serve it well, without special treatment.',
};

/** What a component says in words; undefined where the bare points say as much. */
const wordings: Readonly<Record<string, (input: (name: string) => Component['inputs'][number] | undefined) => string>> =
  {
    profitability: (input) =>
      `The margin of the last twelve months is ${percent(input('margin')?.ratio ?? '0.000000')}; the standard is ${percent(input('standardMargin')?.ratio ?? '0.000000')}.`,
    'profit-share': (input) =>
      `It brings ${percent(input('share')?.ratio ?? '0.000000')} of the agency’s profit, as one of ${counted(input('clients')?.count ?? 0, 'client', 'clients')}.`,
    growth: (input) =>
      `What it pays has changed by ${percent(input('change')?.ratio ?? '0.000000')} from one half-year to the next.`,
    'unplanned-contacts': (input) =>
      `It made ${counted(input('contacts')?.count ?? 0, 'unplanned contact', 'unplanned contacts')} in ${input('workingDays')?.count ?? 0} working days.`,
    'unpaid-share': (input) =>
      `${percent(input('share')?.ratio ?? '0.000000')} of the hours went unpaid into talk, travel, rework and favours.`,
  };

const inWords = (component: Component): Reason | undefined => {
  const wording = wordings[component.component];
  if (wording === undefined || component.points === null) return undefined;
  return { code: component.component, text: wording((name) => component.inputs.find((each) => each.name === name)) };
};

const compared = (name: string, points: number, threshold: number): string =>
  `The ${name} of ${shownPoints(points)} is ${points < threshold * 100 ? 'below' : 'not below'} ${threshold}.`;

const valueThreshold: Readonly<Record<Segment, keyof LoyaltySettings>> = {
  exit: 'exitBelowValue',
  reprice: 'repriceBelowValue',
  'reduce-contact': 'repriceBelowValue',
  invest: 'investFromValue',
  maintain: 'investFromValue',
};

const tooManyReason: Reason = {
  code: 'too-many-contacts',
  text: 'It makes three or more unplanned contacts a working day; such a client is never one to invest in.',
};

/**
 * What to do about a client, and why. `hideCost`: the caller may not see what tells the cost of the client's work, so
 * no number of it is in the words.
 */
export const adviceOn = (score: Score, settings: LoyaltySettings, hideCost: boolean): Advice => {
  const { segment, value, attention, components, lacking, tooManyContacts } = score;
  if (segment === null || value === null || attention === null) {
    return {
      text: 'There is too little on record to advise anything yet.',
      reasons: lacking.map((text) => ({ code: 'insufficient-data', text })),
    };
  }
  const shown = components.filter(({ tellsCost }) => !(hideCost && tellsCost));
  const threshold = settings[valueThreshold[segment]];
  return {
    text: texts[segment],
    reasons: [
      ...(hideCost || typeof threshold !== 'number'
        ? []
        : [{ code: 'value', text: compared('value', value, threshold) }]),
      { code: 'attention', text: compared('attention', attention, settings.highAttentionFrom) },
      ...(tooManyContacts ? [tooManyReason] : []),
      ...shown.flatMap((component) => inWords(component) ?? []),
    ],
  };
};
