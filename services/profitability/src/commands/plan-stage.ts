import type { CommandContext } from '@headroom/commanding';
import type { Billing, Money } from '@headroom/contracts/events';
import { derivedId } from '@headroom/kernel';
import { decidePlan, type PlanStage } from '../decisions/plan-stage.ts';
import { agencyStreamId, projectStreamId, stageStreamId } from '../events/streams.ts';
import { agencyKind, projectKind, stageKind } from './kinds.ts';
import { presentRates, type ReadingDeps } from './role-rates.ts';

type BillingAsked =
  | Exclude<Billing, { kind: 'time-and-materials' }>
  | {
      readonly kind: 'time-and-materials';
      readonly cap?: Money | undefined;
    };

const billingOf = (asked: BillingAsked): Billing =>
  asked.kind === 'time-and-materials' ? { kind: asked.kind, cap: asked.cap ?? null } : asked;

/** A plan is costed and priced at the rates of its start, or of the day of planning where no start is planned. */
export const planStage = async (
  deps: ReadingDeps,
  context: CommandContext,
  command: Omit<PlanStage, 'stageId' | 'billing'> & {
    readonly stageId?: string | undefined;
    readonly billing: BillingAsked;
  },
) => {
  const { tenantId } = context;
  const stageId = command.stageId ?? derivedId('stage', tenantId, context.commandKey);
  const { commands } = deps;
  const [agency, project] = await Promise.all([
    commands.state(agencyKind, agencyStreamId(tenantId)),
    commands.state(projectKind, projectStreamId(tenantId, command.projectId)),
  ]);
  const { rates, prices } = await presentRates(deps, tenantId, command.startsOn ?? context.now.slice(0, 10), {
    projectId: command.projectId,
    clientId: project.state.opened?.clientId ?? '',
    roles: command.plannedWork.map(({ role }) => role),
  });
  return commands.execute({
    kind: stageKind,
    streamId: stageStreamId(tenantId, stageId),
    context,
    decide: (stage) =>
      decidePlan({ ...command, stageId, billing: billingOf(command.billing) }, stage, {
        agency: agency.state,
        project: project.state,
        rates,
        prices,
      }),
  });
};
