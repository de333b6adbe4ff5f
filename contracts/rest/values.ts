import { z } from 'zod';
import { currency, date, instant } from '../events/values.ts';

/** What every command answers beside its ids. */
export const receipt = {
  /** Revision of the stream after the command; also the `ETag`. */
  revision: z
    .int()
    .min(0)
    .meta({ examples: [3] }),
  /** Position of the command's last event in the log; also the `Log-Position`. */
  position: z
    .int()
    .min(0)
    .meta({ examples: [128] }),
};

/** Optional reason of a command, kept with its events. */
export const optionalReason = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .optional()
  .meta({ description: 'Why; kept with the events for ever', examples: ['Agreed on the phone'] });

/** Money that a role may not see is `null`, and `suppressed` says so. */
export const shownMoney = z
  .object({ minor: z.int(), currency })
  .nullable()
  .meta({ description: 'Minor units; null when suppressed for this role or when the figure has no value' });

/** A ratio with 6 decimals, `null` where its denominator is 0 or where it is suppressed. */
export const ratio = z
  .string()
  .regex(/^-?\d+\.\d{6}$/)
  .nullable()
  .meta({
    description: 'Decimal with 6 places; null where the denominator is 0 or the figure is suppressed',
    examples: ['0.357929'],
  });

/** How complete a figure is: what was left out of it, counted. */
export const quality = z
  .object({
    uncostedSeconds: z.int().min(0).meta({ description: 'Seconds without a cost rate on their work date' }),
    unapprovedSeconds: z.int().min(0).meta({ description: 'Seconds that still await approval' }),
    unattributedSeconds: z.int().min(0).meta({ description: 'Seconds of a known project without a stage' }),
    unpricedSeconds: z
      .int()
      .min(0)
      .meta({ description: 'Billable seconds of stages billed by time, without a bill rate on their work date' }),
    unconvertedAmounts: z
      .array(z.object({ minor: z.int(), currency }))
      .meta({ description: 'Sums left out for want of an exchange rate, one a currency' }),
  })
  .meta({ id: 'Quality' });

export const revenueBasis = z.enum(['earned', 'invoiced', 'cash']);

/** Which revenue the main figures show; all three stand side by side in `bases`. */
export const basisAsked = {
  revenueBasis: revenueBasis
    .default('earned')
    .meta({ description: 'What counts as revenue: what was earned, what was invoiced, or what was paid' }),
};

/** Named in every figure; raised when a formula changes its meaning. */
export const FORMULA_VERSION = '2026.1';

/** What every figure carries, so that a past answer can be asked for again. */
export const provenance = {
  asOf: date.meta({ description: 'Valid time: facts dated later are not in the figure' }),
  knownAt: z.int().min(0).meta({ description: 'Known time: the log position up to which events are in the figure' }),
  formulaVersion: z.string().meta({ examples: ['2026.1'] }),
};

/** The two time axes as query parameters. */
export const timeAxes = {
  asOf: date.optional().meta({ description: 'Valid time: leave out facts dated after this day; today when absent' }),
  knownAt: z
    .union([z.string().regex(/^\d{1,16}$/, 'a log position is a whole number'), instant])
    .optional()
    .meta({ description: 'Known time: a log position, or an RFC 3339 instant; now when absent' }),
};

export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'Rows a page, 200 at most' }),
  cursor: z.string().max(1_000).optional().meta({ description: 'The `nextCursor` of the page before' }),
};

export const nextCursor = z.string().nullable().meta({ description: 'For the next page; null on the last one' });
