import { z } from 'zod';
import { event } from './event.ts';
import { date, id, month, name, unsignedMoney } from './values.ts';

const ratioText = z
  .string()
  .regex(/^-?\d+\.\d{6}$/)
  .nullable();
const paybackMonth = z.int().positive().nullable();
const MOST_MONTHS = 120;
/** Minor units of each month; the last one repeats. */
const gains = z.array(z.int()).min(1).max(MOST_MONTHS);
const each = <Value extends z.ZodType>(value: Value) => z.strictObject({ low: value, base: value, high: value });

/** What we told a client a service would bring, as it was calculated then. */
export const roiEstimateShared = event('RoiEstimateShared', 1, {
  estimateId: id,
  /** Null for somebody who is not a client yet. */
  clientId: id.nullable(),
  title: name,
  sharedOn: date,
  setup: unsignedMoney,
  monthlyFee: unsignedMoney,
  months: z.int().positive().max(MOST_MONTHS),
  gainsMinor: each(gains),
  roi: each(ratioText),
  paybackMonth: each(paybackMonth),
  formulaVersion: z.string(),
});

/** The project that the estimate was sold as, and the month that is its first. */
export const roiEstimateLinked = event('RoiEstimateLinked', 1, {
  estimateId: id,
  projectId: id,
  clientId: id,
  startMonth: month,
});

export const roiEstimateEvents = [roiEstimateShared, roiEstimateLinked] as const;
