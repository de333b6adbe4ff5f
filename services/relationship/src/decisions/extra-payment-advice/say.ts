import type { AdviceFacts } from './facts.ts';
import { type AdviceTexts, english } from './texts.ts';

const QUOTED_REQUESTS = 3;
const QUOTED_LENGTH = 120;

const shortened = (words: string): string => {
  const line = words.replace(/\s+/g, ' ');
  const letters = [...line];
  return letters.length <= QUOTED_LENGTH ? line : `${letters.slice(0, QUOTED_LENGTH).join('')}…`;
};

const workDone = ({ unplanned }: AdviceFacts, texts: AdviceTexts): string[] => {
  const seconds = new Map<string, number>();
  for (const item of unplanned) {
    if (item.kind !== 'time-entry' || item.activity === null) continue;
    const kind = item.goodwill ? texts.favours : (texts.kinds[item.activity] ?? item.activity);
    seconds.set(kind, (seconds.get(kind) ?? 0) + item.seconds);
  }
  return [...seconds].map(([kind, sum]) => texts.work(sum, kind));
};

const spent = ({ unplanned, currency }: AdviceFacts, texts: AdviceTexts): string[] => {
  const minor = unplanned.reduce((sum, item) => sum + (item.kind === 'expense' ? (item.costMinor ?? 0) : 0), 0);
  return minor === 0 ? [] : [texts.expenses(texts.money(minor, currency))];
};

/**
 * What to say to the client: what was done and asked beyond the plan, and the amount. No cost of an hour and no margin
 * is in it; notes of the team are not either. `amountMinor` is null when the caller may not see the amount.
 */
export const whatToSay = (facts: AdviceFacts, amountMinor: number | null, texts: AdviceTexts = english): string => {
  const done = [...workDone(facts, texts), ...spent(facts, texts)];
  const asked = facts.requests.slice(0, QUOTED_REQUESTS);
  const quotes = asked.map(({ words, askedOn }) => texts.quoted(shortened(words), askedOn));
  return [
    ...(done.length === 0 ? [] : [texts.didMore(facts.stage.name, texts.sentence(done))]),
    ...(asked.length === 0 ? [] : [texts.asked(texts.sentence(quotes), facts.requests.length - asked.length)]),
    texts.propose(amountMinor === null ? null : texts.money(amountMinor, facts.currency)),
  ].join(' ');
};
