import type { CostMethod } from '@headroom/contracts/events';
import type { ContractorRate, Effort } from '@headroom/contracts/questions';
import { divideRounded, exactCost, moneyOf } from '@headroom/money';
import type { Input } from '../loyalty/component.ts';

/** Whole months that an estimate looks back at. */
export const ESTIMATE_MONTHS = 3;
const MONTHS = BigInt(ESTIMATE_MONTHS);

/** What was on record of a client within the months; money in minor units of the agency's currency. */
export interface EstimateFacts {
  readonly currency: string;
  readonly effort: Effort;
  readonly unplannedSeconds: number;
  readonly inboundSeconds: number;
  readonly outboundSeconds: number;
  /** Of all clients that the agency works for. */
  readonly medianUnplannedSeconds: number;
  readonly contractorRates: readonly ContractorRate[];
  /** The role in which the agency's own people work most; null when nobody worked. */
  readonly speciality: string | null;
  /** Production and management for requests out of scope that no agreed extra payment has paid for. */
  readonly outOfScope: { readonly seconds: number; readonly costMinor: number };
}

/** What a method would save each month; `null` when that cannot be told, and why. */
export interface Estimate {
  readonly method: CostMethod;
  readonly monthlyMinor: number | null;
  readonly missing: string | null;
  readonly formula: string;
  readonly inputs: readonly Input[];
  /** Made of costs by kind of work or by role: from those one person's rate may follow. */
  readonly tellsKinds: boolean;
}

type Stated = Omit<Estimate, 'monthlyMinor' | 'missing'>;

const told = (stated: Stated, above: bigint, below: bigint): Estimate => ({
  ...stated,
  monthlyMinor: Number(divideRounded(above, below)),
  missing: null,
});
const missing = (stated: Stated, why: string): Estimate => ({ ...stated, monthlyMinor: null, missing: why });

const money = (facts: EstimateFacts, name: string, minor: number): Input => ({
  name,
  money: { minor, currency: facts.currency },
});
const count = (name: string, value: number): Input => ({ name, count: value });
const months = count('months', ESTIMATE_MONTHS);

/** What an hour for the client costs on average: labour cost over costed seconds. */
const averageHour = (facts: EstimateFacts): Input[] => {
  const { labourCostMinor, seconds, uncostedSeconds } = facts.effort;
  const costed = seconds - uncostedSeconds;
  if (costed <= 0) return [];
  const minor = Number(divideRounded(BigInt(labourCostMinor) * 3_600n, BigInt(costed)));
  return [money(facts, 'averageCostOfAnHour', minor)];
};

/** `seconds x labour cost / costed seconds / months`, rounded once. */
const secondsSaved = (facts: EstimateFacts, stated: Stated, seconds: number): Estimate => {
  const { labourCostMinor, seconds: all, uncostedSeconds } = facts.effort;
  const costed = all - uncostedSeconds;
  if (costed <= 0) return missing(stated, 'no hours with a cost rate were logged in the months');
  return told(stated, BigInt(seconds) * BigInt(labourCostMinor), BigInt(costed) * MONTHS);
};

/** `(seconds of unplanned contacts - median of the agency's clients) x average cost of an hour / 3`. */
const reduceContact = (facts: EstimateFacts): Estimate => {
  const { unplannedSeconds, medianUnplannedSeconds } = facts;
  const excess = Math.max(0, unplannedSeconds - medianUnplannedSeconds);
  const stated: Stated = {
    method: 'reduce-contact',
    formula: '(unplanned contact seconds - median of the clients) x average cost of an hour / 3 months',
    inputs: [
      count('unplannedSeconds', unplannedSeconds),
      count('medianUnplannedSeconds', medianUnplannedSeconds),
      count('excessSeconds', excess),
      ...averageHour(facts),
      months,
    ],
    tellsKinds: false,
  };
  if (unplannedSeconds === 0) return missing(stated, 'no unplanned contact with a length was logged in the months');
  return secondsSaved(facts, stated, excess);
};

