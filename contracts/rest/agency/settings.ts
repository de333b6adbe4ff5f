import { z } from 'zod';
import {
  costBasis,
  currency,
  date,
  defaultLoyaltySettings,
  defaultRuleSettings,
  id,
  loyaltySettings,
  name,
  overlapRule,
  ruleSettings,
  serviceType,
  share,
} from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { optionalReason, provenance, receipt } from '../values.ts';

const knownTimeZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
};
const currencies = new Set(Intl.supportedValuesOf('currency'));

const timeZone = z
  .string()
  .max(64)
  .refine(knownTimeZone, 'not a time zone of the IANA database')
  .meta({ examples: ['Europe/Moscow'] });
const knownCurrency = currency.refine((code) => currencies.has(code), 'not a currency of ISO 4217');

const settings = { name, currency: knownCurrency, timeZone, costBasis };

const requestedRatio = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,6})?$/, 'a ratio is a decimal of zero or more with at most 6 decimals')
  .meta({ examples: ['0.8'] });

/** The same rules as a caller may set them; what is absent takes its default. */
const requestedRules = {
  approvalRequired: ruleSettings.approvalRequired
    .optional()
    .meta({ description: 'Leave hours out of the figures until another person approved them; false when absent' }),
  overlap: overlapRule
    .optional()
    .meta({ description: 'Whether two spans of one person may cover the same minutes; `allow` when absent' }),
  budgetThresholds: z
    .array(requestedRatio.refine((ratio) => Number(ratio) > 0, 'a threshold lies above 0'))
    .max(10)
    .optional()
    .meta({
      description: 'Shares of a stage’s planned cost at which to raise an alert; half, 80% and all when absent',
    }),
  kpiTolerance: requestedRatio
    .optional()
    .meta({ description: 'How far a margin may fall short of its baseline and still be a hit; 0 when absent' }),
};

const { paymentDiscipline, disputes, satisfaction } = defaultLoyaltySettings.weights;
const { weights } = loyaltySettings.shape;

/** Settings that were written down before the last three weights existed still hold. */
const requestedLoyalty = loyaltySettings.extend({
  weights: weights.extend({
    paymentDiscipline: weights.shape.paymentDiscipline.default(paymentDiscipline),
    disputes: weights.shape.disputes.default(disputes),
    satisfaction: weights.shape.satisfaction.default(satisfaction),
  }),
});

const exampleSettings = {
  name: 'Northlight',
  currency: 'RUB',
  timeZone: 'Europe/Moscow',
  costBasis: 'billable' as const,
};

export const configureAgency = command({
  operationId: 'configureAgency',
  method: 'PUT',
  path: '/v1/agency',
  tag: 'agency',
  summary: 'Set the agency’s name, currency, time zone, cost basis, loyalty weights and rules',
  description:
    'The currency and the cost basis are chosen once: all figures are in that currency, and mixing bases would count idle time twice. Everything else may be set again; each version stays in the log.',
  permission: 'agency:configure',
  body: z.strictObject({
    ...settings,
    ...requestedRules,
    loyalty: requestedLoyalty
      .optional()
      .meta({ description: 'Weights and thresholds of the loyalty score; the published defaults when absent' }),
    reason: optionalReason,
  }),
  response: z.object({ ...settings, loyalty: loyaltySettings, ...ruleSettings, ...receipt }),
  refusals: {
    'currency-fixed': 'The agency’s currency was chosen before and cannot change.',
    'cost-basis-fixed': 'The agency’s cost basis was chosen before and cannot change.',
  },
  example: {
    body: exampleSettings,
    response: {
      ...exampleSettings,
      loyalty: defaultLoyaltySettings,
      ...defaultRuleSettings,
      revision: 0,
      position: 1,
    },
  },
});

const rateOfExchange = z
  .string()
  .regex(/^(?=.*[1-9])\d{1,9}(\.\d{1,8})?$/, 'a rate of exchange is a decimal above zero with at most 8 decimals')
  .meta({ description: 'Units of the agency’s currency for one unit of this one', examples: ['101.25'] });

export const setExchangeRate = command({
  operationId: 'setExchangeRate',
  method: 'POST',
  path: '/v1/exchange-rates',
  tag: 'agency',
  summary: 'Set what a unit of another currency is worth from a date on',
  description: 'A missing rate is never taken as 1: amounts without a rate are left out of the figures and counted.',
  permission: 'agency:configure',
  status: 201,
  body: z.strictObject({ currency: knownCurrency, rate: rateOfExchange, effectiveFrom: date, reason: optionalReason }),
  response: z.object({ currency, rate: rateOfExchange, effectiveFrom: date, ...receipt }),
  refusals: {
    'agency-not-configured': 'The agency has not been configured yet.',
    'own-currency': 'The agency’s own currency needs no rate.',
  },
  example: {
    body: { currency: 'EUR', rate: '101.25', effectiveFrom: '2026-03-01' },
    response: { currency: 'EUR', rate: '101.25', effectiveFrom: '2026-03-01', revision: 1, position: 2 },
  },
});

export const getAgency = question({
  operationId: 'getAgency',
  path: '/v1/agency',
  tag: 'agency',
  summary: 'The agency’s settings and the standards that were approved',
  permission: 'agency:read',
  response: z.object({
    ...settings,
    loyalty: loyaltySettings,
    ...ruleSettings,
    workingHours: z
      .array(z.object({ monthlyHours: z.int(), effectiveFrom: date }))
      .meta({ description: 'Hours a month of whoever has no cost breakdown, by date' }),
    standards: z.array(
      z.object({ standardId: id, margin: share, effectiveFrom: date, serviceType: serviceType.nullable() }),
    ),
    knownAt: provenance.knownAt,
  }),
  example: {
    response: {
      ...exampleSettings,
      loyalty: defaultLoyaltySettings,
      ...defaultRuleSettings,
      workingHours: [{ monthlyHours: 160, effectiveFrom: '2026-01-01' }],
      standards: [{ standardId: 'standard-2026', margin: '0.4', effectiveFrom: '2026-01-01', serviceType: null }],
      knownAt: 6,
    },
  },
});
