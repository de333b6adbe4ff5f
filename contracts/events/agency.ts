import { z } from 'zod';
import { event } from './event.ts';
import { currency, date, id, month, name, serviceType, share } from './values.ts';

export const costBasis = z.enum(['capacity', 'billable']);

const weight = z.int().min(0).max(100);
const points = z.int().min(0).max(100);

/** Weights and thresholds of the loyalty score; the defaults are those of the published formulas. */
export const loyaltySettings = z.strictObject({
  weights: z.strictObject({
    profitability: weight,
    profitShare: weight,
    growth: weight,
    unplannedContacts: weight,
    unpaidShare: weight,
    tenure: weight,
    repeatStages: weight,
    paymentDiscipline: weight,
    extraPayments: weight,
    disputes: weight,
    satisfaction: weight,
  }),
  exitBelowValue: points,
  repriceBelowValue: points,
  investFromValue: points,
  highAttentionFrom: points,
});
export type LoyaltySettings = z.infer<typeof loyaltySettings>;

export const defaultLoyaltySettings: LoyaltySettings = {
  weights: {
    profitability: 5,
    profitShare: 3,
    growth: 2,
    unplannedContacts: 5,
    unpaidShare: 5,
    tenure: 2,
    repeatStages: 3,
    paymentDiscipline: 2,
    extraPayments: 2,
    disputes: 1,
    satisfaction: 1,
  },
  exitBelowValue: 20,
  repriceBelowValue: 50,
  investFromValue: 60,
  highAttentionFrom: 50,
};

/** Whether two spans of one person may cover the same minutes. */
export const overlapRule = z.enum(['allow', 'refuse']);

/** A ratio with 6 decimals, zero or more: `0.800000`. */
export const positiveRatio = z.string().regex(/^\d{1,3}\.\d{6}$/, 'a ratio is a decimal string with 6 decimals');

/** How the agency keeps time and watches budgets. */
export const ruleSettings = {
  /** Hours count in the figures only once another person has approved them. */
  approvalRequired: z.boolean(),
  overlap: overlapRule,
  /** Shares of a stage's planned cost at which an alert is raised, in rising order. */
  budgetThresholds: z.array(positiveRatio).max(10),
  /** By how much a stage's margin may fall short of its baseline and still be a hit. */
  kpiTolerance: positiveRatio,
};
export type RuleSettings = z.infer<z.ZodObject<typeof ruleSettings>>;

export const defaultRuleSettings: RuleSettings = {
  approvalRequired: false,
  overlap: 'allow',
  budgetThresholds: ['0.500000', '0.800000', '1.000000'],
  kpiTolerance: '0.000000',
};

/** The second version knows rules of time and budgets, the third weighs payment discipline, disputes and satisfaction. */
export const agencyConfigured = event('AgencyConfigured', 3, {
  name,
  currency,
  /** IANA name. */
  timeZone: z.string().min(1).max(64),
  costBasis,
  loyalty: loyaltySettings,
  ...ruleSettings,
});

/** One unit of `currency` is worth `rate` units of the agency's currency from a date on. */
export const exchangeRateSet = event('ExchangeRateSet', 1, {
  currency,
  rate: z.string().regex(/^\d{1,9}(\.\d{1,8})?$/),
  effectiveFrom: date,
});

/** A figure of a frozen monthly review that a standard can be taken from. */
export const reviewStatistic = z.enum(['weighted', 'lower-quartile', 'median', 'upper-quartile']);
export type ReviewStatistic = z.infer<typeof reviewStatistic>;

/** The review that a proposal rests on; `statistic` is the figure its margin was taken from, null when it was chosen. */
export const standardBasis = z.strictObject({ month, statistic: reviewStatistic.nullable() });
export type StandardBasis = z.infer<typeof standardBasis>;

/** Hours that whoever has no cost breakdown is available in a month, from a date on. */
export const workingHoursSet = event('WorkingHoursSet', 1, {
  monthlyHours: z.int().positive().max(744),
  effectiveFrom: date,
});

export const standardProposed = event('StandardProposed', 2, {
  standardId: id,
  margin: share,
  effectiveFrom: date,
  serviceType: serviceType.nullable(),
  rationale: z.string().nullable(),
  review: standardBasis.nullable(),
  /** The actor, so that the approver can be told from the proposer. */
  proposedBy: z.string(),
});

export const standardApproved = event('StandardApproved', 1, {
  standardId: id,
  margin: share,
  effectiveFrom: date,
  serviceType: serviceType.nullable(),
  approvedBy: z.string(),
});

export const agencyEvents = [agencyConfigured, exchangeRateSet, workingHoursSet] as const;
export const standardEvents = [standardProposed, standardApproved] as const;
