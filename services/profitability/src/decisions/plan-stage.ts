import type { Activity, Billing, Money } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import type { StageEvent } from '../events/streams.ts';
import { isBilledIn, plannedRevenueMinor } from './planned-revenue.ts';
import type { Project } from './project.ts';
import { costed, type RoleRates, type Stage } from './stage.ts';
import type { Agency } from './surroundings.ts';

interface PlannedRole {
  readonly role: string;
  readonly seconds: number;
  /** What kinds of work the seconds are meant for; together no more than those. */
  readonly activities?: readonly { readonly activity: Activity; readonly seconds: number }[] | undefined;
}

export interface PlanStage {
  readonly stageId: string;
  readonly projectId: string;
  readonly name: string;
  readonly serviceType?: string | undefined;
  readonly billing: Billing;
  readonly plannedWork: readonly PlannedRole[];
  readonly plannedExpenses?: Money | undefined;
  readonly startsOn?: string | undefined;
  readonly endsOn?: string | undefined;
  readonly externalRef?: string | undefined;
}

export type PlanStageRefusal = 'stage-exists' | 'project-not-found' | 'currency-mismatch' | 'agency-not-configured';

export interface PlanSurroundings {
  readonly agency: Agency;
  readonly project: Project;
  /** What an hour of each role costs, and what it is sold for. */
  readonly rates: RoleRates;
  readonly prices: RoleRates;
}

/** A stage in the agency's currency, of a project that is there; its service type is the project's when not its own. */
export const decidePlan = (
  command: PlanStage,
  stage: Stage,
  { agency, project, rates, prices }: PlanSurroundings,
): Decision<StageEvent, PlanStageRefusal> => {
  if (stage.status !== 'absent') return refuse('stage-exists');
  if (agency.data === undefined) return refuse('agency-not-configured');
  const { currency } = agency.data;
  if (project.opened === undefined) return refuse('project-not-found');
  const plannedExpenses = command.plannedExpenses ?? { minor: 0, currency };
  if (!isBilledIn(command.billing, currency) || plannedExpenses.currency !== currency) {
    return refuse('currency-mismatch', { currency });
  }
  return accept({
    type: 'StagePlanned',
    data: {
      stageId: command.stageId,
      projectId: command.projectId,
      clientId: project.opened.clientId,
      name: command.name,
      serviceType: command.serviceType ?? project.opened.serviceType,
      billing: command.billing,
      plannedRevenue: {
        minor: plannedRevenueMinor(command.billing, command.plannedWork, { prices, currency }),
        currency,
      },
      plannedWork: costed(command.plannedWork, rates),
      plannedActivities: command.plannedWork.flatMap(({ role, activities = [] }) =>
        activities.map(({ activity, seconds }) => ({ role, activity, seconds })),
      ),
      plannedExpenses,
      startsOn: command.startsOn ?? null,
      endsOn: command.endsOn ?? null,
      externalRef: command.externalRef ?? null,
    },
  });
};
