import { z } from 'zod';
import { question } from '../operation.ts';
import { evidencePack, evidenceRefusals, packExample, since } from './evidence.ts';

export const getReceipt = question({
  operationId: 'getReceipt',
  path: '/v1/receipts',
  tag: 'audit',
  summary: 'The receipt of a command: what it recorded, and the signed proof that the log holds it',
  description:
    'By the `Log-Position` of the command’s answer (its `Receipt` header is this address), or by its Idempotency-Key. It is ready within a second. Whoever may not read the audit trail sees the receipts of their own commands. The file is checked as a dispute pack is.',
  permission: ['audit:read', 'receipts:read'],
  query: {
    position: z.coerce
      .number()
      .int()
      .min(1)
      .max(Number.MAX_SAFE_INTEGER)
      .optional()
      .meta({ examples: [81] }),
    commandKey: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .meta({ examples: ['agree-font-change'] }),
    ...since,
  },
  file: 'receipt.json',
  response: evidencePack,
  refusals: {
    ...evidenceRefusals,
    'receipt-unnamed': 'Name either the position or the commandKey.',
  },
  example: {
    query: { position: '70' },
    response: { ...packExample, subject: { kind: 'command' as const, id: 'register-font-change' } },
  },
});
