import type { Behaviour } from '@headroom/contracts/events';
import { writtenAmount } from '@headroom/money';

type Amount = Parameters<typeof writtenAmount>[0];
const HOUR = 3_600;

const dated = (locale: string) => (date: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
const hours = (locale: string, seconds: number) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(seconds / HOUR);

const behaviours: Readonly<Record<Behaviour, string>> = {
  'do-all': 'do it',
  delegate: 'leave it to another contractor',
  teach: 'teach the client to do it',
  dissuade: 'talk the client out of it',
};
const behavioursInRussian: Readonly<Record<Behaviour, string>> = {
  'do-all': 'сделать',
  delegate: 'отдать другому подрядчику',
  teach: 'научить клиента делать самому',
  dissuade: 'отговорить клиента',
};

const english = {
  losing: (stage: string) => `${stage}: loses money as it is. Nothing more for free; ask for what is beyond the plan.`,
  noExtras: (stage: string) => `${stage}: nothing to spare. What is beyond the plan needs an extra payment.`,
  late: (stage: string, due: string, remaining: number) =>
    `${stage}: was due on ${dated('en-GB')(due)}, and ${hours('en', remaining)} h of work are left. Name no new date before they are planned.`,
  disputed: (said: string) => `“${said}”: in dispute. Nothing before the ruling.`,
  unanswered: (said: string, amount: Amount) =>
    `“${said}”: an extra payment of ${writtenAmount(amount, 'en')} awaits an answer. Do not begin before it comes.`,
  declined: (said: string, amount: Amount) =>
    `“${said}”: the client declined ${writtenAmount(amount, 'en')} for it. It is not done for free.`,
  decided: (said: string, behaviour: Behaviour) => `“${said}”: it was decided to ${behaviours[behaviour]}.`,
  outOfScope: (said: string) => `“${said}”: beyond the agreement, and no payment was asked for yet.`,
  undecided: (said: string) => `“${said}”: nobody has settled yet whether the agreement covers it.`,
};
/** How the warnings are worded. */
export type PromiseWording = typeof english;

const russian: PromiseWording = {
  losing: (stage) => `${stage}: этап уже убыточен. Ничего больше бесплатно; за всё сверх плана просить доплату.`,
  noExtras: (stage) => `${stage}: запаса нет. Всё сверх плана — только за доплату.`,
  late: (stage, due, remaining) =>
    `${stage}: срок был ${dated('ru')(due)}, осталось ${hours('ru', remaining)} ч работы. Не называть нового срока, пока они не распланированы.`,
  disputed: (said) => `«${said}»: идёт спор. До решения арбитра — ничего.`,
  unanswered: (said, amount) =>
    `«${said}»: предложена доплата ${writtenAmount(amount, 'ru')}, ответа нет. Не начинать, пока он не получен.`,
  declined: (said, amount) =>
    `«${said}»: клиент отказался доплатить ${writtenAmount(amount, 'ru')}. Бесплатно не делаем.`,
  decided: (said, behaviour) => `«${said}»: решено ${behavioursInRussian[behaviour]}.`,
  outOfScope: (said) => `«${said}»: вне договора, доплату ещё не просили.`,
  undecided: (said) => `«${said}»: ещё не решено, входит ли это в договор.`,
};

export const promiseWordings: Readonly<Record<'en' | 'ru', PromiseWording>> = { en: english, ru: russian };
