export type { ServerExit } from './guarded-server.ts';
export {
  type Connection,
  DataDirectoryInUse,
  type EmbeddedPostgres,
  type StartOptions,
  startEmbeddedPostgres,
} from './start.ts';
