import { exactCost, meanRateUnits, moneyOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { rateOn } from '../../formulas/stage-ledger.ts';
import { type SpecialistRow, specialistTable } from '../tables.ts';

const works = ({ deactivatedOn }: SpecialistRow, day: string): boolean =>
  deactivatedOn === null || day <= deactivatedOn;

const unitsOf = (people: readonly SpecialistRow[], day: string): number[] =>
  people.flatMap((person) => rateOn(person.rates, day)?.units ?? []);

export interface RateAsked {
  readonly role: string;
  /** Undefined when nobody knows it. */
  readonly units: number | undefined;
  readonly people: number;
}

/** The rate of the specialist, or the mean over the role's people who work on the day; and of how many it is made. */
export const rateAskedFor = async (
  reader: RowReader,
  tenantId: string,
  asked: { readonly role?: string | undefined; readonly specialistId?: string | undefined },
  day: string,
): Promise<RateAsked> => {
  if (asked.specialistId === undefined) {
    const role = asked.role ?? '';
    const people = (await reader.where(specialistTable, 'byRole', [tenantId, role])).filter((each) => works(each, day));
    const units = unitsOf(people, day);
    return { role, units: meanRateUnits(units), people: units.length };
  }
  const specialist = await reader.get(specialistTable, tenantId, asked.specialistId);
  const units = specialist === undefined ? [] : unitsOf([specialist], day);
  return { role: specialist?.role ?? '', units: meanRateUnits(units), people: units.length };
};

/** Who could do the work instead: a role's contractors, or another role's employees. */
export interface Delegate {
  readonly role: string;
  readonly kind: SpecialistRow['kind'];
  readonly people: number;
  readonly units: number;
  readonly costMinor: number;
}

/**
 * The cheapest others by their mean rate of the day: contractors of any role, or employees of another role than the one
 * asked for. It is assumed that they take as long. Undefined when nobody else has a rate.
 */
export const cheapestDelegate = async (
  reader: RowReader,
  tenantId: string,
  asked: { readonly role: string; readonly specialistId?: string | undefined; readonly seconds: number },
  { day, currency }: { readonly day: string; readonly currency: string },
): Promise<Delegate | undefined> => {
  const people = (await reader.where(specialistTable, 'byTenant', [tenantId])).filter(
    (each) =>
      works(each, day) &&
      each.specialistId !== asked.specialistId &&
      (each.kind === 'contractor' || each.role !== asked.role),
  );
  const groups = Map.groupBy(people, ({ role, kind }) => `${kind} ${role}`);
  const delegates = [...groups.values()].flatMap((members) => {
    const units = unitsOf(members, day);
    const mean = meanRateUnits(units);
    const [first] = members;
    if (mean === undefined || first === undefined) return [];
    const costMinor = moneyOf(exactCost(asked.seconds, mean), currency);
    return [{ role: first.role, kind: first.kind, people: units.length, units: mean, costMinor }];
  });
  return delegates.sort((one, other) => one.units - other.units || (one.role < other.role ? -1 : 1))[0];
};
