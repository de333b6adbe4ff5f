import type { CountedFigure } from '@headroom/contracts/events';

export type Fitness = 'suitable' | 'bad-for-us' | 'bad-for-client' | 'unfit';

/** What makes a metric fit to judge our work by. */
export interface Judged {
  /** Whether our work moves it. */
  readonly controllableByUs: boolean;
  /** Whether the client's business moves with it. */
  readonly affectsBusiness: boolean;
}

/** A metric is suitable only if we control it and it moves the business; else it is bad for the one it is unfair to. */
export const fitnessOf = ({ controllableByUs, affectsBusiness }: Judged): Fitness => {
  if (controllableByUs) return affectsBusiness ? 'suitable' : 'bad-for-client';
  return affectsBusiness ? 'bad-for-us' : 'unfit';
};

type Names = Readonly<Record<'en' | 'ru', string>>;

/** A metric that every agency knows, judged as the talk judges it until the agency says otherwise. */
export interface DefaultMetric extends Judged {
  readonly metricId: CountedFigure;
  readonly name: Names;
}

/**
 * Sales volume and turnover move with price, stock and sellers: bad for us. Visitors alone bring the client nothing: bad
 * for the client. Inquiries, calls and forms come of our work and are what sales are made of: suitable.
 */
export const defaultMetrics: readonly DefaultMetric[] = [
  { metricId: 'calls', name: { en: 'Calls', ru: 'Звонки' }, controllableByUs: true, affectsBusiness: true },
  {
    metricId: 'forms',
    name: { en: 'Filled-in forms', ru: 'Заполненные формы' },
    controllableByUs: true,
    affectsBusiness: true,
  },
  { metricId: 'inquiries', name: { en: 'Inquiries', ru: 'Обращения' }, controllableByUs: true, affectsBusiness: true },
  {
    metricId: 'sales',
    name: { en: 'Sales volume', ru: 'Объём продаж' },
    controllableByUs: false,
    affectsBusiness: true,
  },
  { metricId: 'turnover', name: { en: 'Turnover', ru: 'Оборот' }, controllableByUs: false, affectsBusiness: true },
  {
    metricId: 'visitors',
    name: { en: 'Site visitors', ru: 'Посетители сайта' },
    controllableByUs: true,
    affectsBusiness: false,
  },
];

const REASONS: Readonly<Record<'en' | 'ru', Readonly<Record<Fitness, string>>>> = {
  en: {
    suitable: 'suitable. Our work moves it, and the client’s business moves with it.',
    'bad-for-us':
      'bad for us. It moves the client’s business, but much of it is not in our hands: we would answer for what others do.',
    'bad-for-client':
      'bad for the client. We can move it, but the business need not move with it: the client would pay for a number.',
    unfit: 'unfit. It is not in our hands, and the client’s business does not move with it.',
  },
  ru: {
    suitable: 'подходит. Наша работа на него влияет, и вместе с ним меняется бизнес клиента.',
    'bad-for-us':
      'плох для нас. Он влияет на бизнес клиента, но во многом не в наших руках: мы отвечали бы за чужую работу.',
    'bad-for-client':
      'плох для клиента. Мы можем на него повлиять, но бизнес от этого не обязан вырасти: клиент платил бы за цифру.',
    unfit: 'не годится. Он не в наших руках, и бизнес клиента от него не зависит.',
  },
};

/** The verdict on a metric with its reason, in words. */
export const verdictText = (language: 'en' | 'ru', name: string, fitness: Fitness): string =>
  `${name}: ${REASONS[language][fitness]}`;
