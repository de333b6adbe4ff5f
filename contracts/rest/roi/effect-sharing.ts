import { z } from 'zod';
import { id, month, share } from '../../events/index.ts';
import { command } from '../operation.ts';
import { optionalReason, receipt } from '../values.ts';

const MOST_SHARING = 20;
const each = (projects: readonly { readonly projectId: string }[]) =>
  new Set(projects.map(({ projectId }) => projectId)).size === projects.length;

export const shareEffect = command({
  operationId: 'shareEffect',
  method: 'POST',
  path: '/v1/clients/:clientId/effect-sharing',
  tag: 'roi',
  summary: 'Say which projects share one effect, so that its gain is not counted twice',
  description:
    'The effect is measured at `projectId`, which is among those that share it. From the month on its gain is cut up by the stated shares, which add up to one; without shares by what each project has cost so far. What is measured at the other projects themselves no longer counts. Naming `projectId` alone ends the sharing.',
  permission: 'business:write',
  status: 201,
  params: { clientId: id },
  body: z.strictObject({
    projectId: id.meta({ description: 'Where the effect is measured' }),
    effectiveFrom: month,
    projects: z
      .array(z.strictObject({ projectId: id, share: share.optional() }))
      .min(1)
      .max(MOST_SHARING)
      .refine(each, 'each project once'),
    reason: optionalReason,
  }),
  response: z.object({
    clientId: id,
    projectId: id,
    effectiveFrom: month,
    shares: z.array(z.object({ projectId: id, share: share.nullable() })),
    ...receipt,
  }),
  refusals: {
    'client-not-found': 'There is no such client.',
    'project-not-of-client': 'Every project that shares the effect is one of this client.',
    'source-not-listed': 'The project at which the effect is measured shares it, too; with a share of 0 if need be.',
    'shares-incomplete': 'State a share for every project, or for none.',
    'shares-not-one': 'The shares add up to exactly one.',
    'already-shares': 'One of the projects shares another effect in the same months already.',
  },
  example: {
    params: { clientId: 'flora' },
    body: {
      projectId: 'flora-site',
      effectiveFrom: '2026-01',
      projects: [
        { projectId: 'flora-site', share: '0.6' },
        { projectId: 'flora-ads', share: '0.4' },
      ],
    },
    response: {
      clientId: 'flora',
      projectId: 'flora-site',
      effectiveFrom: '2026-01',
      shares: [
        { projectId: 'flora-site', share: '0.6' },
        { projectId: 'flora-ads', share: '0.4' },
      ],
      revision: 2,
      position: 99,
    },
  },
});
