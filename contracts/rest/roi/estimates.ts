import { z } from 'zod';
import { derivedMonth } from '../../events/derived-values.ts';
import { currency, date, id, month, name, roiEstimateShared } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, optionalReason, page, provenance, ratio, receipt, shownMoney, timeAxes } from '../values.ts';
import { estimateInputs, inputRefusals } from './estimate-inputs.ts';

const { setup, monthlyFee, months, gainsMinor, roi, paybackMonth, formulaVersion } = roiEstimateShared.schema.shape;
const shared = {
  estimateId: id,
  clientId: id.nullable(),
  title: name,
  sharedOn: date,
  setup,
  monthlyFee,
  months,
  gainsMinor,
  roi,
  paybackMonth,
  formulaVersion,
};

const rub = (minor: number) => ({ minor, currency: 'RUB' });
const exampleShared = {
  estimateId: 'flora-proposal',
  clientId: 'flora',
  title: 'Promotion of the site',
  sharedOn: '2025-09-20',
  setup: rub(20000000),
  monthlyFee: rub(5000000),
  months: 12,
  gainsMinor: { low: [3000000, 6000000], base: [3000000, 6000000, 9000000], high: [4000000, 9000000] },
  roi: { low: '-0.137500', base: '0.237500', high: '0.287500' },
  paybackMonth: { low: 23, base: 8, high: 7 },
  formulaVersion: '2026.1',
};

export const shareRoiEstimate = command({
  operationId: 'shareRoiEstimate',
  method: 'POST',
  path: '/v1/roi/estimates',
  tag: 'roi',
  summary: 'Keep an estimate as it was shared with a proposal',
  description:
    'Takes what estimateRoi takes, and keeps what it answers: what was told stays as it was, whatever becomes of the formula.',
  permission: 'business:write',
  status: 201,
  body: z.strictObject({
    estimateId: id.optional(),
    clientId: id.optional().meta({ description: 'Absent for somebody who is not a client yet' }),
    title: name,
    sharedOn: date.optional().meta({ description: 'Today when absent' }),
    ...estimateInputs,
    reason: optionalReason,
  }),
  response: z.object({ ...shared, ...receipt }),
  refusals: {
    ...inputRefusals,
    'agency-not-configured': 'The agency has not been configured yet, so its currency is not known.',
    'client-not-found': 'There is no such client.',
    'currency-mismatch': 'An estimate that is shared is in the agency’s currency.',
    'estimate-exists': 'An estimate of this id was shared before.',
  },
  example: {
    body: {
      estimateId: 'flora-proposal',
      clientId: 'flora',
      title: 'Promotion of the site',
      sharedOn: '2025-09-20',
      setupMinor: 20000000,
      monthlyFeeMinor: 5000000,
      gainsMinor: '3000000,6000000,9000000',
      gainsLowMinor: '3000000,6000000',
      gainsHighMinor: '4000000,9000000',
      currency: 'RUB',
    },
    response: { ...exampleShared, revision: 0, position: 60 },
  },
});

export const linkRoiEstimate = command({
  operationId: 'linkRoiEstimate',
  method: 'POST',
  path: '/v1/roi/estimates/:estimateId/project',
  tag: 'roi',
  summary: 'Say which project an estimate was sold as, and which month is its first',
  permission: 'business:write',
  params: { estimateId: id },
  body: z.strictObject({ projectId: id, startMonth: month, reason: optionalReason }),
  response: z.object({ estimateId: id, projectId: id, clientId: id, startMonth: month, ...receipt }),
  refusals: {
    'estimate-not-found': 'There is no such estimate.',
    'project-not-found': 'There is no such project.',
    'other-client': 'The estimate was made for another client.',
    'nothing-changed': 'The estimate says this already.',
  },
  example: {
    params: { estimateId: 'flora-proposal' },
    body: { projectId: 'flora-site', startMonth: '2025-10' },
    response: {
      estimateId: 'flora-proposal',
      projectId: 'flora-site',
      clientId: 'flora',
      startMonth: '2025-10',
      revision: 1,
      position: 61,
    },
  },
});

