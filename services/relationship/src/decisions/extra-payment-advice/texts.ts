import { formatMoney } from '@headroom/money';
import { counted, hours, percent } from '../wording.ts';

export const languages = ['en', 'ru'] as const;
export type Language = (typeof languages)[number];

/** What the advice says in one language; values are put in as the language writes them. */
export interface AdviceTexts {
  readonly money: (minor: number, currency: string) => string;
  /** Kinds of work, as the client hears of them. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly favours: string;
  readonly work: (seconds: number, kind: string) => string;
  readonly expenses: (money: string) => string;
  readonly sentence: (parts: readonly string[]) => string;
  readonly quoted: (words: string, on: string) => string;
  readonly didMore: (stage: string, what: string) => string;
  readonly asked: (what: string, more: number) => string;
  readonly propose: (money: string | null) => string;
  readonly noStandard: string;
  /** `margin` is null when nothing is charged. */
  readonly standing: (margin: string | null, standard: string, below: boolean) => string;
  readonly noEvidence: string;
  readonly evidence: (pieces: number, requests: number) => string;
  readonly pending: (proposals: number) => string;
  readonly costsNothing: string;
  readonly gainsNothing: string;
  readonly paysBelow: (breakEven: string) => string;
  readonly riskHidden: string;
}

const listed = (parts: readonly string[], and: string): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`;

export const english: AdviceTexts = {
  money: (minor, currency) => formatMoney(minor, currency),
  kinds: {
    production: 'design and production',
    communication: 'meetings and calls',
    travel: 'travel',
    rework: 'rework',
    management: 'management',
  },
  favours: 'work done free of charge',
  work: (seconds, kind) => `${hours(seconds)} of ${kind}`,
  expenses: (money) => `expenses of ${money}`,
  sentence: (parts) => listed(parts, 'and'),
  quoted: (words, on) => `“${words}” (${on})`,
  didMore: (stage, what) => `While working on “${stage}” we did what the plan did not hold: ${what}.`,
  asked: (what, more) =>
    `You asked for something outside what we had agreed: ${what}${more > 0 ? `, and ${more} more` : ''}.`,
  propose: (money) => `For this we propose an extra payment${money === null ? '' : ` of ${money}`}.`,
  noStandard: 'No standard margin has been approved, so what the stage lacks cannot be told.',
  standing: (margin, standard, below) =>
    `The stage heads for ${margin === null ? 'no revenue' : `a margin of ${percent(margin)}`}, ${below ? 'below' : 'not below'} the standard of ${percent(standard)}.`,
  noEvidence: 'Nothing on record shows the client why: log what was done beyond the plan first.',
  evidence: (pieces, requests) =>
    `${counted(pieces, 'piece of unplanned work', 'pieces of unplanned work')} and ${counted(requests, 'request outside the agreed scope', 'requests outside the agreed scope')} can be shown.`,
  pending: (proposals) =>
    `The client has not answered ${counted(proposals, 'proposal', 'proposals')} for this stage yet.`,
  costsNothing:
    'The client brought no profit in the last twelve months: losing it costs nothing, so nothing is risked by asking.',
  gainsNothing: 'Nothing is gained, so nothing should be risked.',
  paysBelow: (breakEven) =>
    `Asking pays as long as the chance of losing the client over it is below ${percent(breakEven)}.`,
  riskHidden: 'The risk follows from figures that you may not see.',
};

const russianPlurals = new Intl.PluralRules('ru');
const russianNumber = new Intl.NumberFormat('ru', { maximumFractionDigits: 2 });

const plural = (count: number, one: string, few: string, many: string): string => {
  const rule = russianPlurals.select(count);
  return `${russianNumber.format(count)} ${rule === 'one' ? one : rule === 'few' ? few : many}`;
};

const russianHours = (seconds: number): string => `${russianNumber.format(Math.round(seconds / 36) / 100)} ч`;
const russianPercent = (ratio: string): string => percent(ratio).replace('.', ',');

export const russian: AdviceTexts = {
  money: (minor, currency) => formatMoney(minor, currency, 'ru'),
  kinds: {
    production: 'производство',
    communication: 'встречи и звонки',
    travel: 'поездки',
    rework: 'переделки',
    management: 'управление',
  },
  favours: 'бесплатная работа',
  work: (seconds, kind) => `${kind} (${russianHours(seconds)})`,
  expenses: (money) => `расходы (${money})`,
  sentence: (parts) => listed(parts, 'и'),
  quoted: (words, on) => `«${words}» (${on})`,
  didMore: (stage, what) => `В работе над «${stage}» мы сделали то, чего не было в плане: ${what}.`,
  asked: (what, more) => `Вы просили о том, о чём мы не договаривались: ${what}${more > 0 ? ` и ещё ${more}` : ''}.`,
  propose: (money) => `За это мы предлагаем доплату${money === null ? '' : `: ${money}`}.`,
  noStandard: 'Норматив маржи не утверждён, поэтому нельзя сказать, сколько этапу не хватает.',
  standing: (margin, standard, below) =>
    `Этап идёт ${margin === null ? 'без выручки' : `к марже ${russianPercent(margin)}`}, ${below ? 'ниже норматива' : 'не ниже норматива'} ${russianPercent(standard)}.`,
  noEvidence: 'Показать клиенту нечего: сначала запишите, что было сделано сверх плана.',
  evidence: (pieces, requests) =>
    `Можно показать: ${plural(pieces, 'работа', 'работы', 'работ')} сверх плана и ${plural(requests, 'запрос', 'запроса', 'запросов')} вне договорённостей.`,
  pending: (proposals) =>
    `Клиент ещё не ответил: ${plural(proposals, 'предложение', 'предложения', 'предложений')} по этому этапу.`,
  costsNothing:
    'За последние двенадцать месяцев клиент не принёс прибыли: потерять его ничего не стоит, поэтому вопрос ничем не грозит.',
  gainsNothing: 'Выигрыша нет, поэтому рисковать незачем.',
  paysBelow: (breakEven) =>
    `Просить выгодно, пока вероятность потерять из-за этого клиента ниже ${russianPercent(breakEven)}.`,
  riskHidden: 'Риск следует из цифр, которые вам не показаны.',
};

/** The texts of a language. */
export const textsIn = (language: Language): AdviceTexts => (language === 'ru' ? russian : english);
