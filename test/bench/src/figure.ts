import type { Cluster } from './cluster.ts';

/** What a figure is measured against: a peer, or what the machine allows. */
export interface Against {
  readonly name: string;
  readonly value: number;
}

/** One line of the result. Medians over the runs; `ratio` is the median of the ratios run by run. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly against: Against | null;
  readonly ratio: number | null;
  /** Null: shown for information, nothing is expected of it. */
  readonly goal: string | null;
  readonly met: boolean | null;
  readonly runs: number;
}

/** What a figure is measured with. */
export interface Bench {
  /** A Postgres of the bench's own, in the settings of production. */
  readonly cluster: Cluster;
  /** Only to prove that everything works: few and short runs, small data. The figures then mean nothing. */
  readonly quick: boolean;
  /** Tells a person what goes on. */
  readonly say: (text: string) => void;
}

export interface Figure {
  readonly name: string;
  /** What is measured, in a few words. */
  readonly title: string;
  readonly measure: (bench: Bench) => Promise<Line[]>;
}

/** How often everything is measured, and for how long each time. */
export const effort = (
  { quick }: Pick<Bench, 'quick'>,
  full: { readonly runs: number; readonly seconds: number },
): { readonly runs: number; readonly seconds: number } => (quick ? { runs: 1, seconds: 0.3 } : full);
