import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { formatDecimal, millionths, RATIO_SCALE, ratioOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { type History, quote } from '../../formulas/quote.ts';
import { standardOn } from '../../formulas/standard.ts';
import type { Configured } from '../stage-view.ts';
import { type Effort, efforts, windowOf } from './effort.ts';

export interface QuoteQuestion {
  readonly tenantId: string;
  readonly clientId: string;
  readonly plannedCostMinor: number;
  readonly serviceType?: string | undefined;
  readonly asOf: string;
}

interface Sorted {
  readonly counted: readonly Effort[];
  readonly leftOut: {
    readonly closedEarlier: number;
    readonly otherServiceType: number;
    readonly withoutPlannedHours: number;
  };
}

/** Tells the stages that count from those that are left out, each by the first reason that holds for it. */
const sorted = (all: readonly Effort[], from: string, serviceType: string | undefined): Sorted => {
  const inTime = all.filter(({ closedOn }) => closedOn >= from);
  const ofType = inTime.filter((effort) => serviceType === undefined || effort.serviceType === serviceType);
  // A stage planned without hours says nothing of how plans hold.
  const counted = ofType.filter(({ baselineSeconds }) => baselineSeconds > 0);
  return {
    counted,
    leftOut: {
      closedEarlier: all.length - inTime.length,
      otherServiceType: inTime.length - ofType.length,
      withoutPlannedHours: ofType.length - counted.length,
    },
  };
};

const historyOf = ({ counted }: Sorted): History => ({
  actualSeconds: counted.reduce((sum, effort) => sum + effort.actualSeconds, 0),
  baselineSeconds: counted.reduce((sum, effort) => sum + effort.baselineSeconds, 0),
  stages: counted.length,
});

const factorOf = (sides: Sorted, factor: string | null) => ({ factor, ...historyOf(sides), leftOut: sides.leftOut });

const latestFirst = (one: Effort, other: Effort): number => {
  if (one.closedOn !== other.closedOn) return one.closedOn > other.closedOn ? -1 : 1;
  return one.stageId < other.stageId ? -1 : 1;
};

const MOST_LISTED = 50;

/** A price for a client from the stages closed within 24 months before the day, beside the agency's own factor. */
export const quoteService = async (reader: RowReader, agency: Configured, question: QuoteQuestion) => {
  const { tenantId, clientId, plannedCostMinor, serviceType, asOf } = question;
  const standard = standardOn(agency.standards, serviceType ?? null, asOf);
  if (standard === null) return 'no-standard';
  const window = windowOf(asOf);
  const all = await efforts(reader, { tenantId, agency, asOf });
  const everyone = sorted(all, window.from, serviceType);
  const client = sorted(
    all.filter((effort) => effort.clientId === clientId),
    window.from,
    serviceType,
  );
  const quoted = quote(plannedCostMinor, historyOf(client), historyOf(everyone), standard);
  const { currency } = agency.settings;
  const money = (minor: number) => ({ minor, currency });
  return {
    clientId,
    serviceType: serviceType ?? null,
    plannedCost: money(plannedCostMinor),
    standardMargin: formatDecimal(millionths(standard), RATIO_SCALE),
    window,
    clientFactor: factorOf(client, quoted.clientFactor),
    agencyFactor: factorOf(everyone, quoted.agencyFactor),
    weight: quoted.weight,
    factor: quoted.factor,
    neutralFactor: quoted.neutralFactor,
    expectedCost: money(quoted.expectedCostMinor),
    price: money(quoted.priceMinor),
    neutralPrice: money(quoted.neutralPriceMinor),
    difference: money(quoted.priceMinor - quoted.neutralPriceMinor),
    stages: [...client.counted]
      .sort(latestFirst)
      .slice(0, MOST_LISTED)
      .map(({ stageId, closedOn, baselineSeconds, actualSeconds }) => ({
        stageId,
        closedOn,
        baselineSeconds,
        actualSeconds,
        factor: ratioOf(actualSeconds, baselineSeconds),
      })),
    currency,
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
