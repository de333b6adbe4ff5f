import type { Baseline, Money } from '@headroom/contracts/events';
import type { Evolution } from '@headroom/kernel';
import type { StageEvent } from '../events/streams.ts';

type Plan = Extract<StageEvent, { type: 'StagePlanned' }>['data'];

/** What the decisions about a stage need to know of it. */
export interface Stage {
  plan: Plan | undefined;
  status: 'absent' | 'planned' | 'started' | 'closed';
  /** Or was reopened, where that came after. */
  startedOn: string | undefined;
  closedOn: string | undefined;
  /** False once voided. */
  expenses: Map<string, string | 'voided'>;
  /** Minor units by id. */
  writeOffs: Map<string, number>;
  /** Ids of alerts that somebody took note of. */
  acknowledged: Set<string>;
}

export const stageEvolution: Evolution<Stage, StageEvent> = {
  initial: () => ({
    plan: undefined,
    status: 'absent',
    startedOn: undefined,
    closedOn: undefined,
    expenses: new Map(),
    writeOffs: new Map(),
    acknowledged: new Set(),
  }),
  evolve: (stage, event) => {
    switch (event.type) {
      case 'StagePlanned':
        stage.plan = event.data;
        stage.status = 'planned';
        return stage;
      case 'StageStarted':
        stage.status = 'started';
        stage.startedOn = event.data.startedOn;
        return stage;
      case 'StageClosed':
        stage.status = 'closed';
        stage.closedOn = event.data.closedOn;
        return stage;
      case 'StageReopened':
        stage.status = 'started';
        stage.startedOn = event.data.reopenedOn;
        return stage;
      case 'ExpenseRecorded':
        stage.expenses.set(event.data.expenseId, event.data.postedOn ?? event.data.incurredOn);
        return stage;
      case 'ExpenseVoided':
        stage.expenses.set(event.data.expenseId, 'voided');
        return stage;
      case 'RevenueWrittenOff':
        stage.writeOffs.set(event.data.writeOffId, event.data.amount.minor);
        return stage;
      case 'AlertAcknowledged':
        stage.acknowledged.add(event.data.alertId);
        return stage;
      case 'StageThresholdsSet':
      case 'RemainingEstimateRevised':
        return stage;
    }
  },
};

/** The ids that every event of a stage carries. */
export const idsOf = ({ stageId, projectId, clientId }: Plan) => ({ stageId, projectId, clientId });

/** Mean cost rates of the roles' people on a day, as rate strings; a role that nobody has a rate for is missing. */
export type RoleRates = ReadonlyMap<string, string>;

/** Planned work with the rates of its roles. */
export const costed = (work: readonly { readonly role: string; readonly seconds: number }[], rates: RoleRates) =>
  work.map(({ role, seconds }) => ({ role, seconds, ratePerHour: rates.get(role) ?? null }));

export type { Baseline, Money, Plan };
