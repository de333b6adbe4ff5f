import type { Attempt, Finished, JsonObject, OperationKind } from '@headroom/operations';
import { importRow, type RevertDeps, type RevertRequest, revertImport } from './revert-import.ts';

export const LONG_REVERT = 'import-revert';

const PATIENCE_MS = 60_000;

/** The revert of an import with so many entries that nobody should wait for it. */
export const longRevert = (deps: RevertDeps): OperationKind => ({
  name: LONG_REVERT,
  run: async (attempt: Attempt): Promise<Finished> => {
    const request = attempt.input as unknown as RevertRequest;
    const { importId } = request;
    const row = await importRow(deps, attempt.tenantId, importId, PATIENCE_MS);
    if (row === undefined) return { status: 'failed', result: {}, failure: 'import-not-found' };
    const outcome = await revertImport(deps, request, row, {
      report: (progress) => attempt.report({ phase: 'voiding', ...progress }),
    });
    if (outcome.kind !== 'reverted') return { status: 'failed', result: {}, failure: outcome.kind };
    // Plain data: what the contract says of the answer.
    return { status: 'succeeded', result: { importId, ...outcome.reverted } as unknown as JsonObject };
  },
});
