import { z } from 'zod';
import { date, id, instant, note } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, optionalReason, page, provenance, ratio, receipt, shownMoney, timeAxes } from '../values.ts';
import { ids, rub } from './examples.ts';
import { notFound, stageParams } from './stage-meanings.ts';

const threshold = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,6})?$/, 'a threshold is a decimal with at most 6 decimals')
  .refine((share) => Number(share) > 0, 'a threshold lies above 0')
  .meta({ description: 'A share of the planned cost', examples: ['0.8'] });

const storedThreshold = z.string().meta({ description: 'A share of the planned cost', examples: ['0.800000'] });

export const setStageThresholds = command({
  operationId: 'setStageThresholds',
  method: 'PUT',
  path: '/v1/stages/:stageId/thresholds',
  tag: 'profitability',
  summary: 'Set at which shares of its planned cost a stage raises alerts',
  description:
    'Instead of the agency’s thresholds; none at all with an empty list, the agency’s again with null. A threshold that the cost has passed already raises its alert at once; one that was raised before is not raised again.',
  permission: 'projects:write',
  params: stageParams,
  body: z.strictObject({ thresholds: z.array(threshold).max(10).nullable(), reason: optionalReason }),
  response: z.object({ stageId: id, thresholds: z.array(storedThreshold).nullable(), ...receipt }),
  refusals: { 'stage-not-found': notFound },
  example: {
    params: { stageId: ids.stageId },
    body: { thresholds: ['0.7', '0.9'] },
    response: { stageId: ids.stageId, thresholds: ['0.700000', '0.900000'], revision: 3, position: 60 },
  },
});

export const acknowledgeAlert = command({
  operationId: 'acknowledgeAlert',
  method: 'POST',
  path: '/v1/alerts/:alertId/acknowledgement',
  tag: 'profitability',
  summary: 'Take note of an alert',
  permission: 'projects:write',
  params: { alertId: id },
  body: z.strictObject({ note: note.optional() }),
  response: z.object({ alertId: id, stageId: id, threshold: storedThreshold, ...receipt }),
  refusals: {
    'alert-not-found': 'There is no such alert.',
    'alert-already-acknowledged': 'Somebody took note of this alert before.',
  },
  example: {
    params: { alertId: '9c1d8f55-1f2a-8b4c-8d6e-7b0c2f3e9a51' },
    body: { note: 'An extra payment has been proposed' },
    response: {
      alertId: '9c1d8f55-1f2a-8b4c-8d6e-7b0c2f3e9a51',
      stageId: ids.stageId,
      threshold: '0.800000',
      revision: 4,
      position: 64,
    },
  },
});

/** A threshold of a budget that was crossed. */
export const alert = z
  .object({
    alertId: id,
    stageId: id,
    projectId: id,
    clientId: id,
    threshold: storedThreshold,
    raisedOn: date.meta({ description: 'Date of what brought the cost there' }),
    raisedAt: instant,
    position: z.int().meta({ description: 'Log position of the event that brought the cost there' }),
    cause: z.object({
      kind: z.enum(['time-entry', 'expense', 'cost-rate', 'approval', 'start', 'thresholds']),
      id: z.string().nullable(),
    }),
    cost: shownMoney.meta({ description: 'The stage’s cost when the alert was raised' }),
    plannedCost: shownMoney.meta({ description: 'Baseline and estimated cost of agreed extra payments, then' }),
    share: ratio.meta({ description: 'cost / plannedCost' }),
    acknowledgement: z.object({ at: instant, by: z.string(), note: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Alert' });

export const alertExample = {
  alertId: '9c1d8f55-1f2a-8b4c-8d6e-7b0c2f3e9a51',
  ...ids,
  threshold: '0.800000',
  raisedOn: '2026-03-17',
  raisedAt: '2026-03-17T15:04:05.000Z',
  position: 31,
  cause: { kind: 'time-entry' as const, id: 'anna-5' },
  cost: rub(9_068_850),
  plannedCost: rub(11_001_750),
  share: '0.824310',
  acknowledgement: null,
};

export const listAlerts = question({
  operationId: 'listAlerts',
  path: '/v1/alerts',
  tag: 'profitability',
  summary: 'Budget thresholds that stages have crossed, the latest first',
  description:
    'Each is raised once for a stage and threshold, by the entry, expense or rate that brought the actual cost to that share of the planned cost. When a correction brings the cost below it again the alert stays, and is not raised a second time.',
  permission: ['figures:read', 'projects:write'],
  query: {
    stageId: id.optional(),
    projectId: id.optional(),
    clientId: id.optional(),
    threshold: z
      .string()
      .regex(/^\d{1,3}\.\d{6}$/)
      .optional()
      .meta({ examples: ['0.800000'] }),
    acknowledged: z.enum(['true', 'false']).optional(),
    from: date.optional().meta({ description: 'Raised on this day or later' }),
    to: date.optional().meta({ description: 'Raised before this day' }),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({
    items: z.array(alert),
    nextCursor,
    suppressed: z.boolean().meta({ description: 'True when amounts are hidden from this role' }),
    knownAt: provenance.knownAt,
    formulaVersion: provenance.formulaVersion,
  }),
  example: {
    query: { acknowledged: 'false' },
    response: { items: [alertExample], nextCursor: null, suppressed: false, knownAt: 128, formulaVersion: '2026.1' },
  },
});
