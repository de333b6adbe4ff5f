import { formatMoney } from '@headroom/money';
import { hours } from '../wording.ts';
import type { AdviceFacts } from './facts.ts';

const kinds: Readonly<Record<string, string>> = {
  production: 'design and production',
  communication: 'meetings and calls',
  travel: 'travel',
  rework: 'rework',
  management: 'management',
};

const QUOTED_REQUESTS = 3;
const QUOTED_LENGTH = 120;

const quoted = (words: string): string => {
  const line = words.replace(/\s+/g, ' ');
  const letters = [...line];
  return letters.length <= QUOTED_LENGTH ? line : `${letters.slice(0, QUOTED_LENGTH).join('')}…`;
};

const workDone = ({ unplanned }: AdviceFacts): string[] => {
  const seconds = new Map<string, number>();
  for (const item of unplanned) {
    if (item.kind !== 'time-entry' || item.activity === null) continue;
    const kind = item.goodwill ? 'work done free of charge' : (kinds[item.activity] ?? item.activity);
    seconds.set(kind, (seconds.get(kind) ?? 0) + item.seconds);
  }
  return [...seconds].map(([kind, sum]) => `${hours(sum)} of ${kind}`);
};

const spent = ({ unplanned, currency }: AdviceFacts): string[] => {
  const minor = unplanned.reduce((sum, item) => sum + (item.kind === 'expense' ? (item.costMinor ?? 0) : 0), 0);
  return minor === 0 ? [] : [`expenses of ${formatMoney(minor, currency)}`];
};

const sentence = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/**
 * What to say to the client: what was done and asked beyond the plan, and the amount. No cost of an hour and no margin
 * is in it; notes of the team are not either. `amountMinor` is null when the caller may not see the amount.
 */
export const whatToSay = (facts: AdviceFacts, amountMinor: number | null): string => {
  const done = [...workDone(facts), ...spent(facts)];
  const asked = facts.requests.slice(0, QUOTED_REQUESTS).map(({ words, askedOn }) => `“${quoted(words)}” (${askedOn})`);
  const more = facts.requests.length - asked.length;
  const amount = amountMinor === null ? '' : ` of ${formatMoney(amountMinor, facts.currency)}`;
  return [
    ...(done.length === 0
      ? []
      : [`While working on “${facts.stage.name}” we did what the plan did not hold: ${sentence(done)}.`]),
    ...(asked.length === 0
      ? []
      : [
          `You asked for something outside what we had agreed: ${sentence(asked)}${more > 0 ? `, and ${more} more` : ''}.`,
        ]),
    `For this we propose an extra payment${amount}.`,
  ].join(' ');
};
