import type { ParsedLine } from './parse-tracker-file.ts';
import type { Directory, ImportMapping, PlanOptions } from './planning/directory.ts';
import type { Newcomers } from './planning/newcomers.ts';
import { createPlanner, type PlannedRow } from './planning/planner.ts';
import type { ImportSummary } from './planning/summary.ts';
import type { LineProblem } from './problem.ts';

export interface ImportPlan {
  /** Empty when the file is refused. */
  readonly rows: readonly PlannedRow[];
  /** The first problems, in the order of the file; `summary.problems` counts them all. */
  readonly errors: readonly LineProblem[];
  readonly summary: ImportSummary;
  readonly newcomers: Newcomers;
}

export interface ImportPlanOptions extends PlanOptions {
  /** How many problems are told by line; 1,000 unless stated. */
  readonly errorLimit?: number | undefined;
}

const ERROR_LIMIT = 1_000;

/**
 * Plans a whole file: what would be logged, and what is wrong with the rest. For a file too large to hold, feed
 * `createPlanner` row by row instead. Throws only when the source of the rows does.
 */
export const planImport = async (
  lines: AsyncIterable<ParsedLine> | Iterable<ParsedLine>,
  directory: Directory,
  mapping: ImportMapping = {},
  options: ImportPlanOptions = {},
): Promise<ImportPlan> => {
  const planner = createPlanner(directory, mapping, options);
  const rows: PlannedRow[] = [];
  const errors: LineProblem[] = [];
  for await (const line of lines) {
    const planned = planner.plan(line);
    if (!('error' in planned)) rows.push(planned);
    else if (errors.length < (options.errorLimit ?? ERROR_LIMIT)) errors.push(planned);
  }
  const summary = planner.summary();
  return { rows: summary.fileRefused ? [] : rows, errors, summary, newcomers: planner.newcomers() };
};
