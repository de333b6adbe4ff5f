import { z } from 'zod';
import { derivedDate } from '../../events/derived-values.ts';
import { date, id, month, name, role } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, optionalReason, page, provenance, ratio, receipt, timeAxes } from '../values.ts';

const monthlyHours = z
  .int()
  .positive()
  .max(744)
  .meta({ examples: [160] });

export const setWorkingHours = command({
  operationId: 'setWorkingHours',
  method: 'POST',
  path: '/v1/agency/working-hours',
  tag: 'agency',
  summary: 'Set how many hours a month somebody is available, where no cost breakdown says so',
  description:
    'From a date on; a second setting of the same date supersedes the first. A specialist whose cost rate has a breakdown has the monthly hours of that.',
  permission: 'agency:configure',
  body: z.strictObject({ monthlyHours, effectiveFrom: date, reason: optionalReason }),
  response: z.object({ monthlyHours, effectiveFrom: date, ...receipt }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    body: { monthlyHours: 160, effectiveFrom: '2026-01-01' },
    response: { monthlyHours: 160, effectiveFrom: '2026-01-01', revision: 2, position: 7 },
  },
});

/** Negative where adjustments posted in the month take more away than was worked in it. */
const seconds = z.int();

const worked = {
  seconds: seconds.meta({ description: 'All that was logged in the month: billable, not billable and goodwill' }),
  billableSeconds: seconds,
  nonBillableSeconds: seconds,
  goodwillSeconds: seconds.meta({ description: 'Done free of charge, on purpose' }),
};

const availability = {
  availableSeconds: z
    .int()
    .min(0)
    .nullable()
    .meta({ description: 'The denominator; null when nobody knows how many hours are available' }),
  utilisation: ratio.meta({ description: 'billableSeconds / availableSeconds' }),
};

const span = z.object({
  from: derivedDate,
  to: derivedDate.meta({ description: 'The first day that is not in the span any more' }),
  monthlyHours,
  source: z.enum(['cost-rate', 'agency']).meta({
    description: '`cost-rate`: the breakdown of the cost rate in force; `agency`: the working hours of the agency',
  }),
});

const personLine = z.object({
  specialistId: id,
  name,
  role,
  ...worked,
  ...availability,
  assumedUtilisation: ratio.meta({
    description: 'What the breakdown of the cost rate assumes; null when there is none, or hidden for this role',
  }),
  denominator: z.array(span).meta({
    description: 'Where the available seconds come from: monthly hours by calendar days of the month',
  }),
});

const sums = {
  people: z.int().min(0),
  ...worked,
  ...availability,
  unknownAvailability: z
    .object({ people: z.int().min(0), billableSeconds: seconds })
    .meta({ description: 'People whose available hours nobody knows: left out of the utilisation, and counted' }),
};

const anna = { seconds: 504_000, billableSeconds: 432_000, nonBillableSeconds: 57_600, goodwillSeconds: 14_400 };
const annaAvailable = { availableSeconds: 576_000, utilisation: '0.750000' };
const known = { people: 0, billableSeconds: 0 };

export const getUtilisation = question({
  operationId: 'getUtilisation',
  path: '/v1/utilisation/:month',
  tag: 'agency',
  summary: 'Billable by available hours of a month, per person and role',
  description:
    'Available are the monthly hours of the cost rate’s breakdown, else the agency’s working hours, by calendar days: from the day of the first cost rate until the deactivation, and in a running month until today. All hours that were logged count, approved or not; an adjustment counts in the month in which it is posted. A person whose hours nobody knows is never guessed, but counted.',
  permission: 'time:read',
  params: { month },
  query: { specialistId: id.optional(), role: role.optional(), knownAt: timeAxes.knownAt, ...page },
  response: z.object({
    month,
    through: derivedDate.nullable().meta({ description: 'The last day counted; null while the month has not begun' }),
    items: z.array(personLine).meta({ description: 'By specialist' }),
    nextCursor,
    roles: z
      .array(z.object({ role, ...sums }))
      .meta({ description: 'Of all people asked for, not of this page alone' }),
    total: z.object(sums),
    knownAt: provenance.knownAt,
    formulaVersion: provenance.formulaVersion,
  }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    params: { month: '2026-03' },
    response: {
      month: '2026-03',
      through: '2026-03-31',
      items: [
        {
          specialistId: 'anna',
          name: 'Anna',
          role: 'designer',
          ...anna,
          ...annaAvailable,
          assumedUtilisation: '0.500000',
          denominator: [{ from: '2026-03-01', to: '2026-04-01', monthlyHours: 160, source: 'cost-rate' }],
        },
      ],
      nextCursor: null,
      roles: [{ role: 'designer', people: 1, ...anna, ...annaAvailable, unknownAvailability: known }],
      total: { people: 1, ...anna, ...annaAvailable, unknownAvailability: known },
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
