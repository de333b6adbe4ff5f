import type { BenchmarkMetric } from '@headroom/contracts/events';
import type { Standing, Verdict } from './standing.ts';

type Language = 'en' | 'ru';

const METRICS: Readonly<Record<Language, Readonly<Record<BenchmarkMetric, string>>>> = {
  en: {
    conversion: 'conversion',
    'close-rate': 'close rate',
    'gross-margin': 'gross margin',
    'average-check': 'average check',
    'cost-per-inquiry': 'cost of an inquiry',
    'cost-per-visitor': 'cost of a visitor',
    'cost-per-call': 'cost of a call',
    'profit-per-visitor': 'profit per visitor',
  },
  ru: {
    conversion: 'конверсия',
    'close-rate': 'доля продаж из обращений',
    'gross-margin': 'валовая маржа',
    'average-check': 'средний чек',
    'cost-per-inquiry': 'цена обращения',
    'cost-per-visitor': 'цена посетителя',
    'cost-per-call': 'цена звонка',
    'profit-per-visitor': 'прибыль с посетителя',
  },
};

const VERDICTS: Readonly<Record<Language, Readonly<Record<Verdict, string>>>> = {
  en: {
    strong: 'is ahead wherever it can be compared',
    competitive: 'can hold its own',
    weak: 'is behind more often than ahead',
    unknown: 'cannot be compared yet: a benchmark, or the client’s own figure for it, is missing',
  },
  ru: {
    strong: 'впереди везде, где есть с чем сравнить',
    competitive: 'держится наравне с рынком',
    weak: 'чаще позади, чем впереди',
    unknown: 'пока не с чем сравнить: нет эталона или собственной цифры клиента',
  },
};

const WORDS = { en: { ahead: 'Ahead', behind: 'Behind' }, ru: { ahead: 'Впереди', behind: 'Позади' } } as const;

/** The verdict on a client's competitiveness in words: where it is ahead, where it is behind, and what that makes. */
export const competitivenessText = (
  language: Language,
  clientName: string,
  verdict: Verdict,
  compared: readonly { readonly metric: BenchmarkMetric; readonly name: string; readonly standing: Standing }[],
): string => {
  const named = (wanted: readonly Standing[]) =>
    compared
      .filter(({ standing }) => wanted.includes(standing))
      .map(({ metric, name }) => `${METRICS[language][metric]} (${name})`)
      .join(', ');
  const part = (title: string, list: string) => (list === '' ? [] : [`${title}: ${list}.`]);
  const words = WORDS[language];
  return [
    `${clientName} ${VERDICTS[language][verdict]}.`,
    ...part(words.ahead, named(['leading', 'ahead'])),
    ...part(words.behind, named(['behind', 'far-behind'])),
  ].join(' ');
};
