import type { EventStore } from '@headroom/event-store';
import type { Attempt, Finished, JsonObject, OperationKind } from '@headroom/operations';
import {
  FoldFailed,
  type PartialReplayReport,
  type Projection,
  RebuildOutdated,
  replayPart,
  type TableDifference,
} from '@headroom/projecting';
import { type ReplayScope, touchesOf } from './replay-scope.ts';

export const LONG_REPLAY = 'replay';

/** Plain data, as it is kept until the work is begun. */
export interface ReplayRequest {
  readonly projections: readonly string[];
  readonly scope: ReplayScope;
  readonly onDifference: 'stop' | 'repair';
}

export interface ReplayDeps {
  readonly store: EventStore;
  readonly databaseUrl: string;
  /** Every projection there is. */
  readonly projections: readonly Projection[];
}

const resultOf = ({ events, seconds, differences, ...report }: PartialReplayReport): JsonObject => {
  const rounded = Math.round(seconds * 1000) / 1000;
  const eventsPerSecond = Math.round(events / Math.max(seconds, 0.001));
  // Plain data: what the contract says of the answer.
  return { events, seconds: rounded, eventsPerSecond, ...report, differences } as unknown as JsonObject;
};

const complaint = (differences: readonly TableDifference[]): string => {
  const tables = differences.map(({ projection, table, count }) => `${count} rows of ${projection}.${table}`);
  return `rows-differ: ${tables.join(', ')} are not what the log gives. They were left as they are.`;
};

const finished = (report: PartialReplayReport): Finished => {
  const result = resultOf(report);
  if (report.differences.length === 0 || report.repaired) return { status: 'succeeded', result };
  return { status: 'failed', result, failure: complaint(report.differences) };
};

/** Tells how far the replay is, and ends it when it is cancelled or this process may not go on with it. */
const follow = (attempt: Attempt) => {
  const ending = new AbortController();
  const following = { signal: ending.signal, interruption: undefined as unknown };
  const onProgress = ({ phase, position, target }: { phase: string; position: number; target: number }): void => {
    attempt.report({ phase, done: position, total: target }).then(
      () => attempt.cancelled() && ending.abort(),
      (fault: unknown) => {
        following.interruption = fault;
        ending.abort();
      },
    );
  };
  return { following, onProgress };
};

/** A replay of one agency's events beside the rows that serve. Begun anew after a crash it does the same again. */
export const longReplay = ({ store, databaseUrl, projections }: ReplayDeps): OperationKind => ({
  name: LONG_REPLAY,
  run: async (attempt): Promise<Finished> => {
    const request = attempt.input as unknown as ReplayRequest;
    const { following, onProgress } = follow(attempt);
    try {
      const report = await replayPart({
        store,
        connectionString: databaseUrl,
        projections: projections.filter(({ name }) => request.projections.includes(name)),
        scope: { tenantId: attempt.tenantId, touches: touchesOf(request.scope) },
        onDifference: request.onDifference,
        onProgress,
        signal: following.signal,
      });
      return finished(report);
    } catch (fault) {
      if (following.interruption !== undefined) throw following.interruption;
      if (following.signal.aborted) return { status: 'cancelled', result: {} };
      if (fault instanceof FoldFailed || fault instanceof RebuildOutdated)
        return { status: 'failed', result: {}, failure: `replay-impossible: ${fault.message}` };
      throw fault;
    }
  },
});
