import type { JsonObject, Operation } from './operation.ts';
import { type Database, readOperations } from './rows.ts';

export interface NewOperation {
  readonly tenantId: string;
  /** Made of tenant and idempotency key, so that a repeated request finds the operation that it began. */
  readonly operationId: string;
  readonly kind: string;
  readonly fingerprint: string;
  readonly actor: string;
  readonly permission: string;
  readonly input: JsonObject;
  readonly spoolId?: string | undefined;
}

export type Started =
  | { readonly kind: 'started'; readonly operation: Operation; readonly replayed: boolean }
  /** The same id, begun for another request. */
  | { readonly kind: 'key-reused' };

export interface ListedAfter {
  readonly requestedAt: string;
  readonly operationId: string;
}

export interface ListOperations {
  readonly permissions: readonly string[];
  readonly status?: string | undefined;
  readonly kind?: string | undefined;
  readonly after?: ListedAfter | undefined;
  readonly limit: number;
}

/** Where long work is asked for, looked at and ended. */
export interface OperationDesk {
  start(operation: NewOperation): Promise<Started>;
  get(tenantId: string, operationId: string): Promise<Operation | undefined>;
  /** The newest first. */
  list(tenantId: string, question: ListOperations): Promise<Operation[]>;
  /** Asks for the end; what has not begun ends at once, what runs at its next report. */
  cancel(tenantId: string, operationId: string): Promise<Operation | undefined>;
}

const INSERT = `
  insert into operations.operation (tenant_id, operation_id, kind, fingerprint, actor, permission, input, spool_id,
    status, retry_at, requested_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', clock_timestamp(), clock_timestamp(), clock_timestamp())
  on conflict do nothing`;

const CANCEL = `
  update operations.operation set cancel_requested = true, updated_at = clock_timestamp()
   where tenant_id = $1 and operation_id = $2 and status in ('waiting', 'running')`;

const LIST = `tenant_id = $1 and permission = any($2) and ($3::text is null or status = $3)
  and ($4::text is null or kind = $4)
  and ($5::timestamptz is null or (date_trunc('milliseconds', requested_at), operation_id) < ($5::timestamptz, $6))
  order by date_trunc('milliseconds', requested_at) desc, operation_id desc limit $7`;

/** `wake` tells the worker of this process that there is something to do. */
export const createDesk = (database: Database, wake: () => void): OperationDesk => {
  const get = async (tenantId: string, operationId: string): Promise<Operation | undefined> => {
    const [operation] = await readOperations(database, 'tenant_id = $1 and operation_id = $2', [tenantId, operationId]);
    return operation;
  };

  const isOf = async (tenantId: string, operationId: string, fingerprint: string): Promise<boolean> => {
    const text = 'select 1 from operations.operation where tenant_id = $1 and operation_id = $2 and fingerprint = $3';
    return (await database.query(text, [tenantId, operationId, fingerprint])).rowCount === 1;
  };

  return {
    get,
    start: async ({ tenantId, operationId, kind, fingerprint, actor, permission, input, spoolId }) => {
      const values = [tenantId, operationId, kind, fingerprint, actor, permission, JSON.stringify(input), spoolId];
      const { rowCount } = await database.query(INSERT, values);
      const operation = await get(tenantId, operationId);
      if (operation === undefined) throw new Error(`the operation ${operationId} vanished`);
      if (rowCount === 0 && !(await isOf(tenantId, operationId, fingerprint))) return { kind: 'key-reused' };
      wake();
      return { kind: 'started', operation, replayed: rowCount === 0 };
    },
    list: (tenantId, { permissions, status = null, kind = null, after, limit }) => {
      const values = [tenantId, permissions, status, kind, after?.requestedAt ?? null, after?.operationId ?? null];
      return readOperations(database, LIST, [...values, limit]);
    },
    cancel: async (tenantId, operationId) => {
      await database.query(CANCEL, [tenantId, operationId]);
      wake();
      return get(tenantId, operationId);
    },
  };
};
