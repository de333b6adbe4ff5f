/** What can be wrong with an imported file, a row of it, or its place among our projects. A closed set. */

const FILE_PROBLEMS = [
  'empty-file',
  'invalid-encoding',
  'malformed-csv',
  'unknown-format',
  'ambiguous-format',
  'missing-column',
  'duplicate-column',
  'unknown-time-zone',
] as const;

const ROW_PROBLEMS = [
  'column-count',
  'missing-value',
  'invalid-date',
  'ambiguous-date',
  'invalid-time',
  'no-such-time',
  'invalid-number',
  'ambiguous-number',
  'invalid-duration',
  'ambiguous-duration',
  'no-time',
  'over-a-day',
  'invalid-billable',
] as const;

const PLAN_PROBLEMS = [
  'unknown-person',
  'ambiguous-person',
  'unknown-client',
  'no-project',
  'unknown-project',
  'ambiguous-project',
  'unknown-stage',
  'ambiguous-stage',
  'stage-closed',
  'stage-of-another-project',
  'ambiguous-activity',
  'mapping-target-unknown',
  'name-too-long',
] as const;

/** Every code an import can answer with, in the order of the work: the file, its rows, their place. */
export const problemCodes = [...FILE_PROBLEMS, ...ROW_PROBLEMS, ...PLAN_PROBLEMS] as const;
export type ProblemCode = (typeof problemCodes)[number];
export type RowProblemCode = (typeof ROW_PROBLEMS)[number];

export interface ImportProblem {
  readonly code: ProblemCode;
  /** The column as the file calls it, or the part of the entry that found no place; `null`: not one column's fault. */
  readonly column: string | null;
  readonly message: string;
  /** The offending text, cut to 200 characters. */
  readonly value: string | null;
}

/** A problem and the physical line of the file on which its record begins; lines count from 1. */
export interface LineProblem {
  readonly line: number;
  readonly error: ImportProblem;
}

/** What a problem means for the import: nothing of the file may be used, or this row not, or the row says nothing. */
export type ProblemEffect = 'file-refused' | 'row-refused' | 'row-skipped';

const fileProblems: ReadonlySet<ProblemCode> = new Set(FILE_PROBLEMS);

/** A row without time changes no figure, so it is skipped rather than held against the file. */
export const effectOf = (code: ProblemCode): ProblemEffect => {
  if (fileProblems.has(code)) return 'file-refused';
  return code === 'no-time' ? 'row-skipped' : 'row-refused';
};

const SHOWN_VALUE = 200;

/** States a problem; the value is shortened, for it is the caller's text and may be a whole novel. */
export const problem = (
  code: ProblemCode,
  message: string,
  column: string | null = null,
  value: string | null = null,
): ImportProblem => ({
  code,
  column,
  message,
  value: value === null || value.length <= SHOWN_VALUE ? value : `${value.slice(0, SHOWN_VALUE).toWellFormed()}…`,
});
