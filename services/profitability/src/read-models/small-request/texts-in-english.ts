import type { Phrases } from './texts.ts';

const others = (role: string, contractors: boolean): string =>
  contractors ? `contractors (${role})` : `colleagues (${role})`;

export const english: Phrases = {
  trip: 'trip to the client',
  goodwill: 'work free of charge',
  activities: {
    production: 'production',
    communication: 'talks with the client',
    travel: 'travel',
    rework: 'rework',
    management: 'management',
  },
  overrun: (role) => `work beyond the plan, ${role}`,
  expenses: {
    subcontractor: 'subcontractor',
    travel: 'travel expenses',
    licence: 'licences',
    advertising: 'advertising',
    other: 'other expenses',
  },
  already: (works) => `It already went into: ${works}.`,
  verdict: {
    fits: 'Yes, it fits: the stage stays at or above its standard.',
    'exceeds-standard': 'It takes the stage below its standard, though not into a loss.',
    'loses-money': 'With it the stage makes a loss.',
  },
  marginMoves: (from, to) => `The forecast margin goes from ${from} to ${to}.`,
  headroomIs: (money, hours, role) => `The headroom is ${money}${hours === null ? '' : `, ${hours} of ${role}`}.`,
  askFor: (money) => `Ask for ${money} to keep the standard.`,
  byPlan: 'Judged by the planned cost of an hour, for a single person’s rate stays confidential.',
  clientFits: 'We will gladly do this within the current stage.',
  clientUsedUp: 'Within this stage the agreed effort is used up.',
  clientCan: 'We can do this for an extra payment or in the next stage.',
  reasons: {
    'keeps-standard': 'The headroom covers it, and the stage keeps its standard.',
    'below-standard': 'The stage makes no loss, but falls below its standard.',
    'makes-a-loss': 'The stage would make a loss.',
    'restores-standard': 'With this payment the stage reaches its standard.',
    'not-needed': 'The headroom covers it without a payment; at the full price the headroom is kept for later.',
    cheaper: (role, contractors) => `The cheapest others, ${others(role, contractors)}, cost less for the same hours.`,
    'not-cheaper': (role, contractors) =>
      `The cheapest others, ${others(role, contractors)}, cost no less for the same hours.`,
    'nobody-else': 'Nobody else has a cost rate to compare with.',
    'planned-stage': (stage) => `This stage stays as it is; the planned stage “${stage}” takes the work.`,
    'new-stage': 'This stage stays as it is; a later stage, which has yet to be planned, takes the work.',
  },
};
