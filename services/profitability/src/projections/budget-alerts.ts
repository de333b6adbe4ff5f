import { derivedId } from '@headroom/kernel';
import { exactCost } from '@headroom/money';
import type { Handler, ProjectedEvent, Rows } from '@headroom/projecting';
import { type Budget, budgetOf, reached, slackOf } from '../formulas/budget.ts';
import { rateOn } from '../formulas/stage-ledger.ts';
import { type AlertCause, alertTable } from '../read-models/alerts/tables.ts';
import { type SettingsRow, type StageRow, settingsTable, stageTable } from '../read-models/tables.ts';

/** What an event does to the cost of stages. */
interface Touch<Data> {
  readonly stages: (rows: Rows, event: ProjectedEvent<string, Data>) => readonly (string | null)[];
  /** The date at which the cost moved. */
  readonly on: (event: ProjectedEvent<string, Data>) => string;
  readonly cause: (data: Data) => AlertCause;
  /**
   * The most that was added to any of the stages, as hours of one person: they are counted only when that could bring
   * them to a threshold. Undefined where it cannot be told: then they are counted.
   */
  readonly added?: (data: Data) => Added | undefined;
}

interface Added {
  readonly specialistId: string;
  readonly day: string;
  readonly seconds: number;
}

type Event = Pick<ProjectedEvent, 'tenantId' | 'position' | 'recordedAt'>;

interface Raising {
  readonly on: string;
  readonly cause: AlertCause;
}

const raise =
  (rows: Rows, event: Event, stage: StageRow, { budget, raising }: { budget: Budget; raising: Raising }) =>
  (threshold: string): void => {
    const { tenantId, stageId, projectId, clientId } = stage;
    stage.budget.raised.push(threshold);
    rows.put(alertTable, {
      tenantId,
      alertId: derivedId('budget-alert', tenantId, stageId, threshold),
      stageId,
      projectId,
      clientId,
      threshold,
      raisedOn: raising.on,
      raisedAt: event.recordedAt,
      position: event.position,
      cause: raising.cause,
      costMinor: budget.actualMinor,
      plannedCostMinor: budget.plannedMinor,
      currency: budget.currency,
      acknowledged: false,
      acknowledgement: null,
    });
  };

type Configured = SettingsRow & { readonly settings: NonNullable<SettingsRow['settings']> };

/** Counts a stage's budget, raises what it has reached, and notes how far it is from the next threshold. */
const count = (
  rows: Rows,
  event: Event,
  stage: StageRow,
  { settings, raising }: { settings: Configured; raising: Raising },
) => {
  const { budget: watch } = stage;
  const budget = budgetOf(stage.ledger, {
    exchangeRates: settings.exchangeRates,
    approvalRequired: settings.settings.approvalRequired,
  });
  if (budget === undefined) return;
  const thresholds = watch.thresholds ?? settings.settings.budgetThresholds;
  const open = thresholds.filter((threshold) => !watch.raised.includes(threshold));
  const crossed = reached(budget, open);
  crossed.forEach(raise(rows, event, stage, { budget, raising }));
  watch.slack = slackOf(
    budget,
    open.filter((threshold) => !crossed.includes(threshold)),
  );
  watch.settingsAt = settings.changedAt;
};

/** Takes added labour from the slack; false when it may reach a threshold, and the budget must be counted. */
const withinSlack = (stage: StageRow, settingsAt: number, added: Added) => {
  const { budget: watch, ledger } = stage;
  if (watch.slack === null || watch.settingsAt !== settingsAt) return false;
  const units = rateOn(ledger.people[added.specialistId] ?? [], added.day)?.units ?? 0;
  watch.slack = Math.max(0, watch.slack - Number(exactCost(added.seconds, units)));
  return watch.slack > 0;
};

/**
 * Watches budgets over an event: after its fold the stages whose cost it moved are compared with their thresholds. An
 * alert is raised once for a stage and threshold; settings that change are heeded when a stage's cost next moves.
 */
export const watching = <Type extends string, Data>(
  handler: Handler<Type, Data>,
  touch: Touch<Data>,
): Handler<Type, Data> => ({
  needs: (wanted, event) => {
    handler.needs?.(wanted, event);
    wanted.row(settingsTable, event.tenantId);
  },
  fold: (rows, event) => {
    handler.fold(rows, event);
    const settings = rows.get(settingsTable, event.tenantId);
    if (settings?.settings == null) return;
    const added = touch.added?.(event.data);
    for (const stageId of new Set(touch.stages(rows, event))) {
      const stage = stageId === null ? undefined : rows.edit(stageTable, event.tenantId, stageId);
      if (stage === undefined || stage.ledger.baseline === null) continue;
      if (added !== undefined && withinSlack(stage, settings.changedAt, added)) continue;
      const raising = { on: touch.on(event), cause: touch.cause(event.data) };
      count(rows, event, stage, { settings: settings as Configured, raising });
    }
  },
});
