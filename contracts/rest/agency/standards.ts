import { z } from 'zod';
import { date, id, month, reason, reviewStatistic, serviceType, share, standardBasis } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { optionalReason, provenance, receipt, timeAxes } from '../values.ts';

const receivedBasis = standardBasis
  .nullable()
  .meta({ description: 'The monthly review it rests on; null when it names none' });

export const proposeStandard = command({
  operationId: 'proposeStandard',
  method: 'POST',
  path: '/v1/standards',
  tag: 'agency',
  summary: 'Propose the margin that stages are to reach',
  description:
    'Either state the margin, or name a frozen monthly review: the margin is then what the review found (its median unless another statistic is named), of the service type where one is given.',
  permission: 'standards:propose',
  status: 201,
  body: z
    .strictObject({
      standardId: id.optional(),
      margin: share.refine((margin) => Number(margin) < 1, 'a margin lies below 1').optional(),
      review: z
        .strictObject({ month, statistic: reviewStatistic.default('median') })
        .optional()
        .meta({ description: 'The frozen review that the proposal rests on' }),
      effectiveFrom: date,
      serviceType: serviceType
        .optional()
        .meta({ description: 'For stages of this service type only; for the whole agency when absent' }),
      rationale: reason.optional(),
    })
    .refine(({ margin, review }) => margin !== undefined || review !== undefined, {
      message: 'give a margin, or the review to take it from',
      path: ['margin'],
    }),
  response: z.object({ standardId: id, margin: share, effectiveFrom: date, review: receivedBasis, ...receipt }),
  refusals: {
    'standard-exists': 'A standard with this id was proposed before.',
    'review-not-frozen': 'The review of that month has not been frozen.',
    'review-without-margin':
      'The review has no such figure: no stage of the service type brought revenue in that month.',
    'margin-out-of-range': 'The review’s figure is below 0 or not below 1, so it cannot be a standard; state a margin.',
    'margin-suppressed': 'This role may not see that figure of the review; state the margin yourself.',
  },
  example: {
    body: { standardId: 'standard-2026', review: { month: '2025-12' }, effectiveFrom: '2026-01-01' },
    response: {
      standardId: 'standard-2026',
      margin: '0.400000',
      effectiveFrom: '2026-01-01',
      review: { month: '2025-12', statistic: 'median' },
      revision: 0,
      position: 5,
    },
  },
});

export const approveStandard = command({
  operationId: 'approveStandard',
  method: 'POST',
  path: '/v1/standards/:standardId/approval',
  tag: 'agency',
  summary: 'Approve a proposed standard; from its date on it is in force',
  permission: 'standards:approve',
  params: { standardId: id },
  body: z.strictObject({ reason: optionalReason }),
  response: z.object({ standardId: id, margin: share, effectiveFrom: date, ...receipt }),
  refusals: {
    'standard-not-found': 'There is no such standard.',
    'standard-already-approved': 'The standard has been approved already.',
    'approver-is-proposer': 'A standard is approved by another person than proposed it.',
  },
  example: {
    params: { standardId: 'standard-2026' },
    body: {},
    response: { standardId: 'standard-2026', margin: '0.4', effectiveFrom: '2026-01-01', revision: 1, position: 6 },
  },
});

const version = z
  .object({
    standardId: id,
    margin: share,
    serviceType: serviceType.nullable(),
    effectiveFrom: date,
    effectiveTo: date.nullable().meta({
      description: 'The day from which another version holds, and not this one any more; null while none does',
    }),
    rationale: z.string().nullable(),
    review: receivedBasis,
    proposedBy: z.string(),
    proposedAt: z.string(),
    approvedBy: z.string(),
    approvedAt: z.string(),
  })
  .meta({ id: 'StandardVersion' });

const proposal = version
  .omit({ approvedBy: true, approvedAt: true, effectiveTo: true })
  .meta({ id: 'StandardProposal' });

const versionExample = {
  standardId: 'standard-2026',
  margin: '0.4',
  serviceType: null,
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  rationale: null,
  review: { month: '2025-12', statistic: 'median' as const },
  proposedBy: 'key:manager',
  proposedAt: '2026-01-08T09:30:00.000Z',
  approvedBy: 'key:finance',
  approvedAt: '2026-01-09T09:30:00.000Z',
};

export const getStandard = question({
  operationId: 'getStandard',
  path: '/v1/standards/in-force',
  tag: 'agency',
  summary: 'The standard in force on a day, its versions and what is proposed',
  description:
    'The service type’s own standard where it has one by that day, the agency’s otherwise. Of two versions with the same date the one approved later holds; the other keeps its place in the history and was never in force.',
  permission: 'agency:read',
  query: { serviceType: serviceType.optional(), ...timeAxes },
  response: z.object({
    serviceType: serviceType.nullable(),
    standard: version.nullable().meta({ description: 'In force on that day; null when none is' }),
    versions: z
      .array(version)
      .meta({ description: 'All that were ever approved, by their dates: the service type’s own, then the agency’s' }),
    proposals: z.array(proposal).meta({ description: 'Not approved yet' }),
    asOf: provenance.asOf,
    knownAt: provenance.knownAt,
  }),
  example: {
    query: { asOf: '2026-03-31' },
    response: {
      serviceType: null,
      standard: versionExample,
      versions: [versionExample],
      proposals: [],
      asOf: '2026-03-31',
      knownAt: 6,
    },
  },
});
