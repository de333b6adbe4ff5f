import { z } from 'zod';
import { costBasis, costBreakdown, currency, id, ratePerHour, role, share } from '../../events/index.ts';
import { language } from '../language.ts';
import { question } from '../operation.ts';
import { provenance, ratio, shownMoney, timeAxes } from '../values.ts';

const rub = (minor: number) => ({ minor, currency: 'RUB' });

const utilisation = share
  .refine((part) => Number(part) > 0, 'somebody who sells no hour has no price')
  .optional()
  .meta({ description: 'Share of the paid hours that is sold; only where the cost rate does not say it' });

/** What the price is made of, in the order in which it is told. */
export const pricePart = z.enum(['salary', 'payroll-tax', 'overhead', 'cost', 'idle-time', 'revenue-tax', 'margin']);

export const priceAnHour = question({
  operationId: 'priceAnHour',
  path: '/v1/specialists/:specialistId/price-of-an-hour',
  tag: 'agency',
  summary: 'What an hour of a specialist must be sold for, and the four facts behind it',
  description:
    '`price = cost of a billable hour / (1 - margin - revenueTax)`; VAT goes on top. On the capacity basis the cost of a billable hour is that of a paid hour by utilisation. The parts add up to the price. What is under `clientSafe` can be sent to a client: neither cost, salary nor margin is in it, nor can they be worked out from what is.',
  permission: 'rates:read',
  params: { specialistId: id },
  query: {
    margin: share.meta({ description: 'Margin to reach' }),
    revenueTax: share.default('0').meta({ description: 'Tax on revenue' }),
    vat: share.default('0').meta({ description: 'VAT, on top of the price' }),
    utilisation,
    lang: language,
    ...timeAxes,
  },
  response: z.object({
    specialistId: id,
    role,
    basis: costBasis,
    costPerHour: ratePerHour.meta({ description: 'The cost rate, on the agency’s basis' }),
    costPerBillableHour: ratePerHour,
    utilisation: ratio.meta({ description: 'Null where nothing says it, on the billable basis' }),
    breakdown: costBreakdown.nullable(),
    margin: ratio,
    revenueTax: ratio,
    vat: ratio,
    price: shownMoney,
    priceWithVat: shownMoney,
    parts: z
      .array(z.object({ part: pricePart, amount: shownMoney, share: ratio.meta({ description: 'Of the price' }) }))
      .meta({ description: 'They add up to the price; `cost` stands for all of it where no breakdown is known' }),
    internalText: z.string(),
    clientSafe: z.object({
      role,
      price: shownMoney,
      vat: shownMoney,
      priceWithVat: shownMoney,
      revenueTax: shownMoney.meta({ description: 'Of the price' }),
      facts: z
        .array(
          z.object({
            fact: z.enum(['salary', 'utilisation', 'taxes', 'margin']),
            share: ratio.meta({ description: 'Null for what is not told in figures' }),
            text: z.string(),
          }),
        )
        .meta({ description: 'Why an hour costs more than a salary' }),
      text: z.string(),
    }),
    language: z.enum(['en', 'ru']),
    currency,
    rateId: id,
    ...provenance,
  }),
  refusals: {
    'no-cost-rate': 'The specialist has no cost rate on that day.',
    'nothing-left': 'Margin and tax together leave nothing of the price to pay the hour.',
    'utilisation-unknown':
      'The cost rate is of a paid hour, and nothing says which share of those is sold: give utilisation.',
  },
  example: {
    params: { specialistId: 'anna' },
    query: { margin: '0.3', revenueTax: '0.06', vat: '0.2' },
    response: {
      specialistId: 'anna',
      role: 'designer',
      basis: 'billable',
      costPerHour: '2328.0000',
      costPerBillableHour: '2328.0000',
      utilisation: '0.500000',
      breakdown: {
        monthlySalaryMinor: 12_000_000,
        payrollTax: '0.302',
        monthlyOverheadMinor: 3_000_000,
        monthlyHours: 160,
        utilisation: '0.5',
      },
      margin: '0.300000',
      revenueTax: '0.060000',
      vat: '0.200000',
      price: rub(363_750),
      priceWithVat: rub(436_500),
      parts: [
        { part: 'salary', amount: rub(75_000), share: '0.206186' },
        { part: 'payroll-tax', amount: rub(22_650), share: '0.062268' },
        { part: 'overhead', amount: rub(18_750), share: '0.051546' },
        { part: 'idle-time', amount: rub(116_400), share: '0.320000' },
        { part: 'revenue-tax', amount: rub(21_825), share: '0.060000' },
        { part: 'margin', amount: rub(109_125), share: '0.300000' },
      ],
      internalText: 'An hour of designer is sold for 3,637.50 RUB.',
      clientSafe: {
        role: 'designer',
        price: rub(363_750),
        vat: rub(72_750),
        priceWithVat: rub(436_500),
        revenueTax: rub(21_825),
        facts: [
          { fact: 'salary', share: null, text: 'The price pays the specialist’s salary.' },
          { fact: 'utilisation', share: '0.500000', text: 'Of the hours that we pay, 50% are worked for clients.' },
          { fact: 'taxes', share: '0.060000', text: 'Of the price, 6% is tax on revenue.' },
          { fact: 'margin', share: null, text: 'What is left keeps the company going and lets it earn.' },
        ],
        text: 'An hour of designer costs 3,637.50 RUB.',
      },
      language: 'en',
      currency: 'RUB',
      rateId: '0b7c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      asOf: '2026-03-31',
      knownAt: 6,
      formulaVersion: '2026.1',
    },
  },
});
