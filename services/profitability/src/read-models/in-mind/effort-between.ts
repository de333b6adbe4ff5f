import type { Effort } from '@headroom/contracts/questions';
import { addDays, monthOf } from '@headroom/kernel';
import type { StageRow } from '../tables.ts';
import type { StagesOnDays } from './agency-stages.ts';
import { costedPeopleOf, lifetimeOf } from './lifetime.ts';
import type { PersonsWork, StageEffort } from './stage-effort.ts';

interface Days {
  readonly from: string;
  readonly to: string;
}

/** Whether anything of a stage can have changed within the days. */
const alive = (row: StageRow, { from, to }: Days): boolean => {
  const { first, settled } = lifetimeOf(row);
  return first !== undefined && first < to && (settled === undefined || settled >= from);
};

const costedPeople = (rows: readonly StageRow[], { from, to }: Days): number => {
  const [first, last] = [monthOf(from), monthOf(addDays(to, -1))];
  const people = new Set<string>();
  for (const row of rows)
    for (const [month, costed] of costedPeopleOf(row))
      if (month >= first && month <= last) for (const person of costed) people.add(person);
  return people.size;
};

/** Adds up what own people did, by role; what was there before the days is taken away. */
const addWork = (
  roles: Map<string, { seconds: number; costMinor: number }>,
  work: readonly PersonsWork[],
  { isOwn, sign }: { readonly isOwn: (specialistId: string) => boolean; readonly sign: 1 | -1 },
): void => {
  for (const { specialistId, role, seconds, costMinor } of work) {
    if (!isOwn(specialistId)) continue;
    const sum = roles.get(role) ?? { seconds: 0, costMinor: 0 };
    roles.set(role, { seconds: sum.seconds + sign * seconds, costMinor: sum.costMinor + sign * costMinor });
  }
};

/** What was earned and spent on stages within `[from, to)`, and on what. */
export const effortBetween = async (
  stages: StagesOnDays,
  rows: readonly StageRow[],
  days: Days,
  isOwn: (specialistId: string) => boolean,
): Promise<Effort> => {
  const living = rows.filter((row) => alive(row, days));
  const parts = await Promise.all(
    living.map(async (row) => ({
      before: await stages.effort(row, addDays(days.from, -1)),
      by: await stages.effort(row, addDays(days.to, -1)),
    })),
  );
  const sum = (of: (effort: StageEffort) => number) =>
    parts.reduce((total, { before, by }) => total + of(by) - of(before), 0);
  const roles = new Map<string, { seconds: number; costMinor: number }>();
  for (const { before, by } of parts) {
    addWork(roles, by.work, { isOwn, sign: 1 });
    addWork(roles, before.work, { isOwn, sign: -1 });
  }
  return {
    revenueMinor: sum(({ revenueMinor }) => revenueMinor),
    costMinor: sum(({ costMinor }) => costMinor),
    labourCostMinor: sum(({ labourCostMinor }) => labourCostMinor),
    seconds: sum(({ seconds }) => seconds),
    uncostedSeconds: sum(({ uncostedSeconds }) => uncostedSeconds),
    contactSeconds: sum(({ contactSeconds }) => contactSeconds),
    contactCostMinor: sum(({ contactCostMinor }) => contactCostMinor),
    favourSeconds: sum(({ favourSeconds }) => favourSeconds),
    favourCostMinor: sum(({ favourCostMinor }) => favourCostMinor),
    ownWork: [...roles]
      .filter(([, { seconds }]) => seconds > 0)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([role, work]) => ({ role, ...work })),
    costedPeople: costedPeople(living, days),
    stages: parts.filter(({ before, by }) => by.seconds > before.seconds).length,
  };
};
