import type { MoneyFact, ShareFact } from '@headroom/contracts/events';

/** The months over which a fact was counted, the last one included; null when nobody said. */
interface Measured {
  readonly measuredFrom: string | null;
  readonly measuredTo: string | null;
}

/** Facts of a client's business that hold from a month on; `null` says nothing. */
export interface FactsFrom {
  readonly effectiveFrom: string;
  readonly conversion: (ShareFact & Measured) | null;
  readonly closeRate: (ShareFact & Measured) | null;
  readonly averageCheck: (MoneyFact & Measured) | null;
  readonly grossMargin: (ShareFact & Measured) | null;
}

/** What was counted before our work, over the whole period; amounts in minor units. */
export interface Baseline {
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly totalVisitors: number | null;
  readonly totalInquiries: number | null;
  readonly totalCalls: number | null;
  readonly totalForms: number | null;
  readonly totalSales: number | null;
  readonly totalTurnover: number | null;
  readonly totalPromotionCost: number | null;
}

/** What was counted in a month; amounts in minor units. */
export interface Metric {
  readonly month: string;
  readonly visitors: number | null;
  readonly inquiries: number | null;
  readonly calls: number | null;
  readonly turnoverMinor: number | null;
  readonly advertisingSpendMinor: number | null;
}

export const factNames = ['conversion', 'closeRate', 'averageCheck', 'grossMargin'] as const;
export type FactName = (typeof factNames)[number];

/** A fact in the form in which it is calculated with: shares in millionths, money in minor units. */
export interface AppliedFact extends Measured {
  readonly name: FactName;
  readonly effectiveFrom: string;
  readonly source: ShareFact['source'];
  readonly stated: string;
  readonly low: string;
  readonly high: string;
}

const texts = (fact: (ShareFact | MoneyFact) & Measured) => {
  const { source, measuredFrom, measuredTo } = fact;
  const text = (value: string | MoneyFact['stated']) => (typeof value === 'string' ? value : String(value.minor));
  return {
    source,
    stated: text(fact.stated),
    low: text(fact.low),
    high: text(fact.high),
    measuredFrom,
    measuredTo,
  };
};

/** The fact of a kind that holds in a month: the last one from that month or before; undefined when there is none. */
export const factIn = (known: readonly FactsFrom[], name: FactName, month: string): AppliedFact | undefined => {
  const held = known.findLast((each) => each.effectiveFrom <= month && each[name] !== null);
  const fact = held?.[name];
  return held === undefined || fact == null ? undefined : { name, effectiveFrom: held.effectiveFrom, ...texts(fact) };
};
