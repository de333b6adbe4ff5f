import { divideRounded, millionths, ONE } from '@headroom/money';

export type Scenario = 'low' | 'base' | 'high';
export type Each<Value> = Readonly<Record<Scenario, Value>>;
export const scenarios = ['low', 'base', 'high'] as const;

/** An estimate as it is asked for. Ranges are written `20` or `10..20..30`. */
export interface AskedEstimate {
  readonly setupMinor: number;
  readonly monthlyFeeMinor: number;
  readonly gainsMinor?: string | undefined;
  readonly gainsLowMinor?: string | undefined;
  readonly gainsHighMinor?: string | undefined;
  readonly extraInquiries?: string | undefined;
  readonly extraVisitors?: string | undefined;
  readonly conversion?: string | undefined;
  readonly closeRate?: string | undefined;
  readonly averageCheckMinor?: string | undefined;
  readonly grossMargin?: string | undefined;
  readonly rampMonths: number;
}

export type InputsRefusal = 'gains-or-facts' | 'range-out-of-order' | 'beyond-range';

const listed = (text: string): number[] => text.split(',').map(Number);

const rangeOf = (text: string): Each<string> => {
  const [low = text, base = low, high = base] = text.split('..');
  return { low, base, high };
};

const inOrder = ({ low, base, high }: Each<bigint>): boolean => low <= base && base <= high;

const fromLists = (asked: AskedEstimate): Each<readonly number[]> | InputsRefusal => {
  const base = listed(asked.gainsMinor ?? '');
  const low = asked.gainsLowMinor === undefined ? base : listed(asked.gainsLowMinor);
  const high = asked.gainsHighMinor === undefined ? base : listed(asked.gainsHighMinor);
  const at = (list: readonly number[], month: number) => BigInt(list[Math.min(month, list.length - 1)] ?? 0);
  const longest = Math.max(low.length, base.length, high.length);
  for (let month = 0; month < longest; month += 1)
    if (!inOrder({ low: at(low, month), base: at(base, month), high: at(high, month) })) return 'range-out-of-order';
  return { low, base, high };
};

interface Factors {
  /** Inquiries or visitors more than before, and average check: whole numbers. */
  readonly whole: readonly Each<bigint>[];
  readonly shares: readonly Each<bigint>[];
}

const factorsOf = (asked: AskedEstimate): Factors | InputsRefusal => {
  const { extraInquiries, extraVisitors, conversion, closeRate, averageCheckMinor, grossMargin } = asked;
  const extra = extraInquiries ?? extraVisitors;
  const visitorsForm = extraVisitors !== undefined;
  if (extra === undefined || closeRate === undefined || averageCheckMinor === undefined || grossMargin === undefined)
    return 'gains-or-facts';
  if ((extraInquiries !== undefined && visitorsForm) || visitorsForm !== (conversion !== undefined))
    return 'gains-or-facts';
  const mapped = (text: string, read: (value: string) => bigint): Each<bigint> => {
    const { low, base, high } = rangeOf(text);
    return { low: read(low), base: read(base), high: read(high) };
  };
  const whole = [extra, averageCheckMinor].map((text) => mapped(text, BigInt));
  const shares = [closeRate, grossMargin, ...(conversion === undefined ? [] : [conversion])].map((text) =>
    mapped(text, millionths),
  );
  return [...whole, ...shares].every(inOrder) ? { whole, shares } : 'range-out-of-order';
};

/**
 * `extra inquiries x close rate x average check x gross margin` a month (or `extra visitors x conversion x ...`), which
 * grows in equal steps over the months of the ramp; each month rounded once.
 */
const fromFacts = (asked: AskedEstimate): Each<readonly number[]> | InputsRefusal => {
  const factors = factorsOf(asked);
  if (typeof factors === 'string') return factors;
  const months = Array.from({ length: asked.rampMonths }, (_, index) => BigInt(index + 1));
  const ramp = BigInt(asked.rampMonths);
  const at = (scenario: Scenario): number[] => {
    const product = [...factors.whole, ...factors.shares].reduce((all, factor) => all * factor[scenario], 1n);
    const denominator = ONE ** BigInt(factors.shares.length) * ramp;
    return months.map((month) => Number(divideRounded(product * month, denominator)));
  };
  return { low: at('low'), base: at('base'), high: at('high') };
};

/** The furthest a payback is looked for, so that sums stay whole numbers. */
const MOST_MINOR = Number.MAX_SAFE_INTEGER / 1_300;

const FACTS = [
  'extraInquiries',
  'extraVisitors',
  'conversion',
  'closeRate',
  'averageCheckMinor',
  'grossMargin',
] as const;

/** The client's gain of each month, the last one repeating, in each scenario. */
export const gainsOf = (asked: AskedEstimate): Each<readonly number[]> | InputsRefusal => {
  const { gainsMinor, gainsLowMinor, gainsHighMinor } = asked;
  const statesFacts = FACTS.some((name) => asked[name] !== undefined);
  const statesGains = gainsMinor !== undefined;
  if (statesGains === statesFacts || (!statesGains && (gainsLowMinor ?? gainsHighMinor) !== undefined))
    return 'gains-or-facts';
  const gains = statesGains ? fromLists(asked) : fromFacts(asked);
  if (typeof gains === 'string') return gains;
  return scenarios.every((scenario) => gains[scenario].every((minor) => minor <= MOST_MINOR)) ? gains : 'beyond-range';
};
