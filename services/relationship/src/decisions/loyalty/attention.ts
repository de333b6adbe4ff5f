import { workingDaysBetween } from '@headroom/kernel';
import { ratioOf } from '@headroom/money';
import { type Component, missing, type Stated, scored } from './component.ts';
import type { LoyaltyFacts } from './facts.ts';
import { CONTACT_MONTHS, PROFIT_MONTHS, trailingMonths } from './windows.ts';

/** From so many unplanned contacts a working day on, a client is never one to invest in. */
export const MOST_CONTACTS_A_DAY = 3;

/** The contacts of the last three months, and the working days (Mondays to Fridays) they fell into. */
export const contactLoad = ({ asOf, contacts }: Pick<LoyaltyFacts, 'asOf' | 'contacts'>) => {
  const window = trailingMonths(asOf, CONTACT_MONTHS);
  const workingDays = workingDaysBetween(window.from, window.to);
  return {
    window,
    workingDays,
    contacts: contacts.count,
    tooMany: contacts.count >= MOST_CONTACTS_A_DAY * workingDays,
  };
};

/** `clamp(100 x contacts a working day / 3)`. */
const unplannedContacts = (facts: LoyaltyFacts): Component => {
  const { window, workingDays, contacts } = contactLoad(facts);
  const stated: Stated = {
    component: 'unplanned-contacts',
    dimension: 'attention',
    weight: facts.settings.weights.unplannedContacts,
    window,
    inputs: [
      { name: 'contacts', count: contacts },
      { name: 'workingDays', count: workingDays },
      { name: 'contactsPerWorkingDay', ratio: ratioOf(contacts, workingDays) },
    ],
    evidence: facts.contacts.newest.map((ref) => ({ kind: 'interaction' as const, ref })),
  };
  if (facts.firstContactOn === null) return missing(stated, 'no contact with the client has been logged');
  return scored(stated, 100n * BigInt(contacts), BigInt(MOST_CONTACTS_A_DAY * workingDays));
};

/** `clamp(200 x share)` of communication, travel, rework and goodwill that is not billed in all seconds. */
const unpaidShare = ({ client: [now, , then], settings, asOf }: LoyaltyFacts): Component => {
  const seconds = now.seconds - then.seconds;
  const unpaid = now.unpaidSeconds - then.unpaidSeconds;
  const stated: Stated = {
    component: 'unpaid-share',
    dimension: 'attention',
    weight: settings.weights.unpaidShare,
    window: trailingMonths(asOf, PROFIT_MONTHS),
    inputs: [
      { name: 'unpaidSeconds', count: unpaid },
      { name: 'seconds', count: seconds },
      { name: 'share', ratio: ratioOf(unpaid, seconds) },
    ],
  };
  if (seconds <= 0) return missing(stated, 'no hours were logged in the twelve months');
  return scored(stated, 200n * BigInt(unpaid), BigInt(seconds));
};

/** How much attention the client takes; the more, the worse. */
export const attentionComponents = (facts: LoyaltyFacts): Component[] => [unplannedContacts(facts), unpaidShare(facts)];
