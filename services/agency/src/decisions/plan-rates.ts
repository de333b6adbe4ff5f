import { type CostBreakdown, MOST_CHANGED_RATES } from '@headroom/contracts/events';
import type {
  PlannedRate,
  RateAdjustment,
  RateChangeWish,
  RatePlan,
  RatePlanRefusal,
  StatedRate,
} from '@headroom/contracts/questions';
import { derivedId } from '@headroom/kernel';
import { costPerHour, formatRate, rateUnits } from '@headroom/money';

interface KnownRate {
  readonly effectiveFrom: string;
  readonly ratePerHour: string;
  readonly breakdown: CostBreakdown | null;
}

/** A person with the cost rates that are known, by date. */
export interface Paid {
  readonly specialistId: string;
  readonly name: string;
  readonly role: string;
  readonly deactivatedOn: string | null;
  readonly costRates: readonly KnownRate[];
}

export interface RateTerms {
  readonly currency: string;
  readonly costBasis: 'capacity' | 'billable';
}

interface Wanted {
  readonly paid: Paid;
  readonly rate: KnownRate;
}

const inForce = (rates: readonly KnownRate[], date: string): KnownRate | undefined =>
  rates.findLast(({ effectiveFrom }) => effectiveFrom <= date);

const isConcerned = ({ specialistIds, role, effectiveFrom }: RateAdjustment, paid: Paid): boolean =>
  (specialistIds === undefined || specialistIds.includes(paid.specialistId)) &&
  (role === undefined || paid.role === role) &&
  (paid.deactivatedOn === null || paid.deactivatedOn >= effectiveFrom);

const adjusted = (breakdown: CostBreakdown, by: RateAdjustment): CostBreakdown => ({
  monthlySalaryMinor: by.monthlySalaryMinor ?? breakdown.monthlySalaryMinor,
  payrollTax: by.payrollTax ?? breakdown.payrollTax,
  monthlyOverheadMinor: by.monthlyOverheadMinor ?? breakdown.monthlyOverheadMinor,
  monthlyHours: by.monthlyHours ?? breakdown.monthlyHours,
  utilisation: by.utilisation ?? breakdown.utilisation,
});

/** No hour is sold that could carry the cost. */
const carriesNothing = (breakdown: CostBreakdown | null | undefined, { costBasis }: RateTerms): boolean =>
  costBasis === 'billable' && breakdown != null && Number(breakdown.utilisation) === 0;

const rateOf = ({ ratePerHour, breakdown }: StatedRate, { costBasis, currency }: RateTerms): string =>
  breakdown === undefined ? formatRate(rateUnits(ratePerHour ?? '0')) : costPerHour(breakdown, costBasis, currency);

const withRate = (rates: readonly KnownRate[], rate: KnownRate): KnownRate[] =>
  [...rates.filter(({ effectiveFrom }) => effectiveFrom !== rate.effectiveFrom), rate].sort((one, other) =>
    one.effectiveFrom < other.effectiveFrom ? -1 : 1,
  );

/** The rates that hold at some time from the adjustment's date on: the one in force then, as of that date, and all later ones. */
const ratesFrom = (rates: readonly KnownRate[], date: string): KnownRate[] => {
  const first = inForce(rates, date);
  const later = rates.filter(({ effectiveFrom }) => effectiveFrom > date);
  return first === undefined ? later : [{ ...first, effectiveFrom: date }, ...later];
};

/** Works out which cost rates a wish changes, and into what. */
class Planning {
  readonly #terms: RateTerms;
  readonly #rates = new Map<string, readonly KnownRate[]>();
  readonly #wanted = new Map<string, Wanted>();
  readonly withoutBreakdown: { specialistId: string; effectiveFrom: string }[] = [];

  constructor(terms: RateTerms) {
    this.#terms = terms;
  }

  adjust(paid: Paid, by: RateAdjustment): RatePlanRefusal | undefined {
    for (const rate of ratesFrom(this.#known(paid), by.effectiveFrom)) {
      const { effectiveFrom, breakdown } = rate;
      if (breakdown === null) {
        this.withoutBreakdown.push({ specialistId: paid.specialistId, effectiveFrom });
        continue;
      }
      const other = adjusted(breakdown, by);
      if (carriesNothing(other, this.#terms)) return 'no-sold-hour';
      if (JSON.stringify(other) === JSON.stringify(adjusted(breakdown, { effectiveFrom }))) continue;
      this.#want(paid, {
        effectiveFrom,
        ratePerHour: rateOf({ ...rate, ...paid, breakdown: other }, this.#terms),
        breakdown: other,
      });
    }
    return undefined;
  }

  state(paid: Paid, stated: StatedRate): RatePlanRefusal | undefined {
    if (carriesNothing(stated.breakdown, this.#terms)) return 'no-sold-hour';
    const { effectiveFrom, breakdown = null } = stated;
    this.#want(paid, { effectiveFrom, ratePerHour: rateOf(stated, this.#terms), breakdown });
    return undefined;
  }

  changes(rateIdOf: (specialistId: string, effectiveFrom: string) => string): PlannedRate[] {
    const keys = [...this.#wanted.keys()].sort();
    return keys.map((key) => {
      const { paid, rate } = this.#wanted.get(key) as Wanted;
      const { specialistId, name } = paid;
      const rateBefore = inForce(paid.costRates, rate.effectiveFrom)?.ratePerHour ?? null;
      return { rateId: rateIdOf(specialistId, rate.effectiveFrom), specialistId, name, rateBefore, ...rate };
    });
  }

  #known({ specialistId, costRates }: Paid): readonly KnownRate[] {
    return this.#rates.get(specialistId) ?? costRates;
  }

  #want(paid: Paid, rate: KnownRate): void {
    this.#rates.set(paid.specialistId, withRate(this.#known(paid), rate));
    this.#wanted.set(`${paid.specialistId} ${rate.effectiveFrom}`, { paid, rate });
  }
}

/**
 * Which cost rates a wish changes, and into what: adjustments in their order, each upon what those before it came to, then
 * the stated rates. An adjustment derives every rate anew that holds at some time from its date on, from its breakdown; a
 * rate that was stated without one is left as it is, and named. `everybody` are all people of the agency.
 */
export const planRates = (
  wish: RateChangeWish,
  everybody: readonly Paid[],
  terms: RateTerms,
  { tenantId, rateChangeId }: { readonly tenantId: string; readonly rateChangeId: string },
): RatePlan | RatePlanRefusal => {
  const byId = new Map(everybody.map((paid) => [paid.specialistId, paid]));
  const named = [
    ...wish.rates.map(({ specialistId }) => specialistId),
    ...wish.adjustments.flatMap(({ specialistIds = [] }) => specialistIds),
  ];
  if (named.some((specialistId) => !byId.has(specialistId))) return 'specialist-not-found';
  const planning = new Planning(terms);
  for (const adjustment of wish.adjustments)
    for (const paid of everybody) {
      if (!isConcerned(adjustment, paid)) continue;
      const refusal = planning.adjust(paid, adjustment);
      if (refusal !== undefined) return refusal;
    }
  for (const stated of wish.rates) {
    const refusal = planning.state(byId.get(stated.specialistId) as Paid, stated);
    if (refusal !== undefined) return refusal;
  }
  const changes = planning.changes((...of) => derivedId('rate', tenantId, rateChangeId, ...of));
  if (changes.length > MOST_CHANGED_RATES) return 'too-many-rates';
  const { currency, costBasis: basis } = terms;
  return { currency, basis, changes, withoutBreakdown: planning.withoutBreakdown };
};
