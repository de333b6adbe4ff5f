import type { Attempt, Finished, Json, JsonObject, OperationKind } from '@headroom/operations';
import { importAnswer } from './import-answer.ts';
import type { ImportCounts, ImportDeps, ImportRequest } from './import-request.ts';
import { type Imported, runImport } from './run-import.ts';

export const LONG_IMPORT = 'import';

const PATIENCE_MS = 60_000;

const FAILURES: Partial<Record<Imported['kind'], string>> = {
  'agency-not-configured': 'agency-not-configured: the agency has not been configured yet.',
  'manager-not-found': 'manager-not-found: the manager of new projects is not there.',
  'key-reused': 'idempotency-key-reused: the key was used before for another request.',
  'in-flight': 'command-in-flight: the same import is being carried out.',
  'names-to-map':
    'names-to-map: nothing was imported; `unmapped` lists the names that the mapping should say something of.',
};

const failureOf = (imported: Imported): string | undefined => {
  if (imported.kind !== 'file-refused') return FAILURES[imported.kind];
  const { line, code, message } = imported.survey.refusal ?? { line: 1, code: 'file-refused', message: '' };
  return `line ${line}: ${code}: ${message}`;
};

const finishedOf = (importId: string, imported: Imported): Finished => {
  const failure = failureOf(imported);
  // Plain data: what the contract says of the answer.
  const result = 'survey' in imported ? (importAnswer(importId, imported) as unknown as JsonObject) : {};
  if (failure !== undefined) return { status: 'failed', result, failure };
  return { status: imported.kind === 'cancelled' ? 'cancelled' : 'succeeded', result };
};

/** The import of a file that is too large to wait for. */
export const longImport = (deps: ImportDeps): OperationKind => ({
  name: LONG_IMPORT,
  run: async (attempt: Attempt): Promise<Finished> => {
    const request = attempt.input as unknown as ImportRequest;
    const imported = await runImport(deps, request, {
      source: attempt.spooled,
      patienceMs: PATIENCE_MS,
      checkpoint: (attempt.checkpoint ?? undefined) as ImportCounts | undefined,
      report: ({ checkpoint, ...progress }) =>
        attempt.report(
          checkpoint === undefined ? progress : { ...progress, checkpoint: checkpoint as unknown as Json },
        ),
      cancelled: attempt.cancelled,
    });
    return finishedOf(request.importId, imported);
  },
});
