import type { LoyaltySettings } from '@headroom/contracts/events';

export type Segment = 'exit' | 'reprice' | 'reduce-contact' | 'invest' | 'maintain';

const hundredths = (points: number): number => points * 100;

/**
 * The first of these that applies: `exit` value < 20 and attention >= 50; `reprice` value < 50; `reduce-contact` value
 * >= 50 and attention >= 50; `invest` value >= 60 and attention < 50, unless the client makes too many unplanned
 * contacts; else `maintain`. Scores in hundredths; the thresholds are the agency's settings.
 */
export const segmentOf = (
  { value, attention }: { readonly value: number; readonly attention: number },
  settings: LoyaltySettings,
  tooManyContacts: boolean,
): Segment => {
  const demanding = attention >= hundredths(settings.highAttentionFrom);
  if (value < hundredths(settings.exitBelowValue) && demanding) return 'exit';
  if (value < hundredths(settings.repriceBelowValue)) return 'reprice';
  if (demanding) return 'reduce-contact';
  return value >= hundredths(settings.investFromValue) && !tooManyContacts ? 'invest' : 'maintain';
};
