import { z } from 'zod';
import { question } from '../operation.ts';
import { base64Hash, checkpoint, checkpointExample, noCheckpoint, nothingSealed, size } from './checkpoints.ts';

const path = z.array(base64Hash).max(128);

export const getInclusionProof = question({
  operationId: 'getInclusionProof',
  path: '/v1/audit/inclusion-proof',
  tag: 'audit',
  summary: 'What shows that the event at a log position is in the log of a checkpoint',
  description: 'The audit path of RFC 9162, section 2.1.3: from the leaf to the root.',
  permission: 'receipts:read',
  query: {
    position: z.coerce
      .number()
      .int()
      .min(1)
      .max(Number.MAX_SAFE_INTEGER)
      .meta({ examples: [81] }),
    size: size.optional().meta({ description: 'Of the checkpoint; the newest when absent' }),
  },
  response: z.object({
    index: z.int().min(0).meta({ description: 'The event’s place in the tree, from 0' }),
    leafHash: base64Hash,
    path,
    checkpoint,
  }),
  refusals: {
    ...nothingSealed,
    ...noCheckpoint,
    'not-sealed-yet': 'The event came after this checkpoint; the newest one holds it in a moment.',
  },
  example: {
    query: { position: '81' },
    response: {
      index: 80,
      leafHash: 'jFmxxoRdSk3Mpp0vwVKsTXnVqXTVtdS1lvRTAuLAVIA=',
      path: ['11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='],
      checkpoint: checkpointExample,
    },
  },
});

export const getConsistencyProof = question({
  operationId: 'getConsistencyProof',
  path: '/v1/audit/consistency-proof',
  tag: 'audit',
  summary: 'What shows that the log of an earlier checkpoint is the beginning of a later one’s',
  description:
    'The proof of RFC 9162, section 2.1.4. It fails for whoever holds the earlier checkpoint of a log that was rewritten since.',
  permission: 'receipts:read',
  query: {
    first: size.meta({ description: 'Size of the earlier tree' }),
    second: size.optional().meta({ description: 'Size of the later checkpoint; the newest when absent' }),
  },
  response: z.object({ first: z.object({ size: z.int(), root: base64Hash }), path, checkpoint }),
  refusals: {
    ...nothingSealed,
    ...noCheckpoint,
    'first-is-larger': 'The first size must not be larger than the second.',
  },
  example: {
    query: { first: '100' },
    response: {
      first: { size: 100, root: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=' },
      path: ['jFmxxoRdSk3Mpp0vwVKsTXnVqXTVtdS1lvRTAuLAVIA='],
      checkpoint: checkpointExample,
    },
  },
});
