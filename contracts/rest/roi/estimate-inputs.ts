import { z } from 'zod';
import { currency } from '../../events/index.ts';

const currencies = new Set(Intl.supportedValuesOf('currency'));
const MAX_AMOUNT = 1_000_000_000_000;
const MAX_MONTHS = 120;

const amount = z.coerce.number().int().min(0).max(MAX_AMOUNT);

const gains = z
  .string()
  .regex(
    /^\d{1,12}(,\d{1,12}){0,119}$/,
    'gains are whole minor units of up to 12 digits, with commas between, 120 at most',
  );

const range = (value: string, what: string) =>
  z.string().regex(new RegExp(`^${value}(\\.\\.${value}\\.\\.${value})?$`), what);
const counts = range('\\d{1,9}', 'a whole number, or low..stated..high');
const minors = range('\\d{1,12}', 'whole minor units, or low..stated..high');
const shares = range('(?:0(?:\\.\\d{1,6})?|1(?:\\.0{1,6})?)', 'a share from 0 to 1, or low..stated..high');

/** What an estimate is made of: the gains themselves, or the facts that they follow from. */
export const estimateInputs = {
  setupMinor: amount.default(0).meta({ description: 'Paid once', examples: [20000000] }),
  monthlyFeeMinor: amount.default(0).meta({ description: 'Paid every month', examples: [5000000] }),
  gainsMinor: gains.optional().meta({
    description: 'The client’s gain of each month, separated by commas; the last one repeats',
    examples: ['3000000,6000000,9000000'],
  }),
  gainsLowMinor: gains.optional().meta({ description: 'The same at worst; gainsMinor when absent' }),
  gainsHighMinor: gains.optional().meta({ description: 'The same at best; gainsMinor when absent' }),
  extraInquiries: counts
    .optional()
    .meta({ description: 'Inquiries more a month than before; or', examples: ['10..20..30'] }),
  extraVisitors: counts.optional().meta({ description: 'visitors more a month than before, with `conversion`' }),
  conversion: shares.optional().meta({ description: 'Share of site visitors who inquire' }),
  closeRate: shares
    .optional()
    .meta({ description: 'Share of inquiries that become a sale', examples: ['0.2..0.25..0.3'] }),
  averageCheckMinor: minors.optional().meta({ description: 'Average check in minor units', examples: ['1200000'] }),
  grossMargin: shares.optional().meta({ description: 'Share of the check left after the cost of goods' }),
  rampMonths: z.coerce
    .number()
    .int()
    .min(1)
    .max(36)
    .default(1)
    .meta({ description: 'With facts: months over which the gain grows, in equal steps, to the whole of it' }),
  currency: currency
    .refine((code) => currencies.has(code), 'not a currency of ISO 4217')
    .meta({ description: 'Of all amounts' }),
  months: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_MONTHS)
    .default(12)
    .meta({ description: 'Months to calculate; the payback month is looked for beyond them' }),
};

export const inputRefusals = {
  'gains-or-facts':
    'State either gainsMinor, or the facts: extraInquiries (or extraVisitors and conversion), closeRate, averageCheckMinor and grossMargin.',
  'range-out-of-order': 'A range is written low..stated..high, and low <= stated <= high; so are lists of gains.',
  'beyond-range': 'The amounts multiply beyond what can be counted exactly.',
};
