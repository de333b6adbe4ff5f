import { z } from 'zod';
import { id, instant } from '../events/values.ts';
import { command, question } from './operation.ts';
import type { Permission } from './permissions.ts';
import { nextCursor, page } from './values.ts';

const status = z.enum(['waiting', 'running', 'succeeded', 'failed', 'cancelled']);

/** Long work as it stands: what a command that takes long is answered with, and what is asked for until it is done. */
export const operationState = z
  .object({
    operationId: id,
    kind: z.string().meta({ description: 'What it does', examples: ['import'] }),
    status,
    cancelRequested: z.boolean(),
    phase: z
      .string()
      .nullable()
      .meta({ description: 'What is being done now', examples: ['logging'] }),
    progress: z.object({
      done: z.int().min(0),
      total: z.int().min(0).nullable().meta({ description: 'Null while nobody knows' }),
      perSecond: z.number().nullable(),
      secondsLeft: z.int().min(0).nullable().meta({ description: 'At the present speed' }),
    }),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'What the command would have answered had it been short; null until the end' }),
    failure: z.string().nullable().meta({ description: 'Why it failed' }),
    requestedAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Operation' });

/** Whoever may begin some long work may look at operations; each shows itself only to those who may begin its like. */
const permission: readonly Permission[] = ['imports:write', 'rates:write', 'agency:configure'];

const params = { operationId: id };
const example = {
  operationId: '9e1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
  kind: 'import',
  status: 'running' as const,
  cancelRequested: false,
  phase: 'logging',
  progress: { done: 81_500, total: 200_000, perSecond: 9_120.5, secondsLeft: 13 },
  result: null,
  failure: null,
  requestedAt: '2026-03-31T09:00:00.000Z',
  startedAt: '2026-03-31T09:00:00.120Z',
  finishedAt: null,
};

export const getOperation = question({
  operationId: 'getOperation',
  path: '/v1/operations/:operationId',
  tag: 'operations',
  summary: 'How far long work is, and what came of it',
  description:
    'Work goes on when a process ends in the midst of it: the next one takes it up where it stood, and nothing is done twice.',
  permission,
  params,
  response: operationState,
  example: { params: { operationId: example.operationId }, response: example },
});

export const listOperations = question({
  operationId: 'listOperations',
  path: '/v1/operations',
  tag: 'operations',
  summary: 'Long work, the newest first',
  permission,
  query: { status: status.optional(), kind: z.string().max(64).optional(), ...page },
  response: z.object({ items: z.array(operationState), nextCursor }),
  example: { query: { status: 'running' }, response: { items: [example], nextCursor: null } },
});

export const cancelOperation = command({
  operationId: 'cancelOperation',
  method: 'POST',
  path: '/v1/operations/:operationId/cancel',
  tag: 'operations',
  summary: 'Ask long work to end',
  description: 'It ends within a moment; what it did until then stands. Work that has ended is left as it is.',
  permission,
  params,
  body: z.strictObject({}),
  response: operationState,
  refusals: {},
  example: {
    params: { operationId: example.operationId },
    body: {},
    response: { ...example, cancelRequested: true },
  },
});
