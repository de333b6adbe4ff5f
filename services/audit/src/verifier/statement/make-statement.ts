import type { PackStatement, PackSubject } from '../pack.ts';
import { actorOf, nameOf, reasonOf, type SeenEvent, textOf } from '../seen-event.ts';
import { english } from './english.ts';
import type { Language } from './language.ts';
import { russian } from './russian.ts';

const sentenceOf = (language: Language, event: SeenEvent): string => {
  const tell = language.sentences[nameOf(event)] ?? language.other;
  const reason = reasonOf(event);
  const remarks = [
    language.recorded(event.recordedAt, actorOf(event) ?? '?'),
    ...(reason === undefined ? [] : [language.reason(reason)]),
    ...(event.withheld === 0 ? [] : [language.withheld(event.withheld)]),
  ];
  return `${tell(event)} [${remarks.join('; ')}]`;
};

const tell = (language: Language, { kind, id }: PackSubject, events: readonly SeenEvent[]): string[] => [
  `${language.title[kind]} ${id}`,
  language.events(events.length),
  ...events.map((event) => sentenceOf(language, event)),
];

/** Whose words each event holds: who said them, the day, and where they stand. */
const spoken: Readonly<Record<string, readonly [by: string, on: string, words: string]>> = {
  ClientRequestRegistered: ['askedBy', 'askedOn', 'words'],
  ExtraPaymentAgreed: ['agreedBy', 'agreedOn', 'evidence/[0]/note'],
  ExtraPaymentDeclined: ['declinedBy', 'declinedOn', 'words'],
  RequestDisputed: ['raisedBy', 'disputedOn', 'words'],
  DisputeRuled: ['arbiterId', 'ruledOn', 'ruling'],
};

const wordsOf = (event: SeenEvent): PackStatement['words'] => {
  const [by, on, words] = (spoken[nameOf(event)] ?? []).map((member) => textOf(event, member));
  return by === undefined || on === undefined || words === undefined ? [] : [{ by, on, words }];
};

/** What events say about a subject, in words for people: the same events always give the same letters. */
export const makeStatement = (subject: PackSubject, events: readonly SeenEvent[]): PackStatement => ({
  words: events.flatMap(wordsOf),
  en: tell(english, subject, events),
  ru: tell(russian, subject, events),
});
