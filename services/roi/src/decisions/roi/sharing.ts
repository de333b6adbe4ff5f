import type { EffectShares } from '@headroom/contracts/events';
import { monthsFrom } from '@headroom/kernel';
import { divideRounded, millionths } from '@headroom/money';
import type { CalculatedProject } from './client-figures.ts';
import type { Gain } from './gain.ts';
import type { Lacking, MonthFigures } from './project-months.ts';

/** The sharings with a new one, in the order of their months; the same effect and month supersedes. */
export const withSharing = (
  known: readonly EffectShares[],
  { projectId, effectiveFrom, shares }: EffectShares,
): EffectShares[] =>
  [
    ...known.filter((each) => each.projectId !== projectId || each.effectiveFrom !== effectiveFrom),
    { projectId, effectiveFrom, shares },
  ].sort((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));

/** The sharings that hold in a month: of each effect the last one, if more than one project shares it. */
export const sharingsIn = (sharings: readonly EffectShares[], month: string): EffectShares[] => {
  const last = new Map<string, EffectShares>();
  for (const each of sharings) if (each.effectiveFrom <= month) last.set(each.projectId, each);
  return [...last.values()].filter(({ shares }) => shares.length > 1);
};

/** Cuts an amount in parts by weights, by running total, so that the parts add up to it. */
export const cutByWeight = (amount: bigint, weights: readonly bigint[]): bigint[] => {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  let [weighed, given] = [0n, 0n];
  return weights.map((weight) => {
    weighed += weight;
    const upTo = divideRounded(amount * weighed, whole);
    const part = upTo - given;
    given = upTo;
    return part;
  });
};

/** Cuts a gain; the distances to low and high are cut by themselves, so that low <= base <= high in each part. */
export const cutGain = ({ low, base, high }: Gain, weights: readonly bigint[]): Gain[] => {
  const [below, above] = [cutByWeight(base - low, weights), cutByWeight(high - base, weights)];
  return cutByWeight(base, weights).map((part, index) => ({
    low: part - (below[index] ?? 0n),
    base: part,
    high: part + (above[index] ?? 0n),
  }));
};

const costUpTo = (months: readonly MonthFigures[], month: string): bigint =>
  months
    .filter((each) => each.month <= month)
    .reduce((sum, { revenue, advertisingSpend }) => sum + revenue + advertisingSpend, 0n);

/** Stated shares; else what each has cost so far, which no later month changes; alike while nobody has cost anything. */
const weightsIn = (
  { shares }: EffectShares,
  month: string,
  byId: ReadonlyMap<string, CalculatedProject>,
): readonly bigint[] => {
  const stated = shares.map(({ share }) => (share === null ? 0n : millionths(share)));
  if (stated.some((share) => share > 0n)) return stated;
  const costs = shares.map(({ projectId }) => costUpTo(byId.get(projectId)?.months ?? [], month));
  const positive = costs.map((cost) => (cost > 0n ? cost : 0n));
  return positive.some((cost) => cost > 0n) ? positive : shares.map(() => 1n);
};

type Shared = Map<string, Map<string, Gain | null>>;

/** The part of each project in each month in which it shares an effect. */
const partsOf = (
  projects: readonly CalculatedProject[],
  sharings: readonly EffectShares[],
  byId: ReadonlyMap<string, CalculatedProject>,
): Shared => {
  const parts: Shared = new Map(projects.map(({ projectId }) => [projectId, new Map()]));
  const months = new Set(projects.flatMap((project) => project.months.map(({ month }) => month)));
  for (const month of [...months].sort()) {
    for (const sharing of sharingsIn(sharings, month)) {
      const source = byId.get(sharing.projectId)?.months.find((each) => each.month === month);
      const gain = source?.gain ?? null;
      const cut = gain === null ? [] : cutGain(gain, weightsIn(sharing, month, byId));
      for (const [index, { projectId }] of sharing.shares.entries())
        parts.get(projectId)?.set(month, cut[index] ?? null);
    }
  }
  return parts;
};

const NO_MONTH = { complete: true, gain: null, revenue: 0n, advertisingSpend: 0n };

/** The months of a project with its parts in place of what was measured at it, begun earlier where a part is earlier. */
const withParts = (months: readonly MonthFigures[], parts: ReadonlyMap<string, Gain | null>): MonthFigures[] => {
  const own = new Map(months.map((each) => [each.month, each]));
  const earned = [...parts].filter(([, gain]) => gain !== null && gain.base !== 0n).map(([month]) => month);
  const [first, last] = [[...own.keys(), ...earned].sort()[0], [...own.keys(), ...earned].sort().at(-1)];
  if (first === undefined || last === undefined) return [];
  return monthsFrom(first, last).map((month) => {
    const figures = own.get(month) ?? { month, ...NO_MONTH };
    return parts.has(month) ? { ...figures, gain: parts.get(month) ?? null } : figures;
  });
};

/** What a project that shares the effect of another need not be asked for. */
const stillLacking = (
  { projectId, lacking, months }: CalculatedProject,
  sharings: readonly EffectShares[],
): readonly Lacking[] => {
  const elsewhere = (month: string): boolean =>
    sharingsIn(sharings, month).some(
      (each) => each.projectId !== projectId && each.shares.some((share) => share.projectId === projectId),
    );
  const now = months.at(-1)?.month;
  return lacking.filter(({ month }) => !elsewhere(month ?? now ?? ''));
};

/**
 * The projects of a client with shared effects cut up among those that share them, so that no gain is counted twice: a
 * project that shares the effect of another has its part in place of what was measured at itself.
 */
export const shareEffects = (
  projects: readonly CalculatedProject[],
  sharings: readonly EffectShares[],
): CalculatedProject[] => {
  if (sharings.length === 0) return [...projects];
  const byId = new Map(projects.map((project) => [project.projectId, project]));
  const parts = partsOf(projects, sharings, byId);
  return projects.map((project) => ({
    ...project,
    months: withParts(project.months, parts.get(project.projectId) ?? new Map()),
    lacking: stillLacking(project, sharings),
  }));
};

/** What an effect cost in a month: all projects that share it, or the one at which it is measured. */
export const costOfEffect = (
  projects: readonly CalculatedProject[],
  sharings: readonly EffectShares[],
  projectId: string,
  month: string,
): bigint => {
  const sharing = sharingsIn(sharings, month).find((each) => each.projectId === projectId);
  const sharers = new Set(sharing?.shares.map((each) => each.projectId) ?? [projectId]);
  return projects
    .filter((project) => sharers.has(project.projectId))
    .flatMap(({ months }) => months.filter((each) => each.month === month))
    .reduce((sum, { revenue, advertisingSpend }) => sum + revenue + advertisingSpend, 0n);
};
