export type { ListedAfter, ListOperations, NewOperation, OperationDesk, Started } from './desk.ts';
export { forgetText } from './forget-text.ts';
export { operationsMigrations } from './migrations.ts';
export * from './operation.ts';
export { type Operations, type RunningOperations, runOperations } from './run-operations.ts';
export type { Spool, SpoolWriter } from './spool.ts';
export type { WorkerLogger } from './worker.ts';