const actual = z
  .object({
    projectId: id,
    startMonth: month,
    monthsCompared: z.int().min(0).meta({ description: 'Complete months from the first whose gain is known' }),
    monthsUnknown: z.int().min(0).meta({ description: 'Complete months left out of both sides: no gain is known' }),
    estimatedGain: z.object({ low: shownMoney, base: shownMoney, high: shownMoney }),
    actualGain: shownMoney,
    gainBias: ratio.meta({ description: '(estimated - actual) / actual: above 0 we promised too much' }),
    withinRange: z.boolean().nullable().meta({ description: 'Whether the actual gain lies within low and high' }),
    estimatedCost: shownMoney.meta({ description: 'Over all complete months' }),
    actualCost: shownMoney,
    estimatedPayback: derivedMonth.nullable(),
    actualPayback: derivedMonth.nullable().meta({ description: 'Reached or projected; null: none' }),
    suppressed: z.boolean(),
  })
  .nullable()
  .meta({ description: 'Null until the estimate is linked to a project' });

const exampleActual = {
  projectId: 'flora-site',
  startMonth: '2025-10',
  monthsCompared: 3,
  monthsUnknown: 1,
  estimatedGain: { low: rub(15000000), base: rub(18000000), high: rub(22000000) },
  actualGain: rub(16000000),
  gainBias: '0.125000',
  withinRange: true,
  estimatedCost: rub(40000000),
  actualCost: rub(41500000),
  estimatedPayback: '2026-05',
  actualPayback: '2026-06',
  suppressed: false,
};

export const getRoiEstimate = question({
  operationId: 'getRoiEstimate',
  path: '/v1/roi/estimates/:estimateId',
  tag: 'roi',
  summary: 'An estimate that was shared, against what came of it',
  permission: 'business:read',
  params: { estimateId: id },
  query: timeAxes,
  response: z.object({ ...shared, actual, asOf: provenance.asOf, knownAt: provenance.knownAt }),
  example: {
    params: { estimateId: 'flora-proposal' },
    query: { asOf: '2026-01-31' },
    response: { ...exampleShared, actual: exampleActual, asOf: '2026-01-31', knownAt: 128 },
  },
});

export const listRoiEstimates = question({
  operationId: 'listRoiEstimates',
  path: '/v1/roi/estimates',
  tag: 'roi',
  summary: 'The estimates that were shared, the latest first',
  permission: 'business:read',
  query: { clientId: id.optional(), ...page, knownAt: timeAxes.knownAt },
  response: z.object({
    items: z.array(z.object({ ...shared, projectId: id.nullable(), startMonth: month.nullable() })),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    query: { clientId: 'flora' },
    response: {
      items: [{ ...exampleShared, projectId: 'flora-site', startMonth: '2025-10' }],
      nextCursor: null,
      knownAt: 128,
    },
  },
});

export const getForecastingBias = question({
  operationId: 'getForecastingBias',
  path: '/v1/roi/forecasting-bias',
  tag: 'roi',
  summary: 'Whether the agency promises too much or too little, over all estimates that it shared',
  description:
    '`bias = (sum of estimated gains - sum of actual gains) / sum of actual gains`, over the complete months whose gain is known, of every estimate that became a project. Above 0 the agency is too optimistic.',
  permission: 'business:read',
  query: timeAxes,
  response: z.object({
    currency,
    estimates: z.int().min(0).meta({ description: 'Estimates compared' }),
    notComparable: z.int().min(0).meta({ description: 'Shared, but without a project or a month whose gain is known' }),
    estimatedGain: shownMoney,
    actualGain: shownMoney,
    bias: ratio,
    withinRange: z.int().min(0).meta({ description: 'Estimates whose actual gain lies within their low and high' }),
    verdict: z.enum(['optimistic', 'realistic', 'pessimistic', 'unknown']).meta({
      description: 'realistic: within 10%; unknown: nothing to compare yet',
    }),
    items: z.array(z.object({ estimateId: id, monthsCompared: z.int(), gainBias: ratio, withinRange: z.boolean() })),
    asOf: provenance.asOf,
    knownAt: provenance.knownAt,
    formulaVersion: provenance.formulaVersion,
  }),
  refusals: { 'agency-not-configured': 'The agency has not been configured yet.' },
  example: {
    query: { asOf: '2026-01-31' },
    response: {
      currency: 'RUB',
      estimates: 1,
      notComparable: 0,
      estimatedGain: rub(18000000),
      actualGain: rub(16000000),
      bias: '0.125000',
      withinRange: 1,
      verdict: 'optimistic',
      items: [{ estimateId: 'flora-proposal', monthsCompared: 3, gainBias: '0.125000', withinRange: true }],
      asOf: '2026-01-31',
      knownAt: 128,
      formulaVersion: '2026.1',
    },
  },
});
