import { z } from 'zod';
import { instant } from '../../events/values.ts';
import { question } from '../operation.ts';

/** A size as a query parameter: leaves of the tree. */
export const size = z.coerce
  .number()
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER)
  .meta({ description: 'Leaves of the tree', examples: [128] });

export const base64Hash = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/)
  .meta({ description: 'Base64 of 32 bytes (SHA-256)', examples: ['jFmxxoRdSk3Mpp0vwVKsTXnVqXTVtdS1lvRTAuLAVIA='] });

/** A signed tree head. */
export const checkpoint = z
  .object({
    origin: z.string().meta({ description: 'Whose log', examples: ['headroom/northlight'] }),
    size: z.int().min(1).meta({ description: 'Events in the tree' }),
    root: base64Hash,
    position: z.int().min(1).meta({ description: 'Log position of the last event in the tree' }),
    sealedAt: instant,
    note: z.string().meta({
      description:
        'What was signed, and the signature: a signed note after C2SP tlog-checkpoint. Keep it: whoever holds one can tell when the log before it was rewritten.',
    }),
  })
  .meta({ id: 'Checkpoint' });

export const checkpointExample = {
  origin: 'headroom/northlight',
  size: 128,
  root: 'jFmxxoRdSk3Mpp0vwVKsTXnVqXTVtdS1lvRTAuLAVIA=',
  position: 128,
  sealedAt: '2026-03-24T09:12:40.103Z',
  note: 'headroom/northlight\n128\njFmxxoRdSk3Mpp0vwVKsTXnVqXTVtdS1lvRTAuLAVIA=\nposition 128\nsealed 2026-03-24T09:12:40.103Z\n\n\u2014 headroom/northlight 8zYn...\n',
};

export const nothingSealed = { 'nothing-sealed': 'Nothing has been recorded and sealed yet.' } as const;
export const noCheckpoint = {
  'checkpoint-not-found': 'No checkpoint was signed at this size; getCheckpoint gives the newest.',
} as const;

export const getCheckpoint = question({
  operationId: 'getCheckpoint',
  path: '/v1/audit/checkpoint',
  tag: 'audit',
  summary: 'The newest signed checkpoint of the log, or the one of a size',
  description:
    'A checkpoint commits to every event of the agency up to its position; with `Min-Position` it waits for one that reaches it. The signature is Ed25519; getNotaryKey gives the key.',
  permission: 'receipts:read',
  query: { size: size.optional() },
  response: checkpoint,
  refusals: { ...nothingSealed, ...noCheckpoint },
  example: { response: checkpointExample },
});

export const getNotaryKey = question({
  operationId: 'getNotaryKey',
  path: '/v1/notary/key',
  tag: 'audit',
  summary: 'The public key with which checkpoints, receipts and packs are signed',
  description: 'Publish it where others look for it, such as in the contract: a proof is worth what its key is.',
  permission: 'receipts:read',
  response: z.object({
    name: z.string().meta({ description: 'Who signs', examples: ['headroom/northlight'] }),
    algorithm: z.literal('Ed25519'),
    publicKey: z.string().meta({ description: 'Base64 of its 32 bytes' }),
    fingerprint: z.string().meta({ description: 'SHA-256 of the key, in hex' }),
    verifierKey: z.string().meta({ description: 'The same for verifiers of signed notes (C2SP signed-note)' }),
    createdAt: instant,
  }),
  example: {
    response: {
      name: 'headroom/northlight',
      algorithm: 'Ed25519',
      publicKey: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
      fingerprint: '21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9',
      verifierKey: 'headroom/northlight+c94a3b1e+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea',
      createdAt: '2026-03-01T08:00:00.000Z',
    },
  },
});
