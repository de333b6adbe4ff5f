import type { EventData, stageThresholdsSet } from '@headroom/contracts/events';
import type { Handler, ProjectedEvent, Rows } from '@headroom/projecting';
import { timeEntryTable } from '../read-models/tables.ts';
import { watching } from './budget-alerts.ts';
import { type RateEvents, rateHandlers } from './rates.ts';
import { type StageEvents, stageHandlers } from './stages.ts';
import { type TimeEvents, timeHandlers } from './time.ts';
import { type ApprovalEvents, approvalHandlers } from './time-approvals.ts';

interface RateOfPerson {
  readonly specialistId: string;
  readonly effectiveFrom: string;
}

type Watched = RateEvents & StageEvents & TimeEvents & ApprovalEvents & EventData<typeof stageThresholdsSet>;

const ofStage = (_: Rows, { data }: { readonly data: { readonly stageId: string } }): string[] => [data.stageId];
/** The stages of a person's entries from a day on: a rate that holds from then on moves the cost of no other. */
const workedSince = (rows: Rows, tenantId: string, { specialistId, effectiveFrom }: RateOfPerson) =>
  rows
    .where(timeEntryTable, 'bySpecialist', tenantId, specialistId)
    .flatMap(({ workedOn, stageId }) => (workedOn >= effectiveFrom ? [stageId] : []));

const recordedOn = ({ recordedAt }: ProjectedEvent): string => recordedAt.slice(0, 10);

/** The handlers of events that move a stage's cost or its plan, with budgets watched over them. */
export const watchedHandlers = {
  ...rateHandlers,
  ...stageHandlers,
  ...timeHandlers,
  ...approvalHandlers,
  CostRateSet: watching(rateHandlers.CostRateSet, {
    stages: (rows, { tenantId, data }) => workedSince(rows, tenantId, data),
    on: ({ data }) => data.effectiveFrom,
    cause: ({ rateId }) => ({ kind: 'cost-rate', id: rateId }),
  }),
  RateChangeApplied: watching(rateHandlers.RateChangeApplied, {
    stages: (rows, { tenantId, data: { changes } }) => changes.flatMap((change) => workedSince(rows, tenantId, change)),
    on: ({ data }) => data.changes.map(({ effectiveFrom }) => effectiveFrom).sort()[0] ?? '',
    cause: ({ rateChangeId }) => ({ kind: 'cost-rate', id: rateChangeId }),
  }),
  StageStarted: watching(stageHandlers.StageStarted, {
    stages: ofStage,
    on: ({ data }) => data.startedOn,
    cause: () => ({ kind: 'start', id: null }),
  }),
  StageThresholdsSet: watching(stageHandlers.StageThresholdsSet, {
    stages: ofStage,
    on: recordedOn,
    cause: () => ({ kind: 'thresholds', id: null }),
  }),
  ExpenseRecorded: watching(stageHandlers.ExpenseRecorded, {
    stages: ofStage,
    on: ({ data }) => data.incurredOn,
    cause: ({ expenseId }) => ({ kind: 'expense', id: expenseId }),
  }),
  // More is planned from now on: the distance to the next threshold grows, and nothing is raised.
  ExtraPaymentAgreed: watching(stageHandlers.ExtraPaymentAgreed, {
    stages: ofStage,
    on: ({ data }) => data.agreedOn,
    cause: () => ({ kind: 'thresholds', id: null }),
  }),
  HoursLogged: watching(timeHandlers.HoursLogged, {
    stages: (_, { data }) => [data.stageId],
    on: ({ data }) => data.workDate,
    cause: ({ entryId }) => ({ kind: 'time-entry', id: entryId }),
    added: ({ specialistId, workDate, seconds }) => ({ specialistId, day: workDate, seconds }),
  }),
  HoursCorrected: watching(timeHandlers.HoursCorrected, {
    stages: (_, { data: { before, after } }) => [before.stageId, after.stageId],
    on: ({ data }) => data.after.workDate,
    cause: ({ after }) => ({ kind: 'time-entry', id: after.entryId }),
    // No more than what is there now: unless what was there took hours away, its going adds nothing.
    added: ({ before, after: { specialistId, workDate, seconds } }) =>
      before.seconds < 0 || seconds < 0 ? undefined : { specialistId, day: workDate, seconds },
  }),
  // Takes hours away; those of a line that took hours away itself come back.
  HoursVoided: watching(timeHandlers.HoursVoided, {
    stages: (_, { data }) => [data.entry.stageId],
    on: ({ data }) => data.entry.postedOn ?? data.entry.workDate,
    cause: ({ entry }) => ({ kind: 'time-entry', id: entry.entryId }),
    added: ({ entry: { specialistId, workDate, seconds } }) =>
      seconds < 0 ? undefined : { specialistId, day: workDate, seconds: 0 },
  }),
  HoursAdjusted: watching(timeHandlers.HoursAdjusted, {
    stages: (_, { data: { before, after } }) => [before.stageId, after?.stageId ?? null],
    on: ({ data }) => data.postedOn,
    cause: ({ before }) => ({ kind: 'time-entry', id: before.entryId }),
  }),
  HoursApproved: watching(approvalHandlers.HoursApproved, {
    stages: (_, { data }) => data.stageIds,
    on: recordedOn,
    cause: () => ({ kind: 'approval', id: null }),
  }),
} satisfies { readonly [Type in keyof Watched & string]: Handler<Type, Watched[Type]> };