/** `(seconds of outbound contacts - of inbound ones) x average cost of an hour / 3`. */
const mirrorClient = (facts: EstimateFacts): Estimate => {
  const { inboundSeconds, outboundSeconds } = facts;
  const surplus = Math.max(0, outboundSeconds - inboundSeconds);
  const stated: Stated = {
    method: 'mirror-client',
    formula: '(outbound contact seconds - inbound ones) x average cost of an hour / 3 months',
    inputs: [
      count('outboundSeconds', outboundSeconds),
      count('inboundSeconds', inboundSeconds),
      count('surplusSeconds', surplus),
      ...averageHour(facts),
      months,
    ],
    tellsKinds: false,
  };
  if (outboundSeconds === 0) return missing(stated, 'no outbound contact with a length was logged in the months');
  return secondsSaved(facts, stated, surplus);
};

/** Sum over the roles but the speciality: `own cost - own hours at the mean rate of contractors`, where that is less; `/ 3`. */
const subcontract = (facts: EstimateFacts): Estimate => {
  const { effort, contractorRates, speciality, currency } = facts;
  const roles = effort.ownWork.flatMap(({ role, seconds, costMinor }) => {
    const rate = contractorRates.find((each) => each.role === role);
    if (rate === undefined || role === speciality) return [];
    const elsewhereMinor = moneyOf(exactCost(seconds, rate.units), currency);
    return [{ role, seconds, costMinor, elsewhereMinor, gainMinor: Math.max(0, costMinor - elsewhereMinor) }];
  });
  const stated: Stated = {
    method: 'subcontract',
    formula: 'sum of (own cost - hours x contractors’ rate) over the roles but the speciality / 3 months',
    inputs: [
      ...roles.flatMap(({ role, seconds, costMinor, elsewhereMinor }) => [
        count(`${role}: ownSeconds`, seconds),
        money(facts, `${role}: ownCost`, costMinor),
        money(facts, `${role}: costWithContractors`, elsewhereMinor),
      ]),
      months,
    ],
    tellsKinds: true,
  };
  if (roles.length === 0)
    return missing(stated, 'no contractor with a rate has a role, but the speciality, that own people worked in');
  const gain = roles.reduce((sum, { gainMinor }) => sum + gainMinor, 0);
  return told(stated, BigInt(gain), MONTHS);
};

/** `(unpaid rework and goodwill + unpaid work for requests out of scope) / 3`. */
const enforceContract = (facts: EstimateFacts): Estimate => {
  const { effort, outOfScope } = facts;
  const stated: Stated = {
    method: 'enforce-contract',
    formula: '(unpaid rework and goodwill + unpaid work out of scope) / 3 months',
    inputs: [
      count('favourSeconds', effort.favourSeconds),
      money(facts, 'favourCost', effort.favourCostMinor),
      count('outOfScopeSeconds', outOfScope.seconds),
      money(facts, 'outOfScopeCost', outOfScope.costMinor),
      months,
    ],
    tellsKinds: true,
  };
  if (effort.seconds <= 0) return missing(stated, 'no hours were logged in the months');
  return told(stated, BigInt(effort.favourCostMinor + outOfScope.costMinor), MONTHS);
};

/** `unpaid contact cost / (stages with work + 1) / 3`: what one more stage would bear of contact that is paid for anyway. */
const newSale = (facts: EstimateFacts): Estimate => {
  const { contactCostMinor, contactSeconds, stages } = facts.effort;
  const stated: Stated = {
    method: 'new-sale',
    formula: 'unpaid contact cost / (stages with work + 1) / 3 months',
    inputs: [
      count('contactSeconds', contactSeconds),
      money(facts, 'contactCost', contactCostMinor),
      count('stages', stages),
      months,
    ],
    tellsKinds: true,
  };
  if (stages === 0) return missing(stated, 'no stage had work in the months');
  return told(stated, BigInt(contactCostMinor), BigInt(stages + 1) * MONTHS);
};

/** What each of the five methods would save with a client each month, out of the client's own figures. */
export const estimates = (facts: EstimateFacts): Estimate[] => [
  reduceContact(facts),
  mirrorClient(facts),
  subcontract(facts),
  enforceContract(facts),
  newSale(facts),
];

/** The middle of some values, the mean of the two middle ones rounded down; 0 of none. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? 0 : Math.floor((low + high) / 2);
};

/** The role with most seconds of own people; of equal ones the first by name; null without any. */
export const specialityOf = ({ ownWork }: Pick<Effort, 'ownWork'>): string | null =>
  ownWork.reduce<Effort['ownWork'][number] | null>(
    (most, work) => (most === null || work.seconds > most.seconds ? work : most),
    null,
  )?.role ?? null;
