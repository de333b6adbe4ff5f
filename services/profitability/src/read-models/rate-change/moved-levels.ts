import { managerOn } from '../../formulas/managers.ts';
import { ratioDifference } from '../../formulas/reviews/closed-stage.ts';
import { marginOf, type StageFigures } from '../../formulas/stage-figures.ts';
import type { BothWorlds, StagePair } from './both-worlds.ts';

const ADDED = ['contractRevenueMinor', 'revenueMinor', 'costMinor', 'estimateAtCompletionMinor'] as const;

type Sums = Pick<StageFigures, (typeof ADDED)[number]>;

const sumOf = (figures: readonly Sums[]): Sums => {
  const sums = { contractRevenueMinor: 0, revenueMinor: 0, costMinor: 0, estimateAtCompletionMinor: 0 };
  for (const each of figures) for (const name of ADDED) sums[name] += each[name];
  return sums;
};

/** Money and margins of a sum. */
const shown = (sums: Sums, currency: string) => {
  const { contractRevenueMinor, revenueMinor, costMinor, estimateAtCompletionMinor } = sums;
  const money = (minor: number) => ({ minor, currency });
  return {
    revenue: money(revenueMinor),
    cost: money(costMinor),
    profit: money(revenueMinor - costMinor),
    margin: marginOf(revenueMinor, costMinor),
    estimateAtCompletion: money(estimateAtCompletionMinor),
    forecastMargin: marginOf(contractRevenueMinor, estimateAtCompletionMinor),
  };
};

/** A sum as it is, as it would be, and by how much it moves. */
const compared = (before: Sums, after: Sums, currency: string) => {
  const [one, other] = [shown(before, currency), shown(after, currency)];
  const difference = (from: { readonly minor: number }, to: { readonly minor: number }) => ({
    minor: to.minor - from.minor,
    currency,
  });
  return {
    before: one,
    after: other,
    difference: {
      revenue: difference(one.revenue, other.revenue),
      cost: difference(one.cost, other.cost),
      profit: difference(one.profit, other.profit),
      margin: ratioDifference(other.margin, one.margin),
    },
  };
};

type Line = ReturnType<typeof compared> & { readonly id: string; readonly name: string | null };

const byWeight = (one: Line, other: Line): number => {
  const [a, b] = [one, other].map(
    ({ difference }) => Math.abs(difference.cost.minor) + Math.abs(difference.revenue.minor),
  );
  return (b as number) - (a as number) || (one.id < other.id ? -1 : 1);
};

interface Grouping {
  readonly idOf: (pair: StagePair) => string;
  readonly nameOf: (id: string) => string | null;
}

/** The groups in which a stage moves, the ones that move most first; `count` tells how many there are in all. */
const movedGroups = (
  { pairs }: BothWorlds,
  { idOf, nameOf }: Grouping,
  { currency, limit }: { readonly currency: string; readonly limit: number },
) => {
  const groups = [...Map.groupBy(pairs, idOf)].filter(([, members]) => members.some(({ moved }) => moved));
  const lines = groups.map(([id, members]) => ({
    id,
    name: nameOf(id),
    ...compared(
      sumOf(members.map(({ before }) => before.figures)),
      sumOf(members.map(({ after }) => after.figures)),
      currency,
    ),
  }));
  return { count: lines.length, items: lines.sort(byWeight).slice(0, limit) };
};

/** The money of the whole agency, and of every stage, project, client and manager that moves. */
export const movedLevels = (
  worlds: BothWorlds,
  names: { readonly client: (id: string) => string | null; readonly person: (id: string) => string | null },
  { currency, limit, asOf }: { readonly currency: string; readonly limit: number; readonly asOf: string },
) => {
  const { pairs, projects } = worlds;
  const stageNames = new Map(pairs.map(({ row }) => [row.stageId, row.name]));
  const showing = { currency, limit };
  const managerOf = ({ row }: StagePair) => managerOn(projects.get(row.projectId)?.managers ?? [], asOf);
  const groups = (idOf: Grouping['idOf'], nameOf: Grouping['nameOf']) => movedGroups(worlds, { idOf, nameOf }, showing);
  return {
    agency: compared(
      sumOf(pairs.map(({ before }) => before.figures)),
      sumOf(pairs.map(({ after }) => after.figures)),
      currency,
    ),
    stages: groups(
      ({ row }) => row.stageId,
      (id) => stageNames.get(id) ?? null,
    ),
    projects: groups(
      ({ row }) => row.projectId,
      (id) => projects.get(id)?.name ?? null,
    ),
    clients: groups(({ row }) => row.clientId, names.client),
    managers: groups(managerOf, names.person),
  };
};
