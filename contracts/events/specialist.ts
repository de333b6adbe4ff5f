import { z } from 'zod';
import { costBasis } from './agency.ts';
import { event } from './event.ts';
import { currency, date, externalRef, id, MAX_MINOR, name, ratePerHour, role, share } from './values.ts';

export const specialistKind = z.enum(['employee', 'contractor']);

export const specialistAdded = event('SpecialistAdded', 1, {
  specialistId: id,
  name,
  role,
  kind: specialistKind,
  externalRef: externalRef.nullable(),
});

/** What an hour of a specialist is made of; from it the rate was derived when it was set. */
export const costBreakdown = z.strictObject({
  monthlySalaryMinor: z.int().min(0).max(MAX_MINOR),
  payrollTax: share,
  monthlyOverheadMinor: z.int().min(0).max(MAX_MINOR),
  monthlyHours: z.int().positive().max(744),
  utilisation: share,
});
export type CostBreakdown = z.infer<typeof costBreakdown>;

export const costRateSet = event('CostRateSet', 1, {
  rateId: id,
  specialistId: id,
  effectiveFrom: date,
  ratePerHour,
  currency,
  basis: costBasis,
  breakdown: costBreakdown.nullable(),
});

/** Works no more from the day after; what was worked until then stays as it is. */
export const specialistDeactivated = event('SpecialistDeactivated', 1, { specialistId: id, deactivatedOn: date });

export const specialistEvents = [specialistAdded, costRateSet, specialistDeactivated] as const;
