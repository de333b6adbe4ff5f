import type { ResponseOf } from '@headroom/contracts/rest';
import type { getClientLoyalty } from '@headroom/contracts/rest/relationship';
import { points } from './points.ts';

type Shown = ResponseOf<typeof getClientLoyalty>['components'][number];

export type Dimension = Shown['dimension'];
export type Input = Shown['inputs'][number];
export type Evidence = Shown['evidence'][number];

/** A part of the score as it is computed; `points` in hundredths. */
export interface Component extends Omit<Shown, 'points' | 'suppressed'> {
  readonly points: number | null;
  /** The points before they were rounded and clamped; null where there are none. */
  readonly fraction: { readonly numerator: bigint; readonly denominator: bigint } | null;
  /** Holds profit or cost of the client: hidden from who may not see rates when one person stands behind it. */
  readonly tellsCost: boolean;
}

/** What each component says of itself before it is known whether it has points. */
export type Stated = Pick<Component, 'component' | 'dimension' | 'weight'> &
  Partial<Pick<Component, 'window' | 'inputs' | 'evidence' | 'tellsCost'>>;

/** Pieces of evidence that are shown of one component. */
export const SHOWN_EVIDENCE = 20;

const component = (stated: Stated, told: Pick<Component, 'points' | 'fraction' | 'missing'>): Component => ({
  component: stated.component,
  dimension: stated.dimension,
  weight: stated.weight,
  ...told,
  window: stated.window ?? null,
  inputs: stated.inputs ?? [],
  evidence: (stated.evidence ?? []).slice(0, SHOWN_EVIDENCE),
  tellsCost: stated.tellsCost ?? false,
});

/** A component with `clamp(numerator / denominator)` points, kept in hundredths. */
export const scored = (stated: Stated, numerator: bigint, denominator: bigint): Component =>
  component(stated, {
    points: points(numerator, denominator),
    fraction: { numerator, denominator },
    missing: null,
  });

/** A component that is left out, and why. */
export const missing = (stated: Stated, why: string): Component =>
  component(stated, { points: null, fraction: null, missing: why });
