import { z } from 'zod';
import { currency, date, instant } from '../events/values.ts';
import { ratio } from './values.ts';

/** What explanations of all services are made of: where a fact comes from, and how a figure was put together. */

export const from = z.array(z.int()).meta({ description: 'Log positions of the events that say so' });

/** Integers as text: they may be beyond what a number holds. */
export const integer = z.string().regex(/^-?\d+$/);

export const rounding = z.object({
  of: z.string(),
  numerator: integer,
  denominator: integer,
  minor: z.int().meta({ description: 'numerator / denominator, halves away from zero' }),
});

export const sum = z.object({
  of: z.string(),
  terms: z.array(z.object({ of: z.string(), minor: z.int() })),
  minor: z.int(),
});

export const fraction = z.object({
  of: z.string(),
  numerator: integer,
  denominator: integer,
  ratio: ratio.meta({ description: 'numerator / denominator to 6 decimals, halves away from zero; null over 0' }),
});

/** Where an event stands in the log, and who told it. */
export const eventReference = z
  .object({
    position: z.int(),
    eventId: z.string(),
    type: z.string().meta({ examples: ['HoursLogged'] }),
    recordedAt: instant,
    actor: z.string().meta({ examples: ['key:0b7c2f3e'] }),
    reason: z.string().nullable(),
  })
  .meta({ id: 'EventReference' });

/** Where a part of a figure is explained in its turn, on the same axes. */
export const explainedBy = z
  .object({
    operationId: z.string().meta({ examples: ['explainStage'] }),
    path: z.string().meta({ examples: ['/v1/stages/landing-design/explanation?asOf=2026-03-31&knownAt=128'] }),
  })
  .meta({ id: 'ExplainedBy', description: 'The question that explains the part, with its axes' });

/** A value of a figure, or by how much it moved. */
export const quantity = z
  .object({
    money: z.object({ minor: z.int(), currency }).optional(),
    ratio: z
      .string()
      .regex(/^-?\d+\.\d{6}$/)
      .optional(),
    count: z.int().optional(),
    points: z.number().optional().meta({ description: 'To hundredths' }),
  })
  .meta({ id: 'Quantity', description: 'A value by its kind: exactly one of them' });

/** A figure at a moment on both axes. */
export const comparedMoment = z.object({
  asOf: date,
  knownAt: z.int(),
  value: quantity.nullable().meta({ description: 'Null where the figure has no value; it then counts as 0' }),
});

/** How many events stand behind a change, and between which they lie. */
export const eventsBehind = z.object({
  count: z.int().min(0),
  first: eventReference.nullable(),
  last: eventReference.nullable(),
});

/** What every comparison of a figure over many things answers. */
export const comparisonOf = <Cause extends z.ZodType>(cause: Cause) => ({
  from: comparedMoment,
  to: comparedMoment,
  difference: quantity,
  causes: z
    .array(z.object({ cause, change: quantity, changes: z.int() }))
    .meta({ description: 'Add up to the difference; the greatest first' }),
});
