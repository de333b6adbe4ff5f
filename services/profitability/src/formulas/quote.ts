import { divideRounded, formatDecimal, ONE, priceAtMargin, RATIO_SCALE, ratioOf } from '@headroom/money';

/** Actual and baseline seconds of some closed stages. */
export interface History {
  readonly actualSeconds: number;
  readonly baselineSeconds: number;
  readonly stages: number;
}

export interface Quote {
  readonly clientFactor: string | null;
  readonly agencyFactor: string | null;
  readonly weight: string;
  readonly factor: string;
  /** The agency's factor, 1 while it has none. */
  readonly neutralFactor: string;
  readonly expectedCostMinor: number;
  readonly priceMinor: number;
  readonly neutralPriceMinor: number;
}

const CREDIBILITY = 3n;

const millionthsOf = ({ actualSeconds, baselineSeconds }: History): bigint | undefined =>
  baselineSeconds === 0 ? undefined : divideRounded(BigInt(actualSeconds) * ONE, BigInt(baselineSeconds));

const times = (minor: number, factor: bigint): number => Number(divideRounded(BigInt(minor) * factor, ONE));

/**
 * A price from history: `w = n / (n + 3)`, `f = w f_c + (1 - w) f_a`, expected cost = planned cost x f, price =
 * expected / (1 - m). Without any history the factor is 1: plans are then taken at their word, and n says so.
 * `priceAtMargin` needs a standard below 1.
 */
export const quote = (plannedCostMinor: number, client: History, agency: History, standard: string): Quote => {
  const agencyFactor = millionthsOf(agency);
  const clientFactor = millionthsOf(client);
  const neutral = agencyFactor ?? ONE;
  const n = clientFactor === undefined ? 0n : BigInt(client.stages);
  const factor = divideRounded(n * (clientFactor ?? 0n) + CREDIBILITY * neutral, n + CREDIBILITY);
  const expectedCostMinor = times(plannedCostMinor, factor);
  return {
    clientFactor: clientFactor === undefined ? null : formatDecimal(clientFactor, RATIO_SCALE),
    agencyFactor: agencyFactor === undefined ? null : formatDecimal(agencyFactor, RATIO_SCALE),
    weight: ratioOf(n, n + CREDIBILITY) ?? '0.000000',
    factor: formatDecimal(factor, RATIO_SCALE),
    neutralFactor: formatDecimal(neutral, RATIO_SCALE),
    expectedCostMinor,
    priceMinor: priceAtMargin(expectedCostMinor, standard) ?? 0,
    neutralPriceMinor: priceAtMargin(times(plannedCostMinor, neutral), standard) ?? 0,
  };
};
