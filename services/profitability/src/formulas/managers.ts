/** Somebody in a post from a day on; `null`: the post is vacant. */
export interface Tenure<Person extends string | null = string> {
  readonly from: string;
  readonly managerId: Person;
}

/** The tenures with one more, in the order of their dates; of two that begin on one day the later told one holds. */
export const withTenure = <Person extends string | null>(
  tenures: readonly Tenure<Person>[],
  tenure: Tenure<Person>,
): Tenure<Person>[] =>
  [...tenures.filter(({ from }) => from !== tenure.from), tenure].sort((one, other) =>
    one.from < other.from ? -1 : 1,
  );

/** Who holds the post on a day; before the first tenure whoever holds it first; undefined when nobody ever did. */
const holderOn = <Person extends string | null>(tenures: readonly Tenure<Person>[], day: string) =>
  tenures.findLast(({ from }) => from <= day)?.managerId;

/** The manager of a day: work dated before the project was opened was done under its first manager. */
export const managerOn = (managers: readonly Tenure[], day: string): string =>
  holderOn(managers, day) ?? (managers[0] as Tenure).managerId;

/** Who would replace the manager on a day; null when nobody is named, or the backup is the manager by now. */
export const backupOn = (
  managers: readonly Tenure[],
  backups: readonly Tenure<string | null>[],
  day: string,
): string | null => {
  const backup = holderOn(backups, day) ?? null;
  return backup === managerOn(managers, day) ? null : backup;
};
