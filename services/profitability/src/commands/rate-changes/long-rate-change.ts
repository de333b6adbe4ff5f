import type { CommandContext } from '@headroom/commanding';
import { projectionNames, type RateChangeWish } from '@headroom/contracts/questions';
import type { Attempt, Finished, Json, JsonObject, OperationKind } from '@headroom/operations';
import { type Assessed, assessRateChange, type RateChangeDeps } from './assess-rate-change.ts';

export const LONG_RATE_CHANGE = 'rate-change';

/** Plain data, as it is kept until the work is begun. */
export interface RateChangeRequest {
  readonly context: CommandContext;
  readonly rateChangeId: string;
  readonly wish: RateChangeWish;
  readonly reason: string;
  readonly limit: number;
}

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 500;

const failed = (failure: string): Finished => ({ status: 'failed', result: {}, failure });

/** What the change will do, worked out once: an attempt that follows a crash goes on with what was said then. */
const assessed = async (deps: RateChangeDeps, attempt: Attempt, request: RateChangeRequest) => {
  if (attempt.checkpoint !== null) return attempt.checkpoint as unknown as Assessed;
  await attempt.report({ phase: 'assessing', done: 0 }, 'now');
  const { context, rateChangeId, wish, limit } = request;
  const { tenantId, now } = context;
  const found = await assessRateChange(deps, {
    tenantId,
    rateChangeId,
    wish,
    standards: [],
    limit,
    now,
    patienceMs: PATIENCE_MS,
  });
  if (typeof found === 'string') return found;
  const total = found.report.entries.count;
  await attempt.report({ phase: 'recording', total, checkpoint: found as unknown as Json }, 'now');
  return found;
};

/** Waits until the figures hold the change; it is recorded, so this may take as long as it takes. */
const untilVisible = async (deps: RateChangeDeps, attempt: Attempt, position: number): Promise<void> => {
  const projections = [projectionNames.profitability, ...deps.rateChanges.projections];
  await attempt.report({ phase: 'repricing' }, 'now');
  while (!(await deps.readModels.caughtUp(projections, position, LOOK_EVERY_MS))) {
    await attempt.report({ phase: 'repricing' });
  }
};

/**
 * Changes cost rates: works out what that does, records it in one event, and waits until the figures hold it. Whoever
 * cancels before the event is recorded has changed nothing; after it the work is done to its end. Killed at any point,
 * the change is there whole or not at all, and the next attempt goes on.
 */
export const longRateChange = (deps: RateChangeDeps): OperationKind => ({
  name: LONG_RATE_CHANGE,
  run: async (attempt): Promise<Finished> => {
    // Plain data; what is said of it is the request's own type.
    const request = attempt.input as unknown as RateChangeRequest;
    const { context, rateChangeId, reason } = request;
    const found = await assessed(deps, attempt, request);
    if (typeof found === 'string') return failed(`${found}: the change was refused.`);
    const { plan, restated, report } = found;
    const begun = attempt.cancelled() && (await deps.rateChanges.isApplied(attempt.tenantId, rateChangeId));
    if (attempt.cancelled() && !begun) return { status: 'cancelled', result: {} };
    const { currency, basis, changes } = plan;
    const change = { rateChangeId, currency, basis, changes, figuresAt: report.knownAt, restatements: restated };
    const applied = await deps.rateChanges.apply(context, change, reason);
    if ('refused' in applied) return failed(`${applied.refused}: the change was refused.`);
    await untilVisible(deps, attempt, applied.position);
    await attempt.report({ done: report.entries.count }, 'now');
    return { status: 'succeeded', result: { ...report, position: applied.position } as unknown as JsonObject };
  },
});
