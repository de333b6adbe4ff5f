import type { CommandContext, Commands } from '@headroom/commanding';
import {
  projectionNames,
  type RateChangeDesk,
  type RateChangeWish,
  type RatePlan,
  type RatePlanRefusal,
} from '@headroom/contracts/questions';
import { Unavailable } from '@headroom/event-store';
import { derivedId } from '@headroom/kernel';
import type { ReadModels, RowReader, SupposedEvent } from '@headroom/projecting';
import type { AgencyStages } from '../../read-models/in-mind/agency-stages.ts';
import { rateChangeEffect } from '../../read-models/rate-change/rate-change-effect.ts';
import { configured, dayOf } from '../../read-models/stage-view.ts';

export interface RateChangeDeps {
  readonly commands: Commands;
  readonly readModels: ReadModels;
  readonly inMind: AgencyStages;
  /** Where the agency's cost rates are planned and recorded. */
  readonly rateChanges: RateChangeDesk<RowReader, CommandContext>;
}

export interface SupposedStandard {
  readonly margin: string;
  readonly effectiveFrom: string;
  readonly serviceType?: string | undefined;
}

export interface AssessRateChange {
  readonly tenantId: string;
  readonly rateChangeId: string;
  readonly wish: RateChangeWish;
  readonly standards: readonly SupposedStandard[];
  readonly asOf?: string | undefined;
  readonly limit: number;
  /** The instant at which it is asked, and would be recorded. */
  readonly now: string;
  /** How long the read models may take to hold what was recorded before. */
  readonly patienceMs: number;
}

export type RateChangeRefusal = RatePlanRefusal | 'nothing-to-change';

const standardEvents = ({ tenantId, rateChangeId, standards, now }: AssessRateChange): SupposedEvent[] =>
  standards.flatMap(({ margin, effectiveFrom, serviceType = null }, index) => {
    const standardId = derivedId('supposed-standard', tenantId, rateChangeId, String(index));
    const standard = { standardId, margin, effectiveFrom, serviceType };
    const proposal = { ...standard, rationale: null, review: null, proposedBy: 'system:what-if' };
    return [
      { type: 'StandardProposed', data: proposal, recordedAt: now },
      { type: 'StandardApproved', data: { ...standard, approvedBy: 'system:what-if' }, recordedAt: now },
    ];
  });

const eventsOf = (asked: AssessRateChange, { currency, basis, changes }: RatePlan, figuresAt: number) => {
  const { rateChangeId, now } = asked;
  const data = { rateChangeId, currency, basis, changes, figuresAt, restatements: [] };
  const rates = changes.length === 0 ? [] : [{ type: 'RateChangeApplied', data, recordedAt: now }];
  return [...rates, ...standardEvents(asked)];
};

/** The plan as the report shows it. */
const shownPlan = ({ changes, withoutBreakdown }: RatePlan) => ({
  changes: changes.map(({ specialistId, name, effectiveFrom, rateBefore, ratePerHour }) => ({
    specialistId,
    name,
    effectiveFrom,
    rateBefore,
    ratePerHour,
  })),
  withoutBreakdown: [...withoutBreakdown],
});

/**
 * What a change would do to everything that was recorded until now: the plan, the report, and the closed months that it
 * restates. It is folded by the handlers that fold recorded events, so applying it gives what is said here. Throws
 * `Unavailable` when the read models lag behind the log.
 */
export const assessRateChange = async (deps: RateChangeDeps, asked: AssessRateChange) => {
  const { commands, readModels, rateChanges, inMind } = deps;
  const { tenantId, rateChangeId, wish, standards, asOf, limit, now } = asked;
  const projections = [projectionNames.profitability, ...rateChanges.projections];
  if (!(await readModels.caughtUp(projections, await commands.head(), asked.patienceMs))) {
    throw new Unavailable('the read models lag behind the log');
  }
  return readModels.supposing(projections, tenantId, async (reader, suppose) => {
    const agency = await configured(reader, tenantId);
    const plan = agency && (await rateChanges.plan(reader, tenantId, rateChangeId, wish));
    if (agency === undefined || plan === undefined) return 'agency-not-configured';
    if (typeof plan === 'string') return plan;
    if (plan.changes.length === 0 && standards.length === 0) return 'nothing-to-change';
    const supposed = await suppose(eventsOf(asked, plan, reader.position));
    const question = { agency, asOf: dayOf(asOf, now, agency), limit };
    const { effect, restated } = await rateChangeEffect(inMind, reader, supposed, question);
    return { plan, restated, report: { rateChangeId, ...shownPlan(plan), ...effect } };
  });
};

export type Assessed = Exclude<Awaited<ReturnType<typeof assessRateChange>>, string>;
