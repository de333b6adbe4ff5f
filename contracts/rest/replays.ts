import { z } from 'zod';
import { date, id } from '../events/values.ts';
import { command, question } from './operation.ts';
import { operationState } from './operations.ts';

const rowDifference = z.object({
  key: z.array(z.string()),
  kind: z.enum(['only-live', 'only-rebuilt', 'changed']),
  columns: z.array(z.string()).meta({ description: 'Columns that differ' }),
});

const replayResult = z.object({
  events: z.int().min(0).meta({ description: 'Events that were read and folded' }),
  seconds: z.number().min(0),
  eventsPerSecond: z.int().min(0),
  position: z.int().min(0).meta({ description: 'The log position that the compared rows hold for' }),
  compared: z.array(z.string()).meta({ description: 'Projections whose rows were compared' }),
  rowsTouched: z
    .int()
    .min(0)
    .nullable()
    .meta({ description: 'Rows of the scope; null when all rows of the agency were compared' }),
  differences: z
    .array(
      z.object({
        projection: z.string(),
        table: z.string(),
        count: z.int().min(0),
        rows: z.array(rowDifference).meta({ description: 'The first 20' }),
      }),
    )
    .meta({ description: 'Rows that serve and are not what the log gives' }),
  repaired: z.boolean().meta({ description: 'Whether the replayed rows are in place of those that differed' }),
});

const estimate = z.object({
  events: z.int().min(0).meta({ description: 'Events to read: all that the rows follow from, whatever the scope' }),
  rows: z.int().min(0).meta({ description: 'Rows to compare' }),
  seconds: z.number().min(0).meta({ description: 'At the pace of the last replay; of a sample before there was one' }),
  eventsPerSecond: z.int().min(0),
  exact: z.boolean().meta({ description: 'False when a sample of the log’s beginning was scaled up' }),
});

const replay = operationState.extend({ result: replayResult.nullable() }).meta({ id: 'Replay' });

const exampleResult = {
  events: 1_064,
  seconds: 0.412,
  eventsPerSecond: 2_583,
  position: 1_065,
  compared: ['profitability'],
  rowsTouched: 14,
  differences: [],
  repaired: false,
};

export const startReplay = command({
  operationId: 'startReplay',
  method: 'POST',
  path: '/v1/replays',
  tag: 'operations',
  summary: 'Fold the agency’s events anew beside the rows that serve, and compare',
  description: `Always long work (202), unless \`dryRun\` asks for its cost only (200). Figures go on being served from the rows as they are. The scope narrows which rows are compared: those that the events of a stream touch, the events about a specialist, those that name a date of a window; several narrow together. What the rows follow from is read whole.

Rows that differ are reported one by one. \`onDifference: stop\` leaves them and fails; \`repair\` puts the replayed rows of the scope in their place, all at once. Nothing but rows is made: a replay sends nothing, and raises no alert that the log does not give.`,
  permission: 'agency:configure',
  mayTakeLong: true,
  body: z.strictObject({
    projections: z
      .array(z.string().max(64))
      .min(1)
      .max(20)
      .optional()
      .meta({ description: 'All when absent: agency, profitability, relationship, roi' }),
    specialistId: id.optional(),
    streamId: z
      .string()
      .max(300)
      .optional()
      .meta({ examples: ['stage-northlight-landing-design'] }),
    from: date.optional().meta({ description: 'Validity window, half-open: events that name a date from this one on' }),
    to: date.optional(),
    onDifference: z.enum(['stop', 'repair']).default('stop'),
    dryRun: z.boolean().default(false),
  }),
  response: z.object({ dryRun: z.boolean(), estimate }),
  refusals: {
    'projection-not-found': 'There is no such projection.',
    'window-backwards': 'A window ends after it begins.',
  },
  example: {
    body: { projections: ['profitability'], specialistId: 'anna', from: '2026-03-16', dryRun: true },
    response: {
      dryRun: true,
      estimate: { events: 1_064, rows: 14, seconds: 0.412, eventsPerSecond: 2_583, exact: true },
    },
  },
});

const replayId = '9e1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e';

export const getReplay = question({
  operationId: 'getReplay',
  path: '/v1/replays/:replayId',
  tag: 'operations',
  summary: 'How far a replay is, and what it found',
  permission: 'agency:configure',
  params: { replayId: id },
  response: replay,
  example: {
    params: { replayId },
    response: {
      operationId: replayId,
      kind: 'replay',
      status: 'succeeded',
      cancelRequested: false,
      phase: 'done',
      progress: { done: 1_065, total: 1_065, perSecond: 2_583, secondsLeft: null },
      result: exampleResult,
      failure: null,
      requestedAt: '2026-03-31T09:00:00.000Z',
      startedAt: '2026-03-31T09:00:00.120Z',
      finishedAt: '2026-03-31T09:00:00.560Z',
    },
  },
});
