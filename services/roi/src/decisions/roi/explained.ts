import type { EffectShares } from '@headroom/contracts/events';
import { monthOf } from '@headroom/kernel';
import { ratioOf } from '@headroom/money';
import { calculateProjects } from './client-figures.ts';
import type { Baseline, FactsFrom, Metric } from './facts.ts';
import { type Gain, gainOf, surplusOf } from './gain.ts';
import { addProjects, outcomeOf } from './outcome.ts';

/** All that a client's return is made of, as its explanation tells it. Amounts in minor units. */
export interface RoiFacts {
  readonly asOf: string;
  readonly facts: readonly FactsFrom[];
  readonly sharings: readonly EffectShares[];
  readonly projects: readonly {
    readonly projectId: string;
    readonly name: string;
    readonly serviceType: string | null;
    readonly openedOn: string;
    readonly baseline: Baseline | null;
    readonly metrics: readonly Metric[];
    /** By the end of each month. */
    readonly earned: readonly { readonly revenueMinor: number | null }[];
  }[];
}

/** The projects month by month, and the return, from the facts of an explanation alone. */
export const recomputeRoi = ({ asOf, facts, sharings, projects }: RoiFacts) => {
  const loaded = projects.map(({ projectId, name, openedOn, baseline, metrics, serviceType, earned }) => ({
    facts: { projectId, name, openedOn, baseline, metrics },
    serviceType,
    revenueUpTo: earned.map(({ revenueMinor }) => revenueMinor ?? 0),
    uncostedSeconds: 0,
  }));
  const calculated = calculateProjects(loaded, { facts, sharings }, asOf);
  return { projects: calculated, outcome: outcomeOf(addProjects(calculated.map(({ months }) => months))) };
};

const inMinor = ({ low, base, high }: Gain) => ({ low: Number(low), base: Number(base), high: Number(high) });

/** How the gain of each month was made: the surplus as a fraction, and the facts that it is multiplied by. */
export const gainSteps = ({ facts, projects, asOf }: RoiFacts) =>
  projects.flatMap(({ projectId, baseline, metrics }) =>
    metrics.flatMap((metric) => {
      const counts = baseline !== null && metric.month > baseline.periodTo && metric.month <= monthOf(asOf);
      if (!counts) return [];
      const found = gainOf(metric, baseline, facts);
      const surplus = surplusOf(metric, baseline);
      if ('missing' in found || surplus === undefined) return [];
      return [
        {
          projectId,
          month: metric.month,
          form: found.form,
          surplus: { numerator: String(surplus.numerator), denominator: String(surplus.months) },
          factors: found.applied.map(({ name: fact, effectiveFrom, low, stated, high }) => ({
            fact,
            effectiveFrom,
            low,
            stated,
            high,
          })),
          gain: inMinor(found.gain),
        },
      ];
    }),
  );

/** Gain and cost of each project's months, with shared effects cut up. */
export const monthSteps = ({ projects }: ReturnType<typeof recomputeRoi>) =>
  projects.flatMap(({ projectId, months }) =>
    months.map(({ month, gain, revenue, advertisingSpend }) => ({
      projectId,
      month,
      gain: gain && inMinor(gain),
      costMinor: Number(revenue + advertisingSpend),
    })),
  );

/** The return as it is explained; the gain is null where no month's is known. */
export const roiFigures = ({ outcome: { gain, cost, roi } }: ReturnType<typeof recomputeRoi>) => ({
  gain: gain && inMinor(gain),
  costMinor: Number(cost),
  roi,
});

const SCENARIOS = ['low', 'base', 'high'] as const;

/** `(gain - cost) / cost` at each end of the range, as the fractions that they are. */
export const roiRatios = ({ outcome: { gain, cost } }: ReturnType<typeof recomputeRoi>) =>
  gain === null
    ? []
    : SCENARIOS.map((of) => ({
        of,
        numerator: String(gain[of] - cost),
        denominator: String(cost),
        ratio: ratioOf(gain[of] - cost, cost),
      }));
