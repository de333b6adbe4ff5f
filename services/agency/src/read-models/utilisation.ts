import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { lastDayOf } from '@headroom/kernel';
import { formatDecimal, millionths, RATIO_SCALE, ratioOf } from '@headroom/money';
import { afterRow, type OrderValue, type RowReader } from '@headroom/projecting';
import { type AvailableSpan, availableSeconds, availableSpans, lastDayCounted } from '../formulas/available-time.ts';
import { type SpecialistRow, specialistTable, type WorkingHours } from './tables.ts';
import { type WorkedMonthRow, workedMonthTable } from './utilisation-tables.ts';

export interface UtilisationQuestion {
  readonly month: string;
  readonly specialistId?: string | undefined;
  readonly role?: string | undefined;
  readonly today: string;
  readonly limit: number;
  readonly after: readonly OrderValue[] | undefined;
  readonly seesRates: boolean;
}

interface Worked {
  readonly seconds: number;
  readonly billableSeconds: number;
  readonly nonBillableSeconds: number;
  readonly goodwillSeconds: number;
}

interface Person extends Worked {
  readonly row: SpecialistRow;
  readonly spans: readonly AvailableSpan[];
  readonly availableSeconds: number | null;
}

const workedOf = (row: WorkedMonthRow | undefined): Worked => {
  const { billableSeconds = 0, nonBillableSeconds = 0, goodwillSeconds = 0 } = row ?? {};
  const seconds = billableSeconds + nonBillableSeconds + goodwillSeconds;
  return { seconds, billableSeconds, nonBillableSeconds, goodwillSeconds };
};

const personOf = (
  row: SpecialistRow,
  worked: WorkedMonthRow | undefined,
  { month, through, hours }: { month: string; through: string | undefined; hours: readonly WorkingHours[] },
): Person => {
  const costRates = row.costRates.map(({ effectiveFrom, breakdown }) => ({
    effectiveFrom,
    monthlyHours: breakdown?.monthlyHours ?? null,
  }));
  const spans = availableSpans(month, through, { costRates, deactivatedOn: row.deactivatedOn }, hours);
  const logged = workedOf(worked);
  // Who worked although no cost rate had begun was available, nobody knows for how long.
  const unknown = spans.length === 0 && logged.seconds > 0;
  return { row, spans, ...logged, availableSeconds: unknown ? null : availableSeconds(month, spans) };
};

const SUMMED = ['seconds', 'billableSeconds', 'nonBillableSeconds', 'goodwillSeconds'] as const;

const sum = (people: readonly Person[], of: (person: Person) => number): number =>
  people.reduce((total, person) => total + of(person), 0);

/** Sums over people; the utilisation is that of those whose available hours are known. */
const sumsOf = (people: readonly Person[]) => {
  const known = people.filter((person) => person.availableSeconds !== null);
  const unknown = people.filter((person) => person.availableSeconds === null);
  const available = sum(known, (person) => person.availableSeconds ?? 0);
  const [seconds = 0, billableSeconds = 0, nonBillableSeconds = 0, goodwillSeconds = 0] = SUMMED.map((kind) =>
    sum(people, (person) => person[kind]),
  );
  return {
    people: people.length,
    seconds,
    billableSeconds,
    nonBillableSeconds,
    goodwillSeconds,
    availableSeconds: known.length === 0 ? null : available,
    utilisation: ratioOf(
      sum(known, (person) => person.billableSeconds),
      available,
    ),
    unknownAvailability: { people: unknown.length, billableSeconds: sum(unknown, (person) => person.billableSeconds) },
  };
};

const assumed = ({ costRates }: SpecialistRow, day: string): string | null => {
  const breakdown = costRates.findLast(({ effectiveFrom }) => effectiveFrom <= day)?.breakdown ?? null;
  return breakdown === null ? null : formatDecimal(millionths(breakdown.utilisation), RATIO_SCALE);
};

const lineOf = ({ row, spans, ...worked }: Person, day: string, seesRates: boolean) => ({
  specialistId: row.specialistId,
  name: row.name,
  role: row.role,
  ...worked,
  utilisation: worked.availableSeconds === null ? null : ratioOf(worked.billableSeconds, worked.availableSeconds),
  assumedUtilisation: seesRates ? assumed(row, day) : null,
  denominator: spans.flatMap(({ from, to, monthlyHours, source }) =>
    monthlyHours === null || source === null ? [] : [{ from, to, monthlyHours, source }],
  ),
});

const ORDER = [{ column: 'specialistId' }];

/** Billable by available seconds of a month: a page of people, and the sums of all who were asked for. */
export const getUtilisation = async (
  reader: RowReader,
  tenantId: string,
  hours: readonly WorkingHours[],
  { month, specialistId, role, today, limit, after, seesRates }: UtilisationQuestion,
) => {
  const [specialists, rows] = await Promise.all([
    reader.where(specialistTable, 'byTenant', [tenantId]),
    reader.where(workedMonthTable, 'byMonth', [tenantId, month]),
  ]);
  const through = lastDayCounted(month, today);
  const worked = new Map(rows.map((row) => [row.specialistId, row]));
  const people = specialists
    .filter((row) => (specialistId ?? row.specialistId) === row.specialistId && (role ?? row.role) === row.role)
    .map((row) => personOf(row, worked.get(row.specialistId), { month, through, hours }))
    // Who did not work here in that month is not idle.
    .filter(({ spans, seconds }) => spans.length > 0 || seconds > 0);
  const behind = people.filter(({ row }) => after === undefined || row.specialistId > String(after[0]));
  const shown = behind.slice(0, limit);
  const last = shown.at(-1)?.row;
  const byRole = Map.groupBy(people, ({ row }) => row.role);
  return {
    body: {
      month,
      through: through ?? null,
      items: shown.map((person) => lineOf(person, through ?? lastDayOf(month), seesRates)),
      roles: [...byRole]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, members]) => ({ role: name, ...sumsOf(members) })),
      total: sumsOf(people),
      knownAt: reader.position,
      formulaVersion: FORMULA_VERSION,
    },
    next: behind.length > limit && last !== undefined ? afterRow(specialistTable, ORDER, last) : null,
  };
};
