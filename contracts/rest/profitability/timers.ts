import { z } from 'zod';
import { activity, date, entrySeconds, id, instant, note } from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { optionalReason, provenance, receipt } from '../values.ts';
import { ids } from './examples.ts';
import { destinationRefusals, logRefusals, writers } from './time-rules.ts';

const params = { specialistId: id };
const path = '/v1/specialists/:specialistId/timer';
const notOwnTime = logRefusals['not-own-time'];

const timer = {
  timerId: id,
  specialistId: id,
  stageId: id.nullable(),
  projectId: id,
  startedAt: instant,
};

const exampleTimer = {
  timerId: '7a2c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
  specialistId: 'anna',
  stageId: ids.stageId,
  projectId: ids.projectId,
  startedAt: '2026-03-16T09:00:00+03:00',
};

export const startTimer = command({
  operationId: 'startTimer',
  method: 'POST',
  path: `${path}/start`,
  tag: 'profitability',
  summary: 'Start a specialist’s timer; one runs at a time',
  description: 'The timer is in the log, so it outlives every restart of server and client.',
  permission: writers,
  status: 201,
  params,
  body: z
    .strictObject({
      stageId: id.optional(),
      projectId: id.optional().meta({ description: 'Instead of stageId when the stage is not known' }),
      activity: activity.default('production'),
      billable: z.boolean().optional(),
      goodwill: z.boolean().default(false),
      requestId: id.optional(),
      note: note.optional(),
      startedAt: instant.optional().meta({ description: 'For a start that was forgotten; now when absent' }),
    })
    .refine(({ stageId, projectId }) => (stageId === undefined) !== (projectId === undefined), {
      message: 'give either stageId or projectId',
      path: ['stageId'],
    })
    .refine(({ goodwill, billable }) => !(goodwill && billable === true), {
      message: 'goodwill is free of charge, so it is not billable',
      path: ['billable'],
    }),
  response: z.object({ ...timer, ...receipt }),
  refusals: {
    ...destinationRefusals,
    'specialist-not-found': 'There is no such specialist.',
    'timer-running': 'The specialist has a timer running, which `timerId` names; stop or discard it first.',
    'in-the-future': 'A timer starts now or in the past.',
    'not-own-time': notOwnTime,
  },
  example: {
    params: { specialistId: 'anna' },
    body: { stageId: ids.stageId, note: 'Hero section' },
    response: { ...exampleTimer, revision: 0, position: 60 },
  },
});

export const stopTimer = command({
  operationId: 'stopTimer',
  method: 'POST',
  path: `${path}/stop`,
  tag: 'profitability',
  summary: 'Stop a specialist’s timer and log its hours',
  description:
    'One entry, on the day on which the timer was started where the agency is, also when it ran past midnight. Should the hours be refused, the timer goes on running.',
  permission: writers,
  params,
  body: z.strictObject({
    timerId: id.optional().meta({ description: 'Only this timer; whichever runs when absent' }),
    stoppedAt: instant.optional().meta({ description: 'For a stop that was forgotten; now when absent' }),
  }),
  response: z.object({
    timerId: id,
    specialistId: id,
    entryId: id,
    workDate: date,
    seconds: entrySeconds,
    stoppedAt: instant,
    ...receipt,
  }),
  refusals: {
    ...logRefusals,
    'no-running-timer': 'The specialist has no such timer running.',
    'in-the-future': 'A timer stops now or in the past.',
    'stop-before-start': 'The timer was started after that.',
    'timer-over-24-hours':
      'The timer ran for more than 24 hours: say in `stoppedAt` when the work ended, or discard it and log the hours.',
  },
  example: {
    params: { specialistId: 'anna' },
    body: {},
    response: {
      timerId: exampleTimer.timerId,
      specialistId: 'anna',
      entryId: '5d1c2f3e-9a51-8c1d-8f55-1f2a3b4c5d6e',
      workDate: '2026-03-16',
      seconds: 9_000,
      stoppedAt: '2026-03-16T08:30:00.000Z',
      revision: 1,
      position: 62,
    },
  },
});

export const discardTimer = command({
  operationId: 'discardTimer',
  method: 'POST',
  path: `${path}/discard`,
  tag: 'profitability',
  summary: 'Discard a specialist’s running timer; no hours are logged',
  permission: writers,
  params,
  body: z.strictObject({ reason: optionalReason }),
  response: z.object({ timerId: id, specialistId: id, ...receipt }),
  refusals: { 'no-running-timer': 'The specialist has no timer running.', 'not-own-time': notOwnTime },
  example: {
    params: { specialistId: 'anna' },
    body: { reason: 'Left running over lunch' },
    response: { timerId: exampleTimer.timerId, specialistId: 'anna', revision: 1, position: 61 },
  },
});

export const getRunningTimer = question({
  operationId: 'getRunningTimer',
  path,
  tag: 'profitability',
  summary: 'The timer that a specialist has running, if any',
  permission: ['time:read', 'time:write-own'],
  params,
  response: z.object({
    running: z
      .object({
        ...timer,
        clientId: id,
        activity,
        billable: z.boolean(),
        goodwill: z.boolean(),
        requestId: id.nullable(),
        note: note.nullable(),
        seconds: z.int().min(0).meta({ description: 'Whole seconds since it was started' }),
      })
      .nullable(),
    knownAt: provenance.knownAt,
  }),
  refusals: { 'not-own-time': 'This credential may only see the time of its own specialist.' },
  example: {
    params: { specialistId: 'anna' },
    response: {
      running: {
        ...exampleTimer,
        clientId: ids.clientId,
        activity: 'production',
        billable: true,
        goodwill: false,
        requestId: null,
        note: 'Hero section',
        seconds: 1_830,
      },
      knownAt: 128,
    },
  },
});
