import type { FactName } from './facts.ts';

export type Language = 'en' | 'ru';

/** What is asked for: a fact of the business, or what was counted for a project. */
export type Asked = FactName | 'project' | 'baseline' | 'metric' | 'counts';

type Wording = Readonly<Record<Asked, (name: string, months: readonly string[]) => string>>;

const english: Wording = {
  conversion: () => 'What share of the visitors of the site inquire?',
  closeRate: () => 'What share of the inquiries becomes a sale?',
  averageCheck: () => 'How much does a sale bring on average?',
  grossMargin: () => 'What share of a sale is left after the cost of goods?',
  project: () => 'Which project is our work for the client?',
  baseline: (name) => `How many inquiries and visitors were there before our work on “${name}”, and in which months?`,
  metric: (name, months) => {
    const when = months.length === 0 ? 'each month since our work began' : months.join(', ');
    return `How many inquiries and visitors did “${name}” bring in ${when}?`;
  },
  counts: (name, months) =>
    `How many inquiries did “${name}” bring in ${months.join(', ')}, and how many before our work? (Or visitors, for both.)`,
};

const russian: Wording = {
  conversion: () => 'Какая доля посетителей сайта оставляет обращение?',
  closeRate: () => 'Какая доля обращений становится продажей?',
  averageCheck: () => 'Сколько в среднем приносит одна продажа?',
  grossMargin: () => 'Какая доля продажи остаётся после себестоимости товара?',
  project: () => 'В каком проекте идёт наша работа для клиента?',
  baseline: (name) => `Сколько обращений и посетителей было до нашей работы над «${name}» и в какие месяцы?`,
  metric: (name, months) => {
    const when = months.length === 0 ? 'каждый месяц с начала нашей работы' : months.join(', ');
    return `Сколько обращений и посетителей принёс проект «${name}» за ${when}?`;
  },
  counts: (name, months) =>
    `Сколько обращений принёс проект «${name}» за ${months.join(', ')} и сколько их было до нашей работы? (Или посетителей, и то и другое.)`,
};

const wordings: Readonly<Record<Language, Wording>> = { en: english, ru: russian };

/** The question as the client is asked; `name` and `months` where it is about a project. */
export const questionFor = (language: Language, asked: Asked, name = '', months: readonly string[] = []): string =>
  wordings[language][asked](name, months);

const RANGES = {
  en: (now: string, known: string, less: string) =>
    `The gain is known to within ${now}. With this known exactly it would be ${known}: ${less} less.`,
  ru: (now: string, known: string, less: string) =>
    `Сейчас выгода известна с точностью до ${now}. С точным ответом было бы ${known}: на ${less} точнее.`,
} as const;

const BLOCKED = {
  en: (months: number) =>
    months === 0
      ? 'Without it no gain can be calculated.'
      : `Months whose gain cannot be calculated without it: ${months}.`,
  ru: (months: number) =>
    months === 0 ? 'Без этого выгоду не посчитать.' : `Месяцев, за которые выгоду без этого не посчитать: ${months}.`,
} as const;

/** What an answer would do to the range of the gain, in words; the amounts are formatted already. */
export const whyNarrower = (language: Language, now: string, known: string, less: string): string =>
  RANGES[language](now, known, less);

/** What is held up for want of an answer, in words. */
export const whyUnknown = (language: Language, months: number): string => BLOCKED[language](months);
