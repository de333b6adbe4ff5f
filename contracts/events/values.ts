import { z } from 'zod';

/** The values that events and requests share. Money and time are integers, ratios and rates decimal strings. */

/** An id of ours (UUID) or the caller's own, given on creation. */
export const id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
    'an id has 1-64 letters, digits or . _ : - and begins with a letter or digit',
  )
  .meta({ description: 'A UUIDv7, or the caller’s own id given on creation', examples: ['landing-design'] });

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'a currency is three capital letters of ISO 4217')
  .meta({ description: 'ISO 4217 code', examples: ['RUB'] });

/** The largest amount of money in minor units: ten trillion major units, well within a safe integer. */
export const MAX_MINOR = 1_000_000_000_000_000;

export const money = z.strictObject({ minor: z.int().min(-MAX_MINOR).max(MAX_MINOR), currency }).meta({
  id: 'Money',
  description: 'An amount in minor units of its currency',
  examples: [{ minor: 1375, currency: 'EUR' }],
});
export const positiveMoney = z
  .strictObject({ minor: z.int().positive().max(MAX_MINOR), currency })
  .meta({ description: 'An amount above zero, in minor units', examples: [{ minor: 1500000, currency: 'RUB' }] });
export const unsignedMoney = z
  .strictObject({ minor: z.int().min(0).max(MAX_MINOR), currency })
  .meta({ description: 'An amount of zero or more, in minor units', examples: [{ minor: 1500000, currency: 'RUB' }] });

/** Major units an hour, up to 4 decimals: `2328.0000`. */
export const ratePerHour = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,4})?$/, 'a rate is a decimal string in major units an hour with at most 4 decimals')
  .meta({ description: 'Major units an hour, up to 4 decimals', examples: ['2328.0000'] });

/** A share of one, up to 6 decimals: `0.302`. */
export const share = z
  .string()
  .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'a share is a decimal string from 0 to 1 with at most 6 decimals')
  .meta({ description: 'A decimal from 0 to 1, up to 6 decimals', examples: ['0.302'] });

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FEBRUARY = 2;
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
/** Of what is written as a date. Counted, since making and writing a `Date` costs more than all else of a request's check. */
const realDate = (text: string) => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const last = month === FEBRUARY && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= last;
};
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;
const plausible = (text: string) => Number(text.slice(0, 4)) >= FIRST_YEAR && Number(text.slice(0, 4)) <= LAST_YEAR;

export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written 2026-03-16')
  .refine(realDate, 'there is no such date')
  .refine(plausible, `a date lies between ${FIRST_YEAR} and ${LAST_YEAR}`)
  .meta({ description: 'A calendar date', format: 'date', examples: ['2026-03-16'] });

export const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is written 2026-03')
  .refine(plausible, `a month lies between ${FIRST_YEAR} and ${LAST_YEAR}`)
  .meta({ description: 'A calendar month in the agency’s time zone', examples: ['2026-03'] });

export const instant = z.iso
  .datetime({ offset: true })
  .refine(plausible, `an instant lies between ${FIRST_YEAR} and ${LAST_YEAR}`)
  .meta({ description: 'RFC 3339 instant with offset', examples: ['2026-03-16T09:30:00+03:00'] });

const MAX_PLANNED_SECONDS = 360_000_000;
/** Seconds of one entry: more than none, at most a day. */
export const entrySeconds = z
  .int()
  .positive()
  .max(86_400)
  .meta({ examples: [7200] });
/** Seconds of a plan or an estimate. */
export const plannedSeconds = z
  .int()
  .min(0)
  .max(MAX_PLANNED_SECONDS)
  .meta({ examples: [144_000] });

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const clean = (text: string) => !CONTROL.test(text) && text.isWellFormed();
const text = (max: number) =>
  z.string().trim().min(1).max(max).refine(clean, 'the text holds control characters or a broken surrogate pair');

export const name = text(200).meta({ examples: ['Landing design'] });
export const note = text(2_000).meta({ examples: ['Second round of the hero section'] });
export const reason = text(1_000).meta({ examples: ['The payslip of March shows the new salary'] });
/** The caller's reference to the same thing in another system. */
export const externalRef = text(200).meta({ examples: ['TRACKER-4711'] });

export const role = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._/&+-]{0,59}$/u, 'a role has 1-60 letters, digits, spaces or . _ / & + -')
  .meta({ description: 'What a specialist sells', examples: ['designer'] });

export const serviceType = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._/&+-]{0,59}$/u, 'a service type has 1-60 letters, digits, spaces or . _ / & + -')
  .meta({ description: 'What kind of service a stage is', examples: ['landing-page'] });

export const activity = z.enum(['production', 'communication', 'travel', 'rework', 'management']);
export type Activity = z.infer<typeof activity>;

export const channel = z.enum(['call', 'email', 'chat', 'meeting', 'site-visit', 'portal', 'other']);
export type Channel = z.infer<typeof channel>;

export type Money = z.infer<typeof money>;
