import { effectOf, type ImportProblem, type ProblemCode } from '../problem.ts';
import type { Notice, PlannedHours } from './planned-hours.ts';
import type { Unmapped } from './unmapped.ts';

export interface ImportSummary {
  /** Whether the file as a whole cannot be used; then nothing of it is planned. */
  readonly fileRefused: boolean;
  readonly planned: number;
  readonly refused: number;
  /** Rows without time. */
  readonly skipped: number;
  /** Seconds of the planned rows. */
  readonly seconds: number;
  /** Those of them that have a project and no stage. */
  readonly unattributedSeconds: number;
  /** How often each problem came up. */
  readonly problems: Readonly<Partial<Record<ProblemCode, number>>>;
  readonly notices: Readonly<Partial<Record<Notice, number>>>;
  /** What the mapping should name, each once. */
  readonly unmapped: Unmapped;
}

const EFFECT_COUNTS = { 'row-refused': 'refused', 'row-skipped': 'skipped' } as const;

/** Adds up what an import's rows came to. */
export const importTally = () => {
  const sums = { planned: 0, refused: 0, skipped: 0, seconds: 0, unattributedSeconds: 0 };
  const problems: Partial<Record<ProblemCode, number>> = {};
  const notices: Partial<Record<Notice, number>> = {};
  let fileRefused = false;
  return {
    problem: ({ code }: ImportProblem): void => {
      const effect = effectOf(code);
      problems[code] = (problems[code] ?? 0) + 1;
      if (effect === 'file-refused') fileRefused = true;
      else sums[EFFECT_COUNTS[effect]] += 1;
    },
    planned: ({ seconds, stageId }: PlannedHours, noted: readonly Notice[]): void => {
      sums.planned += 1;
      sums.seconds += seconds;
      if (stageId === null) sums.unattributedSeconds += seconds;
      for (const notice of noted) notices[notice] = (notices[notice] ?? 0) + 1;
    },
    summary: (unmapped: Unmapped): ImportSummary => ({
      fileRefused,
      ...sums,
      ...(fileRefused ? { planned: 0, seconds: 0, unattributedSeconds: 0 } : {}),
      problems: { ...problems },
      notices: { ...notices },
      unmapped,
    }),
  };
};
