import { z } from 'zod';
import { channel, date, id, inFavourOf, name, note, side } from '../../events/index.ts';
import { question } from '../operation.ts';
import { nextCursor, page, provenance, shownMoney, timeAxes } from '../values.ts';

const status = z.enum(['open', 'assigned', 'ruled']);

const adjustment = z
  .object({
    adjustmentId: id,
    kind: z.enum(['write-off', 'extra-payment', 'goodwill']),
    stageId: id.nullable(),
    amount: shownMoney,
    entryId: id.nullable(),
    outcome: z.enum(['posted', 'refused']).nullable().meta({ description: 'Null while it is being posted' }),
    refusedWith: z.string().nullable(),
  })
  .meta({ id: 'RulingAdjustment', description: 'What a ruling ordered, and what became of it' });

const dispute = {
  disputeId: id,
  requestId: id,
  clientId: id,
  projectId: id,
  stageId: id.nullable(),
  status,
  side,
  raisedBy: name,
  channel,
  disputedOn: date,
  words: note,
  throughPortal: z.boolean(),
  arbiterId: id.nullable(),
  assignedOn: date.nullable(),
  ruledOn: date.nullable(),
  inFavourOf: inFavourOf.nullable(),
  ruling: note.nullable(),
  adjustments: z.array(adjustment),
};

const example = {
  disputeId: 'font-dispute',
  requestId: 'font-change',
  clientId: 'flora',
  projectId: 'flora-site',
  stageId: 'landing-design',
  status: 'ruled' as const,
  side: 'client' as const,
  raisedBy: 'Vera Orlova',
  channel: 'email' as const,
  disputedOn: '2026-03-27',
  words: 'The brief asked for two fonts from the start',
  throughPortal: false,
  arbiterId: 'clara',
  assignedOn: '2026-03-30',
  ruledOn: '2026-04-02',
  inFavourOf: 'both' as const,
  ruling: 'The brief names a headline font and a text font: half of the work was owed',
  adjustments: [
    {
      adjustmentId: '5b8e7d64-3f0f-8f0e-9a6e-0d6e0c0a9b11',
      kind: 'write-off' as const,
      stageId: 'landing-design',
      amount: { minor: 500000, currency: 'RUB' },
      entryId: null,
      outcome: 'posted' as const,
      refusedWith: null,
    },
  ],
};

export const listDisputes = question({
  operationId: 'listDisputes',
  path: '/v1/disputes',
  tag: 'relationship',
  summary: 'Disputes, the newest first',
  permission: 'requests:read',
  query: {
    clientId: id.optional(),
    projectId: id.optional(),
    requestId: id.optional(),
    arbiterId: id.optional(),
    status: z.enum(['open', 'ruled']).optional().meta({ description: '`open`: no ruling yet' }),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({ items: z.array(z.object(dispute)), nextCursor, knownAt: provenance.knownAt }),
  example: { query: { clientId: 'flora' }, response: { items: [example], nextCursor: null, knownAt: 128 } },
});

export const getDispute = question({
  operationId: 'getDispute',
  path: '/v1/requests/:requestId/disputes/:disputeId',
  tag: 'relationship',
  summary: 'One dispute, its ruling, and what became of each adjustment',
  permission: 'requests:read',
  params: { requestId: id, disputeId: id },
  query: { knownAt: timeAxes.knownAt },
  response: z.object({ ...dispute, knownAt: provenance.knownAt }),
  example: {
    params: { requestId: 'font-change', disputeId: 'font-dispute' },
    response: { ...example, knownAt: 128 },
  },
});
