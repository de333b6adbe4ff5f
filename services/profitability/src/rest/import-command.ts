import type { QueryOf } from '@headroom/contracts/rest';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, type Caller, type CommandReply, type Upload } from '@headroom/http';
import { derivedId } from '@headroom/kernel';
import type { JsonObject, OperationDesk } from '@headroom/operations';
import { importAnswer } from '../commands/imports/import-answer.ts';
import type { ImportDeps, ImportOptions, ImportRequest } from '../commands/imports/import-request.ts';
import { LONG_IMPORT } from '../commands/imports/long-import.ts';
import { type Imported, runImport } from '../commands/imports/run-import.ts';

type Contract = typeof contract.importTimeEntries;
type Query = QueryOf<Contract>;
type Reply = CommandReply<Contract>;

export interface ImportParts extends ImportDeps {
  readonly desk: OperationDesk;
}

const PATIENCE_MS = 2_000;
const EMPTY: Upload = { bytes: 0, sha256: '', held: new Uint8Array(0), spoolId: undefined };

const optionsOf = (query: Query): ImportOptions => {
  const { dryRun, billable, unknownPeople, unknownClients, unknownProjects, unknownStages, ...rest } = query;
  const { newPeopleRole: role, newPeopleKind: kind, ...given } = rest;
  return {
    ...given,
    billable: billable === undefined ? undefined : billable === 'true',
    unknown: { people: unknownPeople, clients: unknownClients, projects: unknownProjects, stages: unknownStages },
    newPeople: role === undefined ? undefined : { role, kind },
    dryRun: dryRun === 'true',
  };
};

/** What the wish to create needs beyond the file: who may, in which role, under whom. */
const hindrance = ({ unknown, newPeople, newProjectsManagerId }: ImportOptions, { permissions }: Caller) => {
  const needed = [
    ...(unknown.people === 'create' ? (['people:write'] as const) : []),
    ...(unknown.clients === 'create' ? (['clients:write'] as const) : []),
    ...(unknown.projects === 'create' || unknown.stages === 'create' ? (['projects:write'] as const) : []),
  ];
  if (needed.some((permission) => !permissions.has(permission))) return 'not-permitted';
  if (unknown.people === 'create' && newPeople === undefined) return 'new-people-need-a-role';
  if (unknown.projects === 'create' && newProjectsManagerId === undefined) return 'new-projects-need-a-manager';
  return undefined;
};

const replyOf = (importId: string, imported: Imported): Reply => {
  switch (imported.kind) {
    case 'agency-not-configured':
    case 'manager-not-found':
      return { kind: 'refused', code: imported.kind };
    case 'key-reused':
    case 'in-flight':
      return { kind: imported.kind };
    case 'names-to-map': {
      const { unmapped } = importAnswer(importId, imported);
      return { kind: 'refused', code: 'names-to-map', detail: { unmapped } };
    }
    case 'file-refused': {
      const { line, code, message } = imported.survey.refusal ?? { line: 1, code: 'file-refused', message: '' };
      return { kind: 'invalid', errors: [{ pointer: '', message: `line ${line}: ${code}: ${message}` }] };
    }
    default: {
      const body = importAnswer(importId, imported);
      const { position } = body;
      return { kind: 'accepted', body, ...(position === null ? {} : { position }), replayed: false };
    }
  }
};

const now = async (deps: ImportDeps, request: ImportRequest, upload: Upload): Promise<Reply> => {
  const imported = await runImport(deps, request, {
    source: () => upload.held,
    patienceMs: PATIENCE_MS,
    checkpoint: undefined,
    report: async () => undefined,
    cancelled: () => false,
  });
  return replyOf(request.importId, imported);
};

const later = async (desk: OperationDesk, request: ImportRequest, spoolId: string): Promise<Reply> => {
  const { tenantId, actor, fingerprint } = request.context;
  return desk.start({
    tenantId,
    operationId: request.importId,
    kind: LONG_IMPORT,
    fingerprint,
    actor,
    permission: 'imports:write',
    // Plain data; what is undefined is left out.
    input: JSON.parse(JSON.stringify(request)) as JsonObject,
    spoolId,
  });
};

/** The import of a tracker's file, tied to its contract: a small one is carried out at once, a large one later. */
export const importCommand = ({ desk, ...deps }: ImportParts): Bound =>
  bindCommand(contract.importTimeEntries, async ({ context, query, upload = EMPTY, caller }) => {
    const options = optionsOf(query);
    const code = hindrance(options, caller);
    if (code !== undefined) return { kind: 'refused', code };
    const importId = derivedId('import', context.tenantId, context.commandKey);
    const request = { context, importId, fileDigest: upload.sha256, options };
    return upload.spoolId === undefined ? now(deps, request, upload) : later(desk, request, upload.spoolId);
  });
