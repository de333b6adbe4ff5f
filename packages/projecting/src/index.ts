export { type Checkpoint, type Failure, readCheckpoints } from './database/checkpoints.ts';
export { projectingMigrations } from './database/migrations.ts';
export { schemaOf } from './database/names.ts';
export { createSchema, fingerprintOf, schemaDdl } from './database/schema.ts';
export { UnfitValue } from './fold/cell.ts';
export { foldInMemory, MemoryModel } from './fold/fold-in-memory.ts';
export type { AnyTable } from './fold/row-shape.ts';
export { NotLoaded } from './fold/unit-of-work.ts';
export { unfitRows } from './live/fit.ts';
export { type Lag, projectionLag } from './live/lag.ts';
export { resumeProjections } from './live/resume.ts';
export { type RunningProjections, type RunOptions, runProjections } from './live/run-projections.ts';
export type { CommittedPage, Logger } from './live/term.ts';
export { catchUpPast, type KeepPastOptions, keepPast, type PastOptions } from './past/keep-past.ts';
export * from './projection.ts';
export * from './reader.ts';
export { NotProjected, Rebuilding } from './reading/not-projected.ts';
export { createReadModels, type OpenReadModels, type ReadModelsOptions } from './reading/read-models.ts';
export { Remembered } from './reading/remembered.ts';
export { RememberedBySnapshot } from './reading/remembered-by-snapshot.ts';
export { referenceOf, type Told, toldBy } from './reading/told.ts';
export type { RowDifference, TableDifference } from './rebuild/compare.ts';
export { estimateReplay, type ReplayEstimate } from './rebuild/estimate-replay.ts';
export type { RebuildProgress } from './rebuild/progress.ts';
export {
  RebuildDiffers,
  type RebuildOptions,
  type RebuildReport,
  rebuild,
} from './rebuild/rebuild.ts';
export { type PartialReplayOptions, type PartialReplayReport, replayPart } from './rebuild/replay-part.ts';
export type { TableHash } from './rebuild/row-hashes.ts';
export type { RowScope } from './rebuild/row-scope.ts';
export { FoldFailed } from './rebuild/shadow.ts';
export { RebuildOutdated } from './rebuild/shadow-run.ts';
export { type VerifyReport, verify } from './rebuild/verify.ts';
export * from './table.ts';
