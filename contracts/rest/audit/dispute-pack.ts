import { z } from 'zod';
import { id } from '../../events/values.ts';
import { question } from '../operation.ts';
import { evidencePack, evidenceRefusals, packExample, since } from './evidence.ts';

export const getDisputePack = question({
  operationId: 'getDisputePack',
  path: '/v1/dispute-packs/:subject/:subjectId',
  tag: 'audit',
  summary: 'One file that proves what was asked, agreed and done about a request, an extra payment or a dispute',
  description:
    'Everything that touched it, the words agreed to, a statement in English and Russian, and what proves them. Anybody can check the file offline, with `npx headroom verify FILE` or the page at `/verify`: any change, and anything removed, added or moved, shows. For roles that may not see cost rates the file withholds costs, and proves the rest all the same.',
  permission: ['audit:read', 'requests:read'],
  params: { subject: z.enum(['request', 'extra-payment', 'dispute']), subjectId: id },
  query: since,
  file: 'dispute-pack.json',
  response: evidencePack,
  refusals: evidenceRefusals,
  example: { params: { subject: 'request', subjectId: 'font-change' }, response: packExample },
});
