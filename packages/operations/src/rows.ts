import type pg from 'pg';
import type { JsonObject, Operation, OperationStatus } from './operation.ts';

export type Database = Pick<pg.Pool, 'query'>;

interface OperationRow {
  readonly tenantId: string;
  readonly operationId: string;
  readonly kind: string;
  readonly permission: string;
  readonly actor: string;
  readonly status: OperationStatus;
  readonly cancelRequested: boolean;
  readonly phase: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly result: JsonObject | null;
  readonly failure: string | null;
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Of the present attempt, until now or until it ended. */
  readonly seconds: number | null;
  readonly doneSinceStart: number;
}

const instant = (column: string, name: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "${name}"`;

export const COLUMNS = `
  tenant_id as "tenantId", operation_id as "operationId", kind, permission, actor, status,
  cancel_requested as "cancelRequested", phase, done::float8 as done, total::float8 as total, result, failure,
  ${instant('requested_at', 'requestedAt')}, ${instant('started_at', 'startedAt')},
  ${instant('finished_at', 'finishedAt')},
  extract(epoch from updated_at - started_at)::float8 as seconds, (done - done_at_start)::float8 as "doneSinceStart"`;

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** The operation of a row, with its speed and what is left of it. */
export const operationOf = ({ seconds, doneSinceStart, ...row }: OperationRow): Operation => {
  const perSecond = seconds === null || seconds <= 0 || doneSinceStart <= 0 ? null : doneSinceStart / seconds;
  const left = row.status === 'running' && row.total !== null && perSecond !== null ? row.total - row.done : null;
  return {
    ...row,
    perSecond: perSecond === null ? null : rounded(perSecond),
    secondsLeft: left === null || perSecond === null ? null : Math.max(0, Math.ceil(left / perSecond)),
  };
};

/** The operations that a condition finds. */
export const readOperations = async (
  database: Database,
  condition: string,
  values: readonly unknown[],
): Promise<Operation[]> => {
  const text = `select ${COLUMNS} from operations.operation where ${condition}`;
  return (await database.query<OperationRow>(text, [...values])).rows.map(operationOf);
};
