export interface Failure {
  /** The names from the outermost test to the assertion. */
  readonly name: string;
  /** What was expected and found, and where; may have many lines. */
  readonly details: string;
}

/** How one test file went. */
export interface FileResult {
  readonly file: string;
  readonly seconds: number;
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  /** All that the file wrote beside its results. */
  readonly noise: string;
}
