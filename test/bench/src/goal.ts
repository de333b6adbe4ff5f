import type { Line } from './figure.ts';
import { median, rounded } from './statistics.ts';

/** What is expected of a value, or of its ratio to what it is measured against. */
export type Goal =
  | { readonly atLeast: number; readonly stretch?: number }
  | { readonly atMost: number }
  | { readonly exactly: number };

const meets = (goal: Goal, value: number): boolean => {
  if ('atLeast' in goal) return value >= goal.atLeast;
  return 'atMost' in goal ? value <= goal.atMost : value === goal.exactly;
};

const textOf = (goal: Goal, unit: string): string => {
  if ('exactly' in goal) return `= ${goal.exactly}${unit}`;
  if ('atMost' in goal) return `<= ${goal.atMost}${unit}`;
  const stretch = goal.stretch === undefined ? '' : `, stretch ${goal.stretch}${unit}`;
  return `>= ${goal.atLeast}${unit}${stretch}`;
};

/** A value that has to reach a goal by itself; without a goal it is only told. One entry of `values` a run. */
export const absolute = (name: string, unit: string, values: readonly number[], goal?: Goal): Line => {
  const value = median(values);
  return {
    name,
    value: rounded(value),
    unit,
    against: null,
    ratio: null,
    goal: goal ? textOf(goal, ` ${unit}`) : null,
    met: goal ? meets(goal, value) : null,
    runs: values.length,
  };
};

/** A value whose ratio to another one, measured in the same runs, has to reach a goal. */
export const relative = (
  name: string,
  unit: string,
  ours: readonly number[],
  against: { readonly name: string; readonly values: readonly number[] },
  goal?: Goal,
): Line => {
  const ratio = median(ours.map((value, run) => value / (against.values[run] ?? Number.NaN)));
  return {
    name,
    value: rounded(median(ours)),
    unit,
    against: { name: against.name, value: rounded(median(against.values)) },
    ratio: rounded(ratio),
    goal: goal ? textOf(goal, 'x') : null,
    met: goal ? meets(goal, ratio) : null,
    runs: ours.length,
  };
};
