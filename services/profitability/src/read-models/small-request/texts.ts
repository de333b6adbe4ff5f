import type { SmallRequest } from '../../formulas/small-request.ts';
import { english } from './texts-in-english.ts';
import { russian } from './texts-in-russian.ts';
import type { UnplannedWork } from './unplanned-work.ts';
import { type Language, type Wording, wordings } from './wording.ts';

/** What the texts of a language say; the values are put in as the language writes them. */
export interface Phrases {
  readonly trip: string;
  readonly goodwill: string;
  readonly activities: Readonly<Record<NonNullable<UnplannedWork['activity']>, string>>;
  readonly overrun: (role: string) => string;
  readonly expenses: Readonly<Record<NonNullable<UnplannedWork['category']>, string>>;
  readonly already: (works: string) => string;
  readonly verdict: Readonly<Record<SmallRequest['verdict'], string>>;
  readonly marginMoves: (from: string, to: string) => string;
  readonly headroomIs: (money: string, hours: string | null, role: string) => string;
  readonly askFor: (money: string) => string;
  readonly byPlan: string;
  readonly clientFits: string;
  readonly clientUsedUp: string;
  readonly clientCan: string;
  readonly reasons: {
    readonly 'keeps-standard': string;
    readonly 'below-standard': string;
    readonly 'makes-a-loss': string;
    readonly 'restores-standard': string;
    readonly 'not-needed': string;
    readonly cheaper: (role: string, contractors: boolean) => string;
    readonly 'not-cheaper': (role: string, contractors: boolean) => string;
    readonly 'nobody-else': string;
    readonly 'planned-stage': (stage: string) => string;
    readonly 'new-stage': string;
  };
}

const languages: { readonly [L in Language]: Phrases } = { en: english, ru: russian };

export interface Told {
  readonly judged: SmallRequest;
  readonly evidence: readonly UnplannedWork[];
  readonly currency: string;
  readonly role: string;
  /** Of the role asked for; null when nobody may know. */
  readonly headroomSeconds: number | null;
  /** Whether figures of money may be told; the plan's cost of an hour judged where they may not. */
  readonly shown: boolean;
}

/** The texts of an answer in one language. */
export interface Texts {
  /** A short name for a piece of unplanned work: its note, or what kind of work it was. */
  readonly titleOf: (work: UnplannedWork) => string;
  /** For the team; figures that the reader may not see are not in it. */
  readonly internal: (told: Told) => string;
  /** For the client: what was done beyond the plan, in hours and by the notes; no money at all. */
  readonly client: (told: Told) => string;
  readonly reasons: Phrases['reasons'];
}

const MOST_NAMED = 3;

const titleIn =
  (phrases: Phrases) =>
  ({ note, trip, goodwill, kind, role, activity, category }: UnplannedWork): string => {
    if (note !== null) return note;
    if (trip) return phrases.trip;
    if (kind === 'overrun') return phrases.overrun(role ?? '');
    if (category !== null) return phrases.expenses[category];
    return goodwill || activity === null ? phrases.goodwill : phrases.activities[activity];
  };

const becauseIn =
  (phrases: Phrases, { hours }: Wording) =>
  (evidence: readonly UnplannedWork[]) => {
    const titleOf = titleIn(phrases);
    const named = evidence
      .filter(({ seconds }) => seconds > 0)
      .slice(0, MOST_NAMED)
      .map((work) => `${titleOf(work)} (${hours(work.seconds)})`);
    return named.length === 0 ? [] : [phrases.already(named.join(', '))];
  };

/** The texts in a language. */
export const textsIn = (language: Language): Texts => {
  const phrases = languages[language];
  const wording = wordings[language];
  const because = becauseIn(phrases, wording);
  const effectOf = ({ judged: { before, after } }: Told) =>
    phrases.marginMoves(wording.percent(before.forecastMargin), wording.percent(after.forecastMargin));
  const headroomOf = ({ judged, currency, headroomSeconds, role }: Told) =>
    phrases.headroomIs(
      wording.money(judged.before.headroomMinor, currency),
      headroomSeconds === null ? null : wording.hours(headroomSeconds),
      role,
    );
  return {
    titleOf: titleIn(phrases),
    reasons: phrases.reasons,
    internal: (told) => {
      const { judged, shown, currency, evidence } = told;
      const fits = judged.verdict === 'fits';
      return [
        phrases.verdict[judged.verdict],
        ...(shown ? [effectOf(told), headroomOf(told)] : []),
        ...(shown ? [] : [phrases.byPlan]),
        ...(shown && !fits ? [phrases.askFor(wording.money(judged.surchargeMinor, currency))] : []),
        ...(fits ? [] : because(evidence)),
      ].join(' ');
    },
    client: ({ judged, evidence }) =>
      judged.verdict === 'fits'
        ? phrases.clientFits
        : [phrases.clientUsedUp, ...because(evidence), phrases.clientCan].join(' '),
  };
};
