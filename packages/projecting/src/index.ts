export { type Checkpoint, type Failure, readCheckpoints } from './database/checkpoints.ts';
export { projectingMigrations } from './database/migrations.ts';
export { schemaOf } from './database/names.ts';
export { createSchema, fingerprintOf, schemaDdl } from './database/schema.ts';
export { UnfitValue } from './fold/cell.ts';
export { foldInMemory, MemoryModel } from './fold/fold-in-memory.ts';
export type { AnyTable } from './fold/row-shape.ts';
export { NotLoaded } from './fold/unit-of-work.ts';
export { type Lag, projectionLag } from './live/lag.ts';
export { resumeProjections } from './live/resume.ts';
export { type RunningProjections, type RunOptions, runProjections } from './live/run-projections.ts';
export type { CommittedPage, Logger } from './live/term.ts';
export * from './projection.ts';
export * from './reader.ts';
export { createReadModels, NotProjected, type OpenReadModels, type ReadModelsOptions } from './reading/read-models.ts';
export { Remembered } from './reading/remembered.ts';
export { RememberedBySnapshot } from './reading/remembered-by-snapshot.ts';
export type { RowDifference, TableDifference } from './rebuild/compare.ts';
export type { RebuildProgress } from './rebuild/progress.ts';
export {
  RebuildDiffers,
  type RebuildOptions,
  RebuildOutdated,
  type RebuildReport,
  rebuild,
} from './rebuild/rebuild.ts';
export { FoldFailed } from './rebuild/shadow.ts';
export * from './table.ts';
