import * as contract from '@headroom/contracts/rest';
import type { ListedAfter, Operation, OperationDesk } from '@headroom/operations';
import { type Bound, bindCommand, bindLookup, type Caller } from '../binding.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { shownOperation } from './operation-answer.ts';

const absent = { kind: 'not-found', what: 'operation' } as const;

const mayBeSeen = ({ permissions }: Caller, operation: Operation | undefined): operation is Operation =>
  operation !== undefined && (permissions as ReadonlySet<string>).has(operation.permission);

const afterOf = (values: ReturnType<typeof decodeCursor>): ListedAfter | undefined =>
  values === undefined ? undefined : { requestedAt: String(values[0]), operationId: String(values[1]) };

/** The operations about long work, tied to their contracts. */
export const operationsBound = (desk: OperationDesk): Bound[] => [
  bindLookup(contract.getOperation, async ({ caller, params: { operationId } }) => {
    const operation = await desk.get(caller.tenantId, operationId);
    return mayBeSeen(caller, operation) ? { kind: 'answer', body: shownOperation(operation) } : absent;
  }),

  bindLookup(contract.listOperations, async ({ caller, params, query }) => {
    const { status, kind, limit } = query;
    const after = afterOf(decodeCursor(contract.listOperations, { params, query }));
    const permissions = [...caller.permissions];
    const found = await desk.list(caller.tenantId, { permissions, status, kind, after, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const nextCursor =
      found.length > limit && last !== undefined
        ? encodeCursor(contract.listOperations, { params, query }, [last.requestedAt, last.operationId])
        : null;
    return { kind: 'answer', body: { items: items.map(shownOperation), nextCursor } };
  }),

  bindCommand(contract.cancelOperation, async ({ caller, params: { operationId } }) => {
    if (!mayBeSeen(caller, await desk.get(caller.tenantId, operationId))) return absent;
    const operation = await desk.cancel(caller.tenantId, operationId);
    return operation === undefined ? absent : { kind: 'accepted', body: shownOperation(operation), replayed: false };
  }),
];
