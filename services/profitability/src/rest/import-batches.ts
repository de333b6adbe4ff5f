import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, bindQuestion, type CommandReply, decodeCursor, encodeCursor } from '@headroom/http';
import { derivedId } from '@headroom/kernel';
import type { JsonObject, OperationDesk } from '@headroom/operations';
import { LONG_REVERT } from '../commands/imports/long-revert.ts';
import {
  importRow,
  type RevertDeps,
  type RevertOutcome,
  type RevertRequest,
  revertImport,
} from '../commands/imports/revert-import.ts';
import { type ImportRow, importTable } from '../read-models/import-table.ts';
import { listImports } from '../read-models/list-imports.ts';

type Reply = CommandReply<typeof contract.revertImport>;

interface Parts extends RevertDeps {
  readonly desk: OperationDesk;
}

const PATIENCE_MS = 2_000;
/** More than so many entries nobody should wait for. */
const MOST_AT_ONCE = 2_000;

const shown = ({ tenantId: _, ...row }: ImportRow) => row;

const isBusy = async (desk: OperationDesk, tenantId: string, importId: string): Promise<boolean> => {
  const operation = await desk.get(tenantId, importId);
  return operation?.status === 'waiting' || operation?.status === 'running';
};

const replyOf = (importId: string, outcome: RevertOutcome): Reply => {
  switch (outcome.kind) {
    case 'reverted': {
      const { leftEntries, ...sums } = outcome.reverted;
      const body = { importId, ...sums, leftEntries: [...leftEntries] };
      return { kind: 'accepted', body, position: sums.position, replayed: false };
    }
    case 'key-reused':
    case 'in-flight':
      return { kind: outcome.kind };
    default:
      return { kind: 'refused', code: outcome.kind };
  }
};

const later = (desk: OperationDesk, request: RevertRequest): Promise<Reply> => {
  const { tenantId, commandKey, actor, fingerprint } = request.context;
  return desk.start({
    tenantId,
    operationId: derivedId(LONG_REVERT, tenantId, commandKey),
    kind: LONG_REVERT,
    fingerprint,
    actor,
    permission: 'imports:write',
    input: JSON.parse(JSON.stringify(request)) as JsonObject,
  });
};

/** What was imported, and how it is taken back; tied to its contracts. */
export const importBatches = ({ desk, ...deps }: Parts): Bound[] => [
  bindQuestion(contract.getImport, {
    projections: [projectionNames.profitability],
    answer: async ({ caller, params }, reader) => {
      const row = await reader.get(importTable, caller.tenantId, params.importId);
      if (row === undefined) return { kind: 'not-found', what: 'import' };
      return { kind: 'answer', body: { ...shown(row), knownAt: reader.position } };
    },
  }),

  bindQuestion(contract.listImports, {
    projections: [projectionNames.profitability],
    answer: async ({ caller, params, query }, reader) => {
      const after = decodeCursor(contract.listImports, { params, query });
      const { rows, next } = await listImports(reader, caller.tenantId, { ...query, after });
      const nextCursor = next === null ? null : encodeCursor(contract.listImports, { params, query }, next);
      return { kind: 'answer', body: { items: rows.map(shown), nextCursor, knownAt: reader.position } };
    },
  }),

  bindCommand(contract.revertImport, async ({ context, params: { importId }, body }) => {
    const { tenantId } = context;
    const row = await importRow(deps, tenantId, importId, PATIENCE_MS);
    if (row === undefined) return { kind: 'refused', code: 'import-not-found' };
    if (await isBusy(desk, tenantId, importId)) return { kind: 'refused', code: 'import-running' };
    const request = { context, importId, ...body };
    if (row.created > MOST_AT_ONCE) return later(desk, request);
    return replyOf(importId, await revertImport(deps, request, row, { report: async () => undefined }));
  }),
];
