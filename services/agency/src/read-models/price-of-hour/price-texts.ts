import { formatMoney, millionths } from '@headroom/money';
import type { PricePart } from '../../formulas/price-parts.ts';

export type Language = 'en' | 'ru';

/** What the texts about a price are made of; shares are decimals of one. */
export interface PriceTold {
  readonly role: string;
  readonly currency: string;
  readonly priceMinor: number;
  readonly taxMinor: number;
  readonly vatMinor: number;
  readonly margin: string;
  readonly revenueTax: string;
  readonly vat: string;
  readonly utilisation: string | null;
  readonly parts: readonly PricePart[];
}

interface Phrases {
  readonly parts: Readonly<Record<PricePart['part'], string>>;
  readonly soldFor: (role: string, price: string, parts: string) => string;
  readonly hourCosts: (role: string, price: string) => string;
  readonly salary: string;
  readonly utilisation: (share: string) => string;
  readonly taxes: (share: string, amount: string) => string;
  readonly noTaxes: string;
  readonly margin: string;
  readonly vat: (share: string, total: string) => string;
}

const english: Phrases = {
  parts: {
    salary: 'salary',
    'payroll-tax': 'taxes on it',
    overhead: 'overhead',
    cost: 'cost',
    'idle-time': 'paid time that is not sold',
    'revenue-tax': 'tax on revenue',
    margin: 'margin',
  },
  soldFor: (role, price, parts) => `An hour of ${role} is sold for ${price}: ${parts}.`,
  hourCosts: (role, price) => `An hour of ${role} costs ${price}.`,
  salary: 'The price pays the specialist’s salary and the workplace.',
  utilisation: (share) =>
    `Of the hours that we pay, ${share} are worked for clients; the others are learning, preparation and holidays.`,
  taxes: (share, amount) =>
    `We pay taxes on the salary, and of the price ${share}, which is ${amount}, as tax on revenue.`,
  noTaxes: 'We pay taxes on the salary.',
  margin: 'What is left keeps the company going and lets it earn.',
  vat: (share, total) => `VAT of ${share} comes on top: ${total} in all.`,
};

const russian: Phrases = {
  parts: {
    salary: 'зарплата',
    'payroll-tax': 'налоги и взносы с неё',
    overhead: 'накладные расходы',
    cost: 'себестоимость',
    'idle-time': 'оплаченное, но не проданное время',
    'revenue-tax': 'налог с выручки',
    margin: 'маржа',
  },
  soldFor: (role, price, parts) => `Час (${role}) продаётся за ${price}: ${parts}.`,
  hourCosts: (role, price) => `Час работы (${role}) стоит ${price}.`,
  salary: 'Из этой цены мы платим зарплату специалиста и содержим рабочее место.',
  utilisation: (share) =>
    `На клиентских проектах специалист занят ${share} оплаченного времени; остальное уходит на обучение, подготовку и отпуск.`,
  taxes: (share, amount) =>
    `С зарплаты мы платим налоги и взносы, а с цены ещё и налог с выручки: ${share}, это ${amount}.`,
  noTaxes: 'С зарплаты мы платим налоги и взносы.',
  margin: 'Остальное позволяет компании работать и зарабатывать.',
  vat: (share, total) => `НДС ${share} начисляется сверху, всего ${total}.`,
};

const languages: { readonly [L in Language]: Phrases } = { en: english, ru: russian };

/** The texts about a price: one with all of its parts, and one without cost, salary and margin; with the facts it tells. */
export const priceTexts = (language: Language, told: PriceTold) => {
  const phrases = languages[language];
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 });
  const share = (ratio: string) => percent.format(Number(ratio));
  const money = (minor: number) => formatMoney(minor, told.currency, language);
  const taxed = millionths(told.revenueTax) > 0n;
  const facts = [
    { fact: 'salary' as const, share: null, text: phrases.salary },
    ...(told.utilisation === null
      ? []
      : [
          {
            fact: 'utilisation' as const,
            share: told.utilisation,
            text: phrases.utilisation(share(told.utilisation)),
          },
        ]),
    {
      fact: 'taxes' as const,
      share: taxed ? `${Number(told.revenueTax).toFixed(6)}` : null,
      text: taxed ? phrases.taxes(share(told.revenueTax), money(told.taxMinor)) : phrases.noTaxes,
    },
    { fact: 'margin' as const, share: null, text: phrases.margin },
  ];
  const parts = told.parts.map(({ part, minor }) => `${phrases.parts[part]} ${money(minor)}`).join(', ');
  const vat = millionths(told.vat) === 0n ? [] : [phrases.vat(share(told.vat), money(told.priceMinor + told.vatMinor))];
  const price = money(told.priceMinor);
  return {
    facts,
    internal: [phrases.soldFor(told.role, price, parts), ...vat].join(' '),
    client: [phrases.hourCosts(told.role, price), ...facts.map(({ text }) => text), ...vat].join(' '),
  };
};
