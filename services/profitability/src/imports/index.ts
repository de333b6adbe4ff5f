export type { DateOrder } from './dates.ts';
export type { DecimalSeparator } from './durations.ts';
export type { FormatName } from './formats/index.ts';
export { type ParsedLine, type ParsedRow, type ParseOptions, parseTrackerFile } from './parse-tracker-file.ts';
export { type ImportPlan, type ImportPlanOptions, planImport } from './plan-import.ts';
export type { Directory, ImportMapping, PlanOptions, UnknownPolicy } from './planning/directory.ts';
export type { Newcomers } from './planning/newcomers.ts';
export type { Notice, PlannedHours } from './planning/planned-hours.ts';
export { createPlanner, type ImportPlanner, type PlannedLine, type PlannedRow } from './planning/planner.ts';
export type { ImportSummary } from './planning/summary.ts';
export type { Unmapped, UnmappedName } from './planning/unmapped.ts';
export {
  effectOf,
  type ImportProblem,
  type LineProblem,
  type ProblemCode,
  type ProblemEffect,
} from './problem.ts';
export type { FileSource } from './text-blocks.ts';
export type { TrackerEntry } from './tracker-entry.ts';
