import * as contract from '@headroom/contracts/rest';
import { type Bound, bindCommand, bindLookup, shownOperation } from '@headroom/http';
import { derivedId } from '@headroom/kernel';
import type { JsonObject, OperationDesk } from '@headroom/operations';
import type { ReplayEstimate, RowScope } from '@headroom/projecting';
import { LONG_REPLAY, type ReplayRequest } from './long-replay.ts';
import { touchesOf } from './replay-scope.ts';

export interface ReplayParts {
  readonly desk: OperationDesk;
  /** Names of all projections. */
  readonly names: readonly string[];
  readonly estimate: (projections: readonly string[], scope: RowScope) => Promise<ReplayEstimate>;
}

const PERMISSION = 'agency:configure';

/** The pace of the last replay of the agency, which wrote and compared rows, too; undefined before there was one. */
const lastPace = async (desk: OperationDesk, tenantId: string): Promise<number | undefined> => {
  const [last] = await desk.list(tenantId, {
    permissions: [PERMISSION],
    kind: LONG_REPLAY,
    status: 'succeeded',
    limit: 1,
  });
  const pace = last?.result?.eventsPerSecond;
  return typeof pace === 'number' && pace > 0 ? pace : undefined;
};

const atPace = (estimate: ReplayEstimate, pace: number | undefined): ReplayEstimate =>
  pace === undefined
    ? estimate
    : { ...estimate, eventsPerSecond: pace, seconds: Math.round((1000 * estimate.events) / pace) / 1000 };

type Found = contract.ResponseOf<typeof contract.getReplay>['result'];

/** What a replay found; null until it has ended, and of one that was ended before it found anything. */
const foundBy = (result: Readonly<Record<string, unknown>> | null): Found =>
  result !== null && 'events' in result ? (result as unknown as Found) : null;

/** Replays of one agency's events, tied to their contracts. */
export const replayOperations = ({ desk, names, estimate }: ReplayParts): Bound[] => [
  bindCommand(contract.startReplay, async ({ context, body }) => {
    const { projections = names, onDifference, dryRun, ...scope } = body;
    const { tenantId, commandKey, actor, fingerprint } = context;
    if (projections.some((name) => !names.includes(name))) return { kind: 'refused', code: 'projection-not-found' };
    const { from, to } = scope;
    if (from !== undefined && to !== undefined && from >= to) return { kind: 'refused', code: 'window-backwards' };
    if (dryRun) {
      const found = await estimate(projections, { tenantId, touches: touchesOf(scope) });
      const pace = await lastPace(desk, tenantId);
      return { kind: 'accepted', body: { dryRun: true, estimate: atPace(found, pace) }, replayed: false };
    }
    const request: ReplayRequest = { projections, scope, onDifference };
    return desk.start({
      tenantId,
      operationId: derivedId('replay', tenantId, commandKey),
      kind: LONG_REPLAY,
      fingerprint,
      actor,
      permission: PERMISSION,
      // Plain data; what is undefined is left out.
      input: JSON.parse(JSON.stringify(request)) as JsonObject,
    });
  }),

  bindLookup(contract.getReplay, async ({ caller, params: { replayId } }) => {
    const operation = await desk.get(caller.tenantId, replayId);
    if (operation?.kind !== LONG_REPLAY) return { kind: 'not-found', what: 'replay' };
    const { result, ...shown } = shownOperation(operation);
    return { kind: 'answer', body: { ...shown, result: foundBy(result) } };
  }),
];
