export type Language = 'en' | 'ru';

/** `64.2%` of a ratio; a dash where it has no value. */
export const writtenRatio = (ratio: string | null, language: Language): string =>
  ratio === null
    ? '–'
    : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(Number(ratio));

/** Russian dates end with “г.”: needless, and a second full stop where a sentence ends with the date. */
const bare = (date: string): string => date.replace(/\sг\.$/u, '');

/** `January 2026` */
export const writtenMonth = (month: string, language: Language): string =>
  bare(
    new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${month}-01T00:00:00Z`),
    ),
  );

/** `31 January 2026` */
export const writtenDate = (date: string, language: Language): string =>
  bare(
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(`${date}T00:00:00Z`),
    ),
  );

/** `31 Jan 2026`, for tables; a dash where there is none. */
export const shortDate = (date: string | null, language: Language): string =>
  date === null
    ? '–'
    : bare(
        new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
          day: 'numeric',
          month: 'short',
          year: 'numeric',
          timeZone: 'UTC',
        }).format(new Date(`${date}T00:00:00Z`)),
      );

const HOUR = 3_600;

/** Hours to a tenth: `3.5`. */
export const writtenHours = (seconds: number, language: Language): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(seconds / HOUR);
