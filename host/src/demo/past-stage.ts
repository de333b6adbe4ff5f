import type { Activity } from '@headroom/contracts/events';
import * as contract from '@headroom/contracts/rest/profitability';
import { hours, rub, type Step, step } from './step.ts';
import { spread, workingDays } from './working-days.ts';

/** Work on a stage; it is spread over the stage's days. */
export interface PastWork {
  readonly who: string;
  readonly hours: number;
  /** `production` when absent. */
  readonly activity?: Activity;
  /** Nobody pays for it; true when absent for all but production and management. */
  readonly unpaid?: boolean;
  readonly note?: string;
}

export interface PastStage {
  readonly stageId: string;
  readonly projectId: string;
  readonly name: string;
  /** In roubles. */
  readonly fee: number;
  readonly planned: Readonly<Record<string, number>>;
  readonly from: string;
  readonly to: string;
  readonly work: readonly PastWork[];
  readonly expenses?: readonly {
    readonly on: string;
    readonly category: 'subcontractor' | 'travel';
    readonly amount: number;
    readonly note: string;
  }[];
  /** Absent: the stage goes on. */
  readonly closed?: boolean;
  /** What the client asked for meanwhile. */
  readonly meanwhile?: readonly Step[];
}

const entries = ({ stageId, from, to, work }: PastStage) => {
  const days = workingDays(from, to);
  return work.flatMap(({ who, hours: total, activity = 'production', unpaid, note }, line) =>
    spread(total, days, { phase: (line * 0.37) % 1 }).map(({ day, hours: worked }) => ({
      specialistId: who,
      stageId,
      workDate: day,
      seconds: hours(worked),
      activity,
      billable: !(unpaid ?? (activity !== 'production' && activity !== 'management')),
      ...(note === undefined ? {} : { note }),
    })),
  );
};

/** A stage from its plan to its end, with its hours and expenses. */
export const pastStage = (stage: PastStage): Step[] => {
  const { stageId, projectId, name, fee, planned, from, to } = stage;
  const params = { stageId };
  return [
    step(contract.planStage, {
      stageId,
      projectId,
      name,
      billing: { kind: 'fixed', fee: rub(fee) },
      plannedWork: Object.entries(planned).map(([role, count]) => ({ role, seconds: hours(count) })),
      startsOn: from,
      endsOn: to,
    }),
    step(contract.startStage, { startedOn: from }, { params }),
    step(contract.logHoursInBulk, { mode: 'best-effort', items: entries(stage) }),
    ...(stage.expenses ?? []).map(({ on, category, amount, note }, index) =>
      step(
        contract.recordExpense,
        { expenseId: `${stageId}-expense-${index + 1}`, category, amount: rub(amount), incurredOn: on, note },
        { params },
      ),
    ),
    ...(stage.meanwhile ?? []),
    ...(stage.closed === false ? [] : [step(contract.closeStage, { closedOn: to }, { params })]),
  ];
};
