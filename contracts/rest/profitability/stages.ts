import { z } from 'zod';
import {
  activity,
  date,
  externalRef,
  id,
  month,
  name,
  plannedSeconds,
  plannedWork,
  serviceType,
  unsignedMoney,
} from '../../events/index.ts';
import { command, question } from '../operation.ts';
import { nextCursor, optionalReason, page, provenance, receipt, timeAxes } from '../values.ts';
import { ids, rub } from './examples.ts';
import { stageStatus } from './figures.ts';
import { closedMeaning, notFound, notStarted, otherCurrency, stageParams } from './stage-meanings.ts';

const billingAsked = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), fee: unsignedMoney }),
    z.strictObject({
      kind: z.literal('time-and-materials'),
      cap: unsignedMoney.optional().meta({ description: 'The client pays no more than this' }),
    }),
    z.strictObject({ kind: z.literal('retainer'), monthlyFee: unsignedMoney, fromMonth: month, toMonth: month }),
  ])
  .refine((billing) => billing.kind !== 'retainer' || billing.fromMonth <= billing.toMonth, {
    message: 'a retainer does not end before it begins',
    path: ['toMonth'],
  })
  .meta({ examples: [{ kind: 'fixed', fee: rub(20_000_000) }] });

const work = z
  .array(plannedWork)
  .max(50)
  .refine((lines) => new Set(lines.map((line) => line.role)).size === lines.length, 'a role is named once')
  .meta({ examples: [[{ role: 'designer', seconds: 144_000 }]] });

const splitWork = plannedWork.extend({
  activities: z
    .array(z.strictObject({ activity, seconds: plannedSeconds }))
    .max(5)
    .refine((parts) => new Set(parts.map((part) => part.activity)).size === parts.length, 'an activity is named once')
    .optional()
    .meta({ description: 'What kinds of work the hours are meant for, in whole or in part' }),
});

const ofParts = ({ activities = [], seconds }: z.infer<typeof splitWork>): boolean =>
  activities.reduce((sum, part) => sum + part.seconds, 0) <= seconds;

const plannedByActivity = z
  .array(splitWork.refine(ofParts, { message: 'the parts are longer than the whole', path: ['activities'] }))
  .max(50)
  .refine((lines) => new Set(lines.map((line) => line.role)).size === lines.length, 'a role is named once')
  .meta({
    examples: [
      [
        { role: 'designer', seconds: 144_000, activities: [{ activity: 'production', seconds: 126_000 }] },
        { role: 'manager', seconds: 21_600 },
      ],
    ],
  });

export const planStage = command({
  operationId: 'planStage',
  method: 'POST',
  path: '/v1/stages',
  tag: 'profitability',
  summary: 'Plan a stage of a project: how it is billed, its work by role, its expenses',
  description:
    '`fixed`: a fee for the whole. `time-and-materials`: billable seconds at the bill rate of their work date, up to the cap if there is one. `retainer`: a fee for each month, the first and the last with them.',
  permission: 'projects:write',
  status: 201,
  body: z
    .strictObject({
      stageId: id.optional(),
      projectId: id,
      name,
      serviceType: serviceType.optional().meta({ description: 'The project’s when absent' }),
      billing: billingAsked,
      plannedWork: plannedByActivity,
      plannedExpenses: unsignedMoney.optional(),
      startsOn: date.optional(),
      endsOn: date.optional(),
      externalRef: externalRef.optional(),
    })
    .refine(({ startsOn, endsOn }) => startsOn === undefined || endsOn === undefined || startsOn <= endsOn, {
      message: 'a stage does not end before it starts',
      path: ['endsOn'],
    }),
  response: z.object({ ...{ stageId: id, projectId: id, clientId: id }, name, ...receipt }),
  refusals: {
    'stage-exists': 'A stage with this id was planned before.',
    'project-not-found': 'There is no such project.',
    'currency-mismatch': otherCurrency,
    'agency-not-configured': 'The agency has not been configured yet.',
  },
  example: {
    body: {
      stageId: ids.stageId,
      projectId: ids.projectId,
      name: 'Landing design',
      billing: { kind: 'fixed', fee: rub(20_000_000) },
      plannedWork: [
        {
          role: 'designer',
          seconds: 144_000,
          activities: [
            { activity: 'production', seconds: 126_000 },
            { activity: 'rework', seconds: 18_000 },
          ],
        },
        { role: 'manager', seconds: 21_600 },
      ],
    },
    response: { ...ids, name: 'Landing design', revision: 0, position: 13 },
  },
});

export const startStage = command({
  operationId: 'startStage',
  method: 'POST',
  path: '/v1/stages/:stageId/start',
  tag: 'profitability',
  summary: 'Start a stage; its plan becomes the baseline',
  description: 'The planned work is costed at the mean cost rate of each role’s people on the day of the start.',
  permission: 'projects:write',
  params: stageParams,
  body: z.strictObject({ startedOn: date, reason: optionalReason }),
  response: z.object({ stageId: id, startedOn: date, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'stage-already-started': 'The stage was started before.',
    'stage-closed': closedMeaning,
  },
  example: {
    params: { stageId: ids.stageId },
    body: { startedOn: '2026-03-02' },
    response: { stageId: ids.stageId, startedOn: '2026-03-02', revision: 1, position: 14 },
  },
});

export const reviseEstimate = command({
  operationId: 'reviseEstimate',
  method: 'POST',
  path: '/v1/stages/:stageId/estimate',
  tag: 'profitability',
  summary: 'Say what a stage still needs',
  description: 'Roles that are not named need nothing more.',
  permission: 'projects:write',
  status: 201,
  params: stageParams,
  body: z.strictObject({
    revisedOn: date,
    remainingWork: work,
    remainingExpenses: unsignedMoney.optional(),
    reason: optionalReason,
  }),
  response: z.object({ stageId: id, revisedOn: date, ...receipt }),
  refusals: {
    'stage-not-found': notFound,
    'stage-not-started': notStarted,
    'stage-closed': closedMeaning,
    'currency-mismatch': otherCurrency,
  },
  example: {
    params: { stageId: ids.stageId },
    body: { revisedOn: '2026-03-27', remainingWork: [{ role: 'designer', seconds: 14_400 }] },
    response: { stageId: ids.stageId, revisedOn: '2026-03-27', revision: 3, position: 40 },
  },
});

export const listStages = question({
  operationId: 'listStages',
  path: '/v1/stages',
  tag: 'profitability',
  summary: 'The stages, by id',
  permission: 'projects:read',
  query: {
    projectId: id.optional(),
    clientId: id.optional(),
    status: stageStatus.optional(),
    ...page,
    knownAt: timeAxes.knownAt,
  },
  response: z.object({
    items: z.array(
      z.object({
        stageId: id,
        projectId: id,
        clientId: id,
        name,
        serviceType: serviceType.nullable(),
        status: stageStatus,
        startedOn: date.nullable(),
        closedOn: date.nullable(),
      }),
    ),
    nextCursor,
    knownAt: provenance.knownAt,
  }),
  example: {
    query: { status: 'started' },
    response: {
      items: [
        {
          ...ids,
          name: 'Landing design',
          serviceType: null,
          status: 'started',
          startedOn: '2026-03-02',
          closedOn: null,
        },
      ],
      nextCursor: null,
      knownAt: 128,
    },
  },
});
