export type { Connection } from './connection.ts';
export type { ServerExit } from './guarded-server.ts';
export { type KeepRunningOptions, keepPostgresRunning } from './keep-running.ts';
export { DataDirectoryInUse } from './launch.ts';
export { type EmbeddedPostgres, type StartOptions, startEmbeddedPostgres } from './start.ts';
